/** How often what was said about waiting was right, for those who answer for it. */
import { sql } from 'kysely';
import { mayLookAtWaits } from '../access.ts';
import type { Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** Ranges that were said, of which the outcome is known; what came sooner and what came later than was said. */
interface Score {
  said: number;
  right: number;
  early: number;
  late: number;
}

const scores = sql`
  count(*)::integer as said, count(*) filter (where outcome = 'right')::integer as right,
  count(*) filter (where outcome = 'early')::integer as early,
  count(*) filter (where outcome = 'late')::integer as late`;

const known = sql`earliest is not null and outcome in ('right', 'early', 'late')`;

/** By what was waited for, by kind of request and team over four weeks, and week by week over twelve. */
export async function waitsRecord(db: Db, actor: Actor) {
  if (!mayLookAtWaits(actor)) refuse('missing', 'errors.missing');
  const weeks = await sql<Score & { week: string; awaits: 'answer' | 'resolution' }>`
    select to_char(date_trunc('week', said_at), 'YYYY-MM-DD') as week, awaits, ${scores} from wait_estimate
    where ${known} and said_at >= date_trunc('week', now()) - interval '11 weeks'
    group by 1, 2 order by 1, 2`.execute(db);
  const kinds = await sql<
    Score & { awaits: 'answer' | 'resolution'; service_type: string; team: string | null }
  >`
    select awaits, service_type, (select t.name from team t where t.id = team_id) as team, ${scores} from wait_estimate
    where ${known} and said_at >= now() - interval '28 days'
    group by awaits, service_type, team_id order by said desc, service_type limit 100`.execute(db);
  const { rows } = await sql<{ awaits: 'answer' | 'resolution'; open: number; silent: number; left: number }>`
    select awaits, count(*) filter (where earliest is not null and outcome is null)::integer as open,
           count(*) filter (where earliest is null)::integer as silent,
           count(*) filter (where outcome = 'left')::integer as left
    from wait_estimate where said_at >= now() - interval '28 days' group by awaits`.execute(db);
  return { weeks: weeks.rows, kinds: kinds.rows, others: rows };
}
