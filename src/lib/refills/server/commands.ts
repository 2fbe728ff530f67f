/** Setting up refills that come by themselves, and changing them: a customer for their account, the desk on their behalf. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { isStaff, type Customer, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { RefillWish } from '../form.ts';
import type { PlanChange } from '../plan-letter.ts';
import { daysAhead, nextAfterSkip } from '../rules.ts';
import { gapOf, getRefills, type RefillPlan } from './queries.ts';

export interface NewRefills {
  /** Of the form: sent twice it is one plan. */
  key: string;
  account: string;
  premises: string;
  wish: RefillWish;
}

/** Sets it up. The same form again is the same plan; a second plan of the same thing for the same place is refused. */
export async function startRefills(db: Db, customer: Customer, { key, account, premises, wish }: NewRefills) {
  const place = { account_id: account, premises_id: premises };
  const digest = digestOf(contentOf({ ...place, ...wish }));
  try {
    const first = () => planOfForm(db, customer, key);
    return await once({ digest, first, refuseOther }, () =>
      db.transaction().execute(async (tx) => {
        const { id } = await tx
          .insertInto('refill_plan')
          .values({ ...place, person_id: customer.id, form_key: key, ...wish })
          .returning('id')
          .executeTakeFirstOrThrow();
        await tell(tx, id, 'started');
        return id;
      })
    );
  } catch (problem) {
    if (isCheckViolation(problem, 'budget_spent')) refuse('too_many', 'orders.too_often');
    if (isUniqueViolation(problem, 'refill_plan_one')) refuseOther();
    throw problem;
  }
}

const refuseOther = () => refuse('conflict', 'refills.there');

async function planOfForm(db: Db, customer: Customer, key: string) {
  const row = await db
    .selectFrom('refill_plan')
    .select(['id', 'account_id', 'premises_id', 'product', 'quantity', 'weeks', 'next_on'])
    .where('person_id', '=', customer.id)
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: digestOf(contentOf(row)), result: row.id };
}

/** What makes two plans the same. */
const contentOf = (plan: RefillWish & { account_id: string; premises_id: string }) => [
  ...[plan.account_id, plan.premises_id, plan.product, plan.quantity, plan.weeks, plan.next_on]
];

/** Nothing is ordered until it is taken up again. */
export const pauseRefills = (db: Db, actor: PersonActor, id: string) =>
  change(db, actor, id, 'paused', async (_, { state }) => (state === 'active' ? { state: 'paused' } : null));

/** Takes it up again. Days that passed meanwhile are not made up for. */
export const resumeRefills = (db: Db, actor: PersonActor, id: string, today: string) =>
  change(db, actor, id, 'resumed', async (_, { state, next_on }) => {
    if (state !== 'paused') return null;
    const soonest = Temporal.PlainDate.from(today).add({ days: daysAhead }).toString();
    return { state: 'active' as const, next_on: next_on > soonest ? next_on : soonest };
  });

/** Ends it for good. What is ordered already is brought all the same. */
export const endRefills = (db: Db, actor: PersonActor, id: string) =>
  change(db, actor, id, 'ended', async () => ({ state: 'ended' as const }));

/** Leaves one turn out: the one that was shown, so that a second click leaves out no other. */
export const skipTurn = (
  db: Db,
  actor: PersonActor,
  id: string,
  at: { period: number; today: string; zone: string }
) =>
  change(db, actor, id, 'skipped', async (tx, plan) => {
    if (plan.period !== at.period) return null;
    await tx
      .insertInto('refill_turn')
      .values({ plan_id: id, period: plan.period, due_on: plan.next_on, outcome: 'skipped' })
      .onConflict((waiting) =>
        waiting
          .columns(['plan_id', 'period'])
          .doUpdateSet({ outcome: 'skipped', why: null, at: sql<Date>`now()` })
      )
      .execute();
    const days = (await gapOf(tx, plan, at.zone)) ?? fallbackDays;
    return { period: plan.period + 1, next_on: nextAfterSkip(plan.next_on, days, at.today) };
  });

/** Another rhythm, number or day. */
export const changeRefills = (db: Db, actor: PersonActor, id: string, wish: Omit<RefillWish, 'product'>) =>
  change(db, actor, id, 'changed', async (_, { quantity, weeks, next_on }) => {
    const same = quantity === wish.quantity && weeks === wish.weeks && next_on === wish.next_on;
    return same ? null : { quantity: wish.quantity, weeks: wish.weeks, next_on: wish.next_on };
  });

/** The desk, at the customer's word: of an account that was opened, and nothing but what has a button there. */
export async function changeAtDesk(
  db: Db,
  staff: PersonActor,
  { plan, what, today, of }: { plan: string; what: string; today: string; of: readonly string[] }
) {
  if (!isStaff(staff)) refuse('missing', 'refills.not_found');
  const { account_id } = await getRefills(db, staff, plan, 'en');
  if (!of.includes(account_id)) refuse('missing', 'refills.not_found');
  if (what === 'pause') await pauseRefills(db, staff, plan);
  else if (what === 'resume') await resumeRefills(db, staff, plan, today);
  else if (what === 'end') await endRefills(db, staff, plan);
}

/** Where we knew how long it usually lasts and do not any more. */
export const fallbackDays = 28;

type Changed = Partial<Pick<RefillPlan, 'quantity' | 'weeks' | 'next_on' | 'period' | 'state'>>;

/** Holds the row, first of all. Whoever changes it is from then on who it is ordered for, and is written to. */
async function change(
  db: Db,
  actor: PersonActor,
  id: string,
  what: PlanChange,
  how: (tx: Db, plan: RefillPlan) => Promise<Changed | null>
) {
  await db.transaction().execute(async (tx) => {
    const plan = await getRefills(tx, actor, id, 'en', { hold: true });
    if (!plan.may_act) refuse('missing', 'refills.not_found');
    if (plan.state === 'ended') refuse('conflict', 'refills.is_over');
    const changed = await how(tx, plan);
    if (!changed) return;
    await tx
      .updateTable('refill_plan')
      .set({ ...changed, ...(!isStaff(actor) && { person_id: actor.id }) })
      .where('id', '=', id)
      .execute();
    await tell(tx, id, what, what === 'skipped' ? plan.next_on : null);
  });
}

const tell = (tx: Db, plan: string, what: PlanChange, skipped: string | null = null) =>
  later(tx, 'orders.tell_plan', { plan, what, skipped, change: randomUUID() });
