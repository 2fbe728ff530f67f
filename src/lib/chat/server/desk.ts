/** The chat at the desk: who waits, who is being talked with, and taking the next one. */
import { sql } from 'kysely';
import type { PersonActor, Staff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/config.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { takeHeld, takeRequest } from '#lib/requests/server/assignment.ts';
import { holdRequest } from '#lib/requests/server/queries.ts';
import type { Seen } from '#lib/requests/server/transitions.ts';

/** So many that wait are listed. */
const mostListed = 50;

/** Conversations that wait for anybody, longest first, and those in this person's hands. */
export async function chatsFor(db: Db, actor: Staff) {
  const rows = await live(db)
    .leftJoin('person as p', 'p.id', 'r.requester_id')
    .leftJoin('team as t', 't.id', 'r.team_id')
    .leftJoin('person as o', (on) => on.onRef('o.id', '=', 'c.offered_to').on(isRinging))
    .leftJoin('person as f', (on) => on.onRef('f.id', '=', 'c.offered_by').on(isUntaken))
    .select(['r.reference', 'r.submitted_at', 'r.description', 'r.agent_id', 't.name as team'])
    .select(['o.id as offered_to', 'o.name as offered_name', 'f.name as untaken_of'])
    .select(sql<string | null>`coalesce(p.name, r.contact->>'caller_name')`.as('name'))
    .where((is) => is.or([is('r.agent_id', 'is', null), is('r.agent_id', '=', actor.id)]))
    .orderBy(sql`o.id is not distinct from ${actor.id}::uuid`, 'desc')
    .orderBy('r.submitted_at')
    .limit(mostListed)
    .execute();
  const waiting = rows.filter(({ agent_id }) => agent_id === null);
  return { waiting, mine: rows.filter(({ agent_id }) => agent_id === actor.id) };
}

/** How many wait for this person: what rings at a colleague's desk waits for that colleague. */
export async function countWaiting(db: Db, actor: Staff): Promise<number> {
  const { count } = await live(db)
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('r.agent_id', 'is', null)
    .where((is) =>
      is.or([is('c.offered_to', 'is', null), is('c.offered_to', '=', actor.id), is.not(isRinging)])
    )
    .executeTakeFirstOrThrow();
  return count;
}

/** How many chats that this person handed on nobody has taken in time; of all, where they answer for the desk. */
export async function countUntaken(db: Db, actor: Staff): Promise<number> {
  const { count } = await live(db)
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('r.agent_id', 'is', null)
    .where(isUntaken)
    .where((is) => (actor.role === 'agent' ? is('c.offered_by', '=', actor.id) : is.val(true)))
    .executeTakeFirstOrThrow();
  return count;
}

/** Takes a conversation that waits. Of two who press at once one gets it, and the other is told who. */
export const acceptChat = (db: Db, actor: Staff, reference: string) =>
  db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (request.agent_id === actor.id) return;
    await refuseIfOffered(tx, actor, request.id);
    if (request.agent_id) refuse('conflict', 'chat.taken', { name: request.agent_name ?? '' });
    await makeSureOfRoom(tx, actor);
    await takeHeld(tx, actor, request);
  });

/** Takes any request, from a colleague too; one that is talked about live only where there is room for it. */
export const takeAtDesk = (db: Db, actor: PersonActor, reference: string, seen: Seen) =>
  takeRequest(db, actor, reference, seen, async (tx, { id }) => {
    if (!(await isLive(tx, id))) return;
    await refuseIfOffered(tx, actor, id);
    await makeSureOfRoom(tx, actor);
  });

/** One after the other, so that two taken at once are both counted. */
async function makeSureOfRoom(tx: Db, actor: PersonActor) {
  await sql`select pg_advisory_xact_lock(hashtextextended('chats of ' || ${actor.id}::text, 0))`.execute(tx);
  const { count } = await live(tx)
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('r.agent_id', '=', actor.id)
    .executeTakeFirstOrThrow();
  if (count >= config.chatsPerAgent) refuse('conflict', 'chat.full', { count: config.chatsPerAgent });
}

const isLive = async (tx: Db, request: string): Promise<boolean> =>
  Boolean(await live(tx).select('r.id').where('r.id', '=', request).executeTakeFirst());

/** So long a chat that was handed on rings at one desk before it is everybody's again. */
const isRinging = sql<boolean>`(c.offered_at is not null and c.offered_at > now() - interval '60 seconds')`;

/** It was handed on, rang as long as that, and is in the queue since. */
const isUntaken = sql<boolean>`(c.offered_by is not null and c.offered_at <= now() - interval '60 seconds'
  and not exists (select 1 from request_event e where e.request_id = r.id and e.kind = 'assigned' and e.at > c.offered_at))`;

/** While it rings at a colleague's desk it is theirs to take. */
async function refuseIfOffered(tx: Db, actor: PersonActor, requestId: string) {
  const colleague = await tx
    .selectFrom('conversation as c')
    .innerJoin('person as o', 'o.id', 'c.offered_to')
    .select('o.name')
    .where('c.request_id', '=', requestId)
    .where('c.ended_at', 'is', null)
    .where('c.offered_to', '!=', actor.id)
    .where(isRinging)
    .executeTakeFirst();
  if (colleague) refuse('conflict', 'chat.offered', { name: colleague.name });
}

const live = (db: Db) =>
  db
    .selectFrom('conversation as c')
    .innerJoin('request as r', 'r.id', 'c.request_id')
    .where('c.ended_at', 'is', null)
    .where('c.request_id', 'is not', null)
    .where('r.status', 'in', ['submitted', 'open']);
