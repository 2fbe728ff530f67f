/** Merging: two requests about the same thing become one that goes on, and one that points to it. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { canMerge, canWorkOn } from '../access.ts';
import { openStatuses } from '../status.ts';
import { noteChangesSince } from './conflict.ts';
import { getRequest, holdRequest, type RequestRow } from './queries.ts';
import { move, type Seen } from './transitions.ts';
import { written } from './read-positions.ts';
import { record } from './timeline.ts';

/**
 * Ends a request because another one, `into`, is about the same thing. Its reference stays alive and its timeline stays
 * its own: only who may see both learns which they are. Nothing brings it back but hands.
 */
export function mergeRequest(db: Db, actor: PersonActor, reference: string, to: { into: string } & Seen) {
  return db.transaction().execute(async (tx) => {
    const [request, survivor] = await holdBoth(tx, actor, reference, to.into);
    if (!canWorkOn(actor, request)) refuse('forbidden', 'requests.cannot_work_on');
    if (!canMerge(actor, request, survivor)) refuse('forbidden', 'requests.cannot_merge');
    await noteChangesSince(tx, actor, request, to.seen);

    await move(tx, actor, request, 'merged', { beside: { merged_into: survivor.id } });
    await record(tx, survivor.id, {
      kind: 'merged',
      visibility: isNewsToAll(request, survivor) ? 'public' : 'internal',
      payload: { request: request.id }
    });
  });
}

/** Always in the same order, so that two who merge crosswise wait for each other instead of for ever. */
async function holdBoth(tx: Db, actor: PersonActor, one: string, other: string) {
  const [first, second] = await Promise.all([getRequest(tx, actor, one), getRequest(tx, actor, other)]);
  const held = new Map<string, RequestRow>();
  for (const { id, reference } of [first, second].sort((a, b) => (a.id < b.id ? -1 : 1)))
    held.set(id, await holdRequest(tx, actor, reference));
  // Both have just been held.
  return [held.get(first.id)!, held.get(second.id)!] as const;
}

/** Each customer sees only their own part: who may see the one that goes on may have known of the other. */
const isNewsToAll = (request: RequestRow, survivor: RequestRow) =>
  request.requester_id === survivor.requester_id && (!request.private || survivor.private);

/** The open requests, as far as the actor may see them, that this one may be merged into; newest first. */
export async function mergeTargets(db: Db, actor: PersonActor, request: RequestRow) {
  if (!canWorkOn(actor, request)) return [];
  const { requester_id, account_id } = request;
  const rows = await db
    .selectFrom('request as r')
    .select(['id', 'reference', 'service_type', 'service_version', 'status', 'submitted_at'])
    .select(written.as('written'))
    .select(['requester_id', 'account_id', 'private'])
    .where('status', 'in', openStatuses)
    .where('id', '!=', request.id)
    .where((or) =>
      or.or([
        ...(requester_id ? [or('requester_id', '=', requester_id)] : []),
        ...(account_id ? [or('account_id', '=', account_id)] : []),
        or.lit(false)
      ])
    )
    .orderBy('submitted_at', 'desc')
    .limit(20)
    .execute();
  return rows.filter((into) => canMerge(actor, request, { ...request, ...into }));
}

/** The requests that were merged into this one, as far as the asker may see them. */
export const mergedInto = (db: Db, id: string) =>
  db
    .selectFrom('request as r')
    .select(['reference', 'service_type', 'service_version', 'submitted_at', written.as('written')])
    .where('merged_into', '=', id)
    .orderBy('submitted_at')
    .limit(20)
    .execute();
