/** Notice and cut-offs as this utility has set them; where it has not, as they are shipped. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { slotRules, type SlotKind, type SlotRules } from '../rules.ts';
import type { NewRules } from '../planning-form.ts';
import { mayPlan } from './planning.ts';

export async function rulesOf(db: Db, kind: SlotKind): Promise<SlotRules> {
  const set = await db
    .selectFrom('slot_rule')
    .select(['notice', 'ahead', 'move_days', 'move_at', 'cancel_days', 'cancel_at', 'no_access_fee'])
    .where('kind', '=', kind)
    .executeTakeFirst();
  if (!set) return slotRules[kind];
  const { notice, ahead, move_days, move_at, cancel_days, cancel_at, no_access_fee } = set;
  return {
    ...slotRules[kind],
    ...{ notice, ahead, notLetIn: no_access_fee },
    moveUntil: { days: move_days, at: move_at.slice(0, 5) },
    cancelUntil: { days: cancel_days, at: cancel_at.slice(0, 5) }
  };
}

/** From now on these hold, also for what is booked already. The weeks ahead are planned as far as is offered. */
export async function setRules(db: Db, actor: PersonActor, kind: SlotKind, rules: NewRules, zone: string) {
  if (!mayPlan(actor)) refuse('forbidden', 'slots.supervisors_plan');
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('slot_rule')
      .values({ kind, ...rules, changed_by: actor.id })
      .onConflict((same) =>
        same.column('kind').doUpdateSet({ ...rules, changed_by: actor.id, changed_at: sql<Date>`now()` })
      )
      .execute();
    await sql`select plan_slots(${zone}::text, 0)`.execute(tx);
  });
}
