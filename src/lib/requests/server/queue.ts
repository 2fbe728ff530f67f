/** The desk's queues: what waits, sorted by what was promised first, and how much of it there is. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { mostCounted, queues, type After, type Queue, type View } from '../queue.ts';
import type { Status } from '../status.ts';
import { mentions } from './searching.ts';

export const queuePageSize = 50;

export interface QueuedRequest {
  id: string;
  reference: string;
  service_type: string;
  service_version: number;
  excerpt: string;
  status: Status;
  priority: number;
  submitted_at: Date;
  /** By when the next thing is owed, since when, and what it is. */
  due_at: Date | null;
  started_at: Date | null;
  promise: 'first_response' | 'next_response' | 'resolution' | null;
  caller: string | null;
  agent_id: string | null;
  agent_name: string | null;
  team_name: string | null;
  last_number: number;
}

/** One page of a queue, first due first, and where the next one begins when there is one. */
export async function listQueue(db: Db, actor: PersonActor, view: View) {
  const { rows } = await queuePage(actor, view).execute(db);
  const shown = rows.slice(0, queuePageSize);
  const last = shown.at(-1);
  const next: After | null = last && rows.length > queuePageSize ? { due: last.due, id: last.id } : null;
  return { requests: shown.map(({ due: _, ...request }): QueuedRequest => request), next };
}

/** The statement behind a page, with one row more than it shows. On its own, so that its plan can be looked at. */
export const queuePage = (actor: PersonActor, { queue, search, after }: View) =>
  sql<QueuedRequest & { due: string }>`
    select r.id, r.reference, r.service_type, r.service_version, left(r.description, 140) as excerpt, r.status,
           r.priority, r.submitted_at, r.due_at, clock.started_at,
           clock.kind as promise, coalesce(c.name, r.contact->>'caller_name') as caller, r.agent_id,
           a.name as agent_name, t.name as team_name, r.last_number,
           case when r.due_at = 'infinity' then 'infinity'
                else to_char(r.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end as due
    from request r
    left join person c on c.id = r.requester_id
    left join person a on a.id = r.agent_id
    left join team t on t.id = r.team_id
    left join lateral (
      select p.kind, p.started_at from promise p
      where p.request_id = r.id and p.ended_at is null and p.due_at is not null order by p.due_at limit 1
    ) clock on true
    where ${within(queue, actor)} ${mentions(search, ['r.reference', 'r.description', 'c.name'])}
      ${after ? sql`and (r.due_at, r.id) > (${after.due}::timestamptz, ${after.id}::uuid)` : sql``}
    order by r.due_at, r.id
    limit ${queuePageSize + 1}`;

/** How many wait in each queue, counted up to `mostCounted`. */
export async function countQueues(db: Db, actor: PersonActor): Promise<Record<Queue, number>> {
  const counts = queues.map(
    (queue) =>
      sql`(select count(*)::int from (select 1 from request r where ${within(queue, actor)} limit ${mostCounted}) x) as ${sql.id(queue)}`
  );
  const { rows } = await sql<Record<Queue, number>>`select ${sql.join(counts)}`.execute(db);
  return rows[0] ?? { mine: 0, unassigned: 0, team: 0, waiting: 0, overdue: 0, all: 0 };
}

const open = sql`r.status in ('submitted', 'open', 'waiting', 'scheduled')`;

function within(queue: Queue, actor: PersonActor) {
  switch (queue) {
    case 'mine':
      return sql`${open} and r.agent_id = ${actor.id}::uuid`;
    case 'unassigned':
      return sql`${open} and r.agent_id is null`;
    case 'team':
      return sql`${open} and r.team_id = ${actor.team}::uuid`;
    case 'waiting':
      return sql`r.status = 'waiting'`;
    case 'overdue':
      return sql`${open} and r.due_at < now()`;
    case 'all':
      return open;
  }
}
