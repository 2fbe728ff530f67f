/** How soon and how often an account gets a full cylinder: the rule that was set, and from when it may order again. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

export interface RefillLimit {
  /** The day from which the next may be ordered; today where it may be now. */
  from_day: string;
  /** Why not now. */
  why: 'gap' | 'quota' | null;
  gap_days: number | null;
  per_year: number | null;
  /** How many the year still has. */
  left_over: number | null;
}

/** What the rule says of this account today; null where there is no rule. */
export async function refillLimit(db: Db, account: string, today: string): Promise<RefillLimit | null> {
  const { rows } = await sql<RefillLimit>`
    select from_day, why, gap_days, per_year, left_over from refill_from(${account}::uuid, ${today}::date)`.execute(
    db
  );
  return rows[0] ?? null;
}

export const refillRule = (db: Db) =>
  db.selectFrom('refill_rule').select(['gap_days', 'per_year']).executeTakeFirst();

/** Sets the rule, or takes it away. */
export async function setRefillRule(
  db: Db,
  staff: PersonActor,
  { gap_days, per_year }: { gap_days: number | null; per_year: number | null }
) {
  if (!isStaff(staff) || staff.role === 'agent') refuse('forbidden', 'orders.rule_forbidden');
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('refill_rule').execute();
    if (gap_days !== null || per_year !== null)
      await tx
        .insertInto('refill_rule')
        .values({ kind: 'cylinder', gap_days, per_year, changed_by: staff.id })
        .execute();
  });
}
