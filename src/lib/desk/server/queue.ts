/** The desk's queues: what waits, in its order, and how much of it there is. */
import { sql, type RawBuilder } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { ComesFirst } from '#lib/sla/comes-first.ts';
import { mostCounted, queues, type After, type Queue, type View } from '../queue.ts';
import type { Status } from '#lib/requests/status.ts';
import { countOf, firstOf, inOrder } from './queue-filters.ts';
import { isUnread, lastSaid, type Saying, written } from '#lib/requests/server/read-positions.ts';
import { queryFor } from '#lib/requests/server/words.ts';

export const queuePageSize = 50;

export interface QueuedRequest extends Saying {
  id: string;
  reference: string;
  service_type: string;
  service_version: number;
  /** The subject, or the first words. */
  written: string;
  status: Status;
  priority: number;
  comes_first: ComesFirst | null;
  submitted_at: Date;
  /** By when the next thing is owed, since when, and what it is. */
  due_at: Date | null;
  started_at: Date | null;
  promise: 'first_response' | 'next_response' | 'resolution' | null;
  caller: string | null;
  agent_id: string | null;
  agent_name: string | null;
  team_name: string | null;
}

/** One page of a queue, in its order, and where the next one begins when there is one. */
export async function listQueue(db: Db, actor: PersonActor, view: View) {
  const query = view.search ? await queryFor(db, view.search) : null;
  if (view.search && !query) return { requests: [], next: null };
  const rows = query
    ? await searchQueue(db, actor, query, view)
    : (await queuePage(actor, view).execute(db)).rows;
  const shown = rows.slice(0, queuePageSize);
  const last = shown.at(-1);
  const next: After | null =
    last && rows.length > queuePageSize ? { rank: last.rank, due: last.due, id: last.id } : null;
  if (query && view.queue === 'all' && !next) shown.push(...(await searchEnded(db, query)));
  return { requests: shown.map(({ due: _, rank: __, ...request }): QueuedRequest => request), next };
}

type Row = QueuedRequest & { rank: number; due: string };

/** The statement behind a page, with one row more than it shows. On its own, so that its plan can be looked at. */
export const queuePage = (actor: PersonActor, { queue, after }: View) =>
  rowsOf(firstOf(queue, actor, after, queuePageSize + 1), sql``);

/**
 * Words that many requests hold are found among those that stand first, and nobody looks further. Words that few hold
 * are found by their index: it would read too much for the many.
 */
async function searchQueue(
  db: Db,
  actor: PersonActor,
  query: string,
  { queue, after }: View
): Promise<Row[]> {
  const first = firstOf(queue, actor, after, walked);
  const holds = sql`and exists (select 1 from request_words w where w.request_id = r.id and w.inside @@ ${query}::tsquery)`;
  const near = (await rowsOf(first, holds).execute(db)).rows;
  if (near.length > queuePageSize) return near;

  const found = sql`with found as (select array(select requests_with(${query}::tsquery, false, ${mostFound})) as ids)`;
  const isFound = sql`r.id = any ((select ids from found)::uuid[])`;
  const all = firstOf(queue, actor, after, queuePageSize + 1, isFound);
  const far = (await sql<Row>`${found} ${rowsOf(all, sql``)}`.execute(db)).rows;
  const both = new Map([...near, ...far].map((row) => [row.id, row]));
  return [...both.values()].sort(inTurn).slice(0, queuePageSize + 1);
}

/** Those that have ended, newest first, below the last of the open ones. */
async function searchEnded(db: Db, query: string) {
  const ended = sql`(select r.* from request r
                     where r.id = any (array(select requests_with(${query}::tsquery, true, ${mostFound})))
                     order by r.id desc limit ${queuePageSize})`;
  const { rows } = await rowsOf(ended, sql``).execute(db);
  return rows.sort((a, b) => b.submitted_at.getTime() - a.submitted_at.getTime());
}

const mostFound = 20_000;

/** So many of those that stand first are looked through, one by one. */
const walked = 1000;

/** As the database sorts: `infinity` stands behind every date. */
const inTurn = (a: Row, b: Row) => a.rank - b.rank || (`${a.due} ${a.id}` < `${b.due} ${b.id}` ? -1 : 1);

/** The rows are cut to a page before anything else is looked up for them. */
const rowsOf = (source: RawBuilder<unknown>, condition: RawBuilder<unknown>) =>
  sql<Row>`
    select r.id, r.reference, r.service_type, r.service_version, ${written} as written, r.status,
           r.priority, r.comes_first, r.rank, r.submitted_at, r.due_at, clock.started_at,
           clock.kind as promise, r.caller, r.agent_id,
           a.name as agent_name, t.name as team_name, r.last_number,
           said.text as said, said.by as said_by, said.name as said_name, ${isUnread('staff')} as unread,
           case when r.due_at = 'infinity' then 'infinity'
                else to_char(r.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end as due
    from (
      select r.*, coalesce(c.name, r.contact->>'caller_name') as caller
      from ${source} r
      left join person c on c.id = r.requester_id
      where true ${condition}
      order by ${inOrder}
      limit ${queuePageSize + 1}
    ) r
    left join person a on a.id = r.agent_id
    left join team t on t.id = r.team_id
    left join lateral (
      select p.kind, p.started_at from promise p
      where p.request_id = r.id and p.ended_at is null and p.due_at is not null order by p.due_at limit 1
    ) clock on true
    ${lastSaid}
    order by ${inOrder}`;

/** How many wait in each queue, counted up to `mostCounted`. */
export async function countQueues(db: Db, actor: PersonActor): Promise<Record<Queue, number>> {
  const counts = queues.map((queue) => sql`${countOf(queue, actor, mostCounted)} as ${sql.id(queue)}`);
  const { rows } = await sql<Record<Queue, number>>`select ${sql.join(counts)}`.execute(db);
  return rows[0] ?? { mine: 0, unassigned: 0, team: 0, waiting: 0, overdue: 0, all: 0 };
}
