/** The desk's queues: what waits, sorted by what was promised first, and how much of it there is. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Status } from '../status.ts';
import { mentions } from './searching.ts';

export const queues = ['mine', 'unassigned', 'team', 'waiting', 'overdue', 'all'] as const;
export type Queue = (typeof queues)[number];

export const queuePageSize = 50;

/** Counts stop here: "200+" says as much to a person, and costs the same with a million rows. */
export const mostCounted = 200;

export interface QueuedRequest {
  id: string;
  reference: string;
  service_type: string;
  service_version: number;
  excerpt: string;
  status: Status;
  priority: number;
  submitted_at: Date;
  due_at: Date | null;
  requester_name: string | null;
  agent_id: string | null;
  agent_name: string | null;
  team_name: string | null;
  last_number: number;
}

/** Where a page of a queue ends and the next begins: the promise and id of its last row. */
export interface After {
  due: string;
  id: string;
}

/** One page of a queue, first due first. Asks for one row more than it shows, to know whether there is another page. */
export async function listQueue(
  db: Db,
  actor: PersonActor,
  queue: Queue,
  { search = '', after = null as After | null } = {}
) {
  const { rows } = await sql<QueuedRequest>`
    select r.id, r.reference, r.service_type, r.service_version, left(r.description, 140) as excerpt, r.status,
           r.priority, r.submitted_at, nullif(r.due_at, 'infinity') as due_at, c.name as requester_name, r.agent_id, a.name as agent_name,
           t.name as team_name, r.last_number
    from request r
    left join person c on c.id = r.requester_id
    left join person a on a.id = r.agent_id
    left join team t on t.id = r.team_id
    where ${within(queue, actor)}
      ${mentions(search, ['r.reference', 'r.description', 'c.name'])}
      ${after ? sql`and (r.due_at, r.id) > (${after.due}::timestamptz, ${after.id}::uuid)` : sql``}
    order by r.due_at, r.id
    limit ${queuePageSize + 1}`.execute(db);
  return { requests: rows.slice(0, queuePageSize), more: rows.length > queuePageSize };
}

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
