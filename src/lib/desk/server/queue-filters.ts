/** Which requests a queue holds, said so that an index gives them in the queue's order. */
import { sql, type RawBuilder } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { After, Queue } from '../queue.ts';

/** The order of the queue (`desk/queue-order.ts`). */
export const inOrder = sql`r.rank, r.due_at, r.id`;

const isOpen = sql`request_is_open(r.status)`;

/**
 * The first so many rows of a queue, in no order: those that stand first in each of the parts that the asker sees.
 * Row-level security would find the same by looking at every row; these parts overlap nowhere and each has an index.
 */
export function firstOf(
  queue: Queue,
  actor: PersonActor,
  after: After | null,
  most: number,
  also: RawBuilder<unknown> = sql`true`
) {
  const beyond = after
    ? sql`and (r.rank, r.due_at, r.id)
                              > (${after.rank}::smallint, ${after.due}::timestamptz, ${after.id}::uuid)`
    : sql``;
  const parts = partsFor(queue, actor).map(
    (part) => sql`(select r.* from request r where ${within(queue)} and ${part} and ${also} ${beyond}
                   order by ${inOrder} limit ${most})`
  );
  return sql`(${sql.join(parts, sql` union all `)})`;
}

/** How many a queue holds, counted up to so many. */
export function countOf(queue: Queue, actor: PersonActor, most: number): RawBuilder<number> {
  const parts = partsFor(queue, actor).map(
    (part) => sql`(select 1 from request r where ${within(queue)} and ${part} limit ${most})`
  );
  return sql<number>`(select count(*)::int from (select 1 from (${sql.join(parts, sql` union all `)}) part limit ${most}) counted)`;
}

/** What an agent sees (the policy `request_seen`), in parts. Everybody else of staff sees all. */
function partsFor(queue: Queue, { id, role, team }: PersonActor) {
  const mine = sql`r.agent_id = ${id}::uuid`;
  const ofTeam = sql`r.team_id = ${team}::uuid`;
  if (queue === 'mine') return [mine];
  if (queue === 'team') return [ofTeam];
  if (role !== 'agent') return [sql`true`];

  const elsewhere = sql`r.team_id is distinct from ${team}::uuid and r.team_id is not null`;
  const opened = sql`r.id = any ((select app_opened())::uuid[])`;
  return [
    ofTeam,
    sql`r.team_id is null`,
    sql`${mine} and ${elsewhere}`,
    sql`${opened} and ${elsewhere} and r.agent_id is distinct from ${id}::uuid`
  ];
}

/** What belongs to a queue, beside whose it is. */
function within(queue: Queue) {
  if (queue === 'unassigned') return sql`${isOpen} and r.agent_id is null`;
  if (queue === 'waiting') return sql`r.status = 'waiting'`;
  if (queue === 'overdue') return sql`${isOpen} and r.due_at < now()`;
  return isOpen;
}
