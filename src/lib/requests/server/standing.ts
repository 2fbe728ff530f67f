/** Where a request stands among others: what it points to, how many come before it, and how long such requests take. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import { mostBefore } from '../status-text.ts';
import type { RequestId } from './queries.ts';

export interface Standing {
  /** References of requests that it follows and that it was merged into, when the asker may see them. */
  linked: string | null;
  survivor: string | null;
  /** Counted up to `mostBefore`, until somebody takes it. */
  before: number | null;
  /** How such requests go lately, as `sla/waits/curve.ts` has it; and what was said of this one already. */
  curve: number[] | null;
  said: string[];
}

/** All of it, in one statement. */
export async function readStanding(db: Db, id: RequestId): Promise<Standing> {
  const [row] = await standingOf(db, { id });
  return row ?? { linked: null, survivor: null, before: null, curve: null, said: [] };
}

const standingOf = prepared(
  (_db, { id }: { id: RequestId }) => sql<Standing>`
    select linked.reference as linked, survivor.reference as survivor,
           case when r.status = 'submitted' and r.team_id is not null and r.due_at is not null
                then place_in_line(r.id, ${mostBefore}) end as before,
           (select c.hours from wait_curve c where c.service_type = r.service_type
            order by c.team_id is not distinct from r.team_id desc, c.channel = r.channel desc limit 1) as curve,
           array(select e.said from wait_estimate e where e.request_id = r.id and e.awaits = 'resolution') as said
    from request r
    left join request_reference linked on linked.request_id = r.linked_to
    left join request_reference survivor on survivor.request_id = r.merged_into
    where r.id = ${id}`
);
