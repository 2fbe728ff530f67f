/** Reading a request as a page shows it: its timeline with texts and names, its files and its promises. */
import { sql } from 'kysely';
import type { ClockState, PromiseKind } from '#lib/sla/clock.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import type { Role } from '#lib/platform/actor.ts';
import { mostBefore } from '../status-text.ts';
import type { EventKind, EventPayload } from '../timeline.ts';
import type { Visibility } from '#lib/events/visibility.ts';
import type { RequestId } from './queries.ts';

export interface TimelineEntry {
  number: number;
  kind: EventKind;
  visibility: Visibility;
  at: Date;
  actor_id: string | null;
  actor_role: Role | 'system' | '';
  actor_name: string | null;
  payload: EventPayload;
  text: string | null;
  agent_name: string | null;
  team_name: string | null;
}

/**
 * The timeline in order, with names and texts. The ids are taken out of the payloads first: a policy does not let a
 * cast be looked up by index, and would have every person read for it.
 *
 * Row-level security leaves out what the asker may not read.
 */
export const readTimeline = (db: Db, id: RequestId): Promise<TimelineEntry[]> => timelineOf(db, { id });

const timelineOf = prepared(
  (_db, { id }: { id: RequestId }) => sql<TimelineEntry>`
    with e as materialized (
      select number, kind, visibility, at, actor_id, actor_role, payload, (payload->>'message')::uuid as message_id,
             (payload->>'agent')::uuid as agent_id, (payload->>'team')::uuid as team_id
      from request_event where request_id = ${id}
    )
    select e.number, e.kind, e.visibility, e.at, e.actor_id, e.actor_role, p.name as actor_name, e.payload,
           m.text, g.name as agent_name, t.name as team_name
    from e
    left join person p on p.id = e.actor_id
    left join message m on m.id = e.message_id
    left join person g on g.id = e.agent_id
    left join team t on t.id = e.team_id
    order by e.number`
);

/** The promises of a request, running ones first. */
export const readPromises = async (db: Db, id: RequestId): Promise<ReadPromise[]> =>
  // The checks of the table keep both columns to these lists.
  (await promisesOf(db, { id })) as ReadPromise[];

const promisesOf = prepared((db, { id }: { id: RequestId }) =>
  db
    .selectFrom('promise')
    .select(['kind', 'state', 'due_at', 'started_at', 'ended_at'])
    .where('request_id', '=', id)
    .orderBy('started_at')
    // The first answer, the next, the resolution: their names happen to stand in the order of time.
    .orderBy('kind')
);

export interface ReadPromise {
  kind: PromiseKind;
  state: ClockState;
  due_at: Date | null;
  started_at: Date;
  ended_at: Date | null;
}

/**
 * How many of the same team's requests stand before one that nobody has taken yet, in the order of the queue, counted up
 * to `mostBefore`.
 */
export async function readPlace(
  db: Db,
  { id, team_id, status, due_at }: { id: string; team_id: string | null; status: string; due_at: Date | null }
): Promise<number | null> {
  if (status !== 'submitted' || !team_id || !due_at) return null;
  const { rows } = await sql<{ before: number }>`
    select place_in_line(id, ${mostBefore}) as before from request where id = ${id}`.execute(db);
  return rows[0]?.before ?? null;
}

/** The reference of a request that another one points to, when the asker may see it. */
export async function referenceOf(db: Db, requestId: string | null): Promise<string | null> {
  if (!requestId) return null;
  const row = await db
    .selectFrom('request_reference')
    .select('reference')
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row?.reference ?? null;
}
