/** The clock's part: what days and payments make of plans. Done again it changes nothing. */
import type { Db } from '#lib/platform/server/db.ts';
import { budgetMonths } from '../wishes.ts';
import { plans } from '#lib/billing/plan.ts';
import { rulesOf, type Jurisdiction, type ProgrammeRules } from '#lib/billing/programme-rules.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { planOf, type StandingPlan } from '#lib/billing/server/plan.ts';

const armful = 200;

/** Looks at every plan in force, an armful at a time. */
export async function judgeProgrammes(db: Db, today: string, jurisdiction: Jurisdiction) {
  const rules = rulesOf(jurisdiction);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const some = await inForceAfter(db, after);
    for (const { account_id } of some) await judge(db, account_id, today, rules);
    const last = some.at(-1);
    if (!last || some.length < armful) return;
    after = last.id;
  }
}

async function judge(db: Db, accountId: string, today: string, rules: ProgrammeRules) {
  await db.transaction().execute(async (tx) => {
    const plan = await planOf(tx, accountId, today, rules);
    if (!plan) return;
    if (plan.kind === 'budget') return judgeBudget(tx, plan, today, rules);
    if (plan.verdict) await end(tx, plan, plan.verdict, today);
  });
}

/** So many missed months end a budget; else it is reckoned anew on its day. */
async function judgeBudget(tx: Db, plan: StandingPlan, today: string, rules: ProgrammeRules) {
  const missed = plan.instalments.filter(({ state, open }) => state === 'missed' && open > 0n).length;
  if (missed >= rules.budget.missed) return end(tx, plan, 'broken', today);
  if (plan.review_on === null || plan.review_on > today) return;

  const { bills, balance } = await readBills(tx, plan.account_id);
  const first = plan.instalments[0]?.due_on ?? today;
  const after = plan.instalments.length;
  const account = { bills, currency: plan.currency, balance: balance - openOf(plan) };
  const months = budgetMonths({ account, rules, first, after, yearEnds: after % 12 === 0 });
  const review_on = months.at(-1)?.due_on ?? today;
  const amount = String(months.at(-1)?.amount ?? 0n);
  const { numUpdatedRows } = await tx
    .updateTable('programme')
    .set({ review_on, amount })
    .where('id', '=', plan.id)
    .where('state', '=', 'active')
    .where('review_on', '=', plan.review_on)
    .executeTakeFirst();
  // Another run has done it.
  if (numUpdatedRows === 0n) return;
  await tx
    .insertInto('instalment')
    .values(months.map((one) => ({ ...one, programme_id: plan.id, amount: String(one.amount) })))
    .execute();
}

/** What was asked and is not paid yet is owed anyway: it is not spread a second time. */
const openOf = ({ instalments }: StandingPlan) => instalments.reduce((sum, { open }) => sum + open, 0n);

const end = (tx: Db, { id }: StandingPlan, state: 'kept' | 'broken', today: string) =>
  tx
    .updateTable('programme')
    .set({ state, ended_on: today })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .execute();

function inForceAfter(db: Db, after: string) {
  return db
    .selectFrom('programme')
    .select(['id', 'account_id'])
    .where('state', 'in', ['asked', 'active'])
    .where('kind', 'in', plans)
    .where('id', '>', after)
    .orderBy('id')
    .limit(armful)
    .execute();
}
