/** What a request's life does to its promises, and by when the request is due because of them. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import {
  dropPromises,
  keepPromises,
  missPromises,
  pausePromises,
  promiseAnswer,
  resumePromises,
  startPromises,
  takeUpResolution,
  type Turn
} from '#lib/sla/server/commands.ts';
import { promiseBetween, type Between } from '#lib/sla/promise.ts';
import { nextOwed } from '#lib/sla/server/queries.ts';
import { isOpen, type Status } from '../status.ts';
import { record } from './timeline.ts';

/** A person of ours has answered the customer. */
export const answeredPromises = (tx: Db, requestId: string) =>
  settle(tx, requestId, () => keepPromises(tx, requestId, ['first_response', 'next_response']));

/** The customer has said something that asks for an answer. */
export const askedPromises = (tx: Db, requestId: string) =>
  settle(tx, requestId, () => promiseAnswer(tx, requestId));

/** What we promised for a time of theirs was tried and not reached: we promise it again, for another time. */
export const promisedAgain = (tx: Db, requestId: string, between: Between, now: Date) =>
  settle(tx, requestId, async () => {
    await keepPromises(tx, requestId, ['next_response']);
    await startPromises(tx, requestId, [promiseBetween('next_response', between, now)], now);
  });

/** Time alone has run out. Looks again, for the promise may have been kept meanwhile. */
export const missedPromises = (tx: Db, requestId: string) =>
  settle(tx, requestId, () => missPromises(tx, requestId));

/** The request went from one status to another. */
export const followPromises = (tx: Db, requestId: string, from: Status, to: Status) =>
  settle(tx, requestId, async () => {
    if (to === 'waiting') return pausePromises(tx, requestId);
    // A resolution is an answer too: the customer is written to about it.
    if (to === 'resolved')
      return keepPromises(tx, requestId, ['first_response', 'next_response', 'resolution']);
    if (!isOpen(to)) return dropPromises(tx, requestId);

    const turns = await resumePromises(tx, requestId);
    if (from === 'resolved') {
      await takeUpResolution(tx, requestId);
      await promiseAnswer(tx, requestId);
    }
    return turns;
  });

/** Says on the timeline what was kept and missed, and writes by when the request is due now. */
async function settle(tx: Db, requestId: string, change: () => Promise<Turn[] | void>) {
  const turns = (await change()) ?? [];
  for (const { kind, state } of turns) {
    if (state !== 'kept' && state !== 'missed') continue;
    await record(tx, requestId, {
      kind: 'promise',
      // A broken promise is owned up to; a kept one needs no applause.
      visibility: state === 'missed' ? 'public' : 'internal',
      payload: { promise: kind, state }
    });
  }
  const next = await nextOwed(tx, requestId);
  await tx
    .updateTable('request')
    .set({
      // While we wait for the customer nothing is due from us, not even what is late.
      due_at: sql<Date>`coalesce(case when status = 'waiting' then null else ${next?.due_at ?? null}::timestamptz end,
                                 'infinity')`,
      rests_until: sql<Date | null>`case when ${next?.begins_at ?? null}::timestamptz > now()
                                         then ${next?.begins_at ?? null}::timestamptz end`
    })
    .where('id', '=', requestId)
    .execute();
}

/** What was asked for a later day stands in line from when work on it begins. */
export async function wakeResting(db: Db) {
  await sql`update request set rests_until = null where rests_until <= now()`.execute(db);
}
