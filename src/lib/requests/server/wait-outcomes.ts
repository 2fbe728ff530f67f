/** What was said about waiting, held against what came of it. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** Holds what was said against what came of it, and forgets what was said long ago. */
export async function settleWaits(db: Db) {
  await sql`
    with came as (
      select e.id, case e.awaits when 'resolution' then r.resolved_at else
               (select min(a.at) from request_event a where a.request_id = r.id and a.kind = 'assigned'
                and a.payload->>'agent' is not null and a.at >= e.said_at) end as at
      from wait_estimate e join request r on r.id = e.request_id
      where e.happened_at is null and e.outcome is distinct from 'left'
    )
    update wait_estimate e set happened_at = came.at,
      outcome = case when e.earliest is null then null when came.at < e.earliest then 'early'
                     when came.at > e.latest then 'late' else 'right' end
    from came where came.id = e.id and came.at >= e.said_at`.execute(db);
  // Who left the line, or called it off, had no answer to wait for any more.
  await sql`
    update wait_estimate e set outcome = 'left' from request r
    where r.id = e.request_id and e.happened_at is null and e.outcome is null
      and (r.status in ('cancelled', 'merged') or (e.awaits = 'answer' and not exists (
             select 1 from conversation c where c.request_id = r.id and c.ended_at is null)))`.execute(db);
  await sql`update wait_estimate set outcome = 'late' where outcome is null and latest < now()`.execute(db);
  await sql`delete from wait_estimate where said_at < now() - interval '400 days'`.execute(db);
}
