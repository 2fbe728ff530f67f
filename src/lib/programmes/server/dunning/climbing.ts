/** The clock's part in reminding: who has something overdue, how far it has come, and one step on where it may. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { paysItself, takingByBank } from '#lib/billing/taking.ts';
import { climb, ladderOf, type DunningState, type DunningStep } from '../../dunning/ladder.ts';
import { coveredBy } from '#lib/billing/shown-status.ts';
import { rulesOf, type Jurisdiction } from '#lib/billing/programme-rules.ts';
import { bankOf } from '#lib/billing/server/taking.ts';
import { planOf } from '#lib/billing/server/plan.ts';
import { readBills } from '#lib/billing/server/queries.ts';

const armful = 200;
/** Bills whose day passed within so many days bring an account onto the list; it leaves when nothing is overdue. */
const lookedBack = 16;

/** Looks at every account with something overdue. Done again on the same day it changes nothing. */
export async function climbLadder(db: Db, today: string, jurisdiction: Jurisdiction) {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const accounts = await accountsAfter(db, after, today);
    for (const account of accounts) await climbOne(db, account, today, jurisdiction);
    const last = accounts.at(-1);
    if (!last || accounts.length < armful) return;
    after = last;
  }
}

/** One account, alone in its transaction: two workers wait for each other, and the second finds nothing to do. */
async function climbOne(db: Db, account: string, today: string, jurisdiction: Jurisdiction) {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`dunning ${account}`}, 0))`.execute(tx);
    const [before, facts] = [await rowOf(tx, account), await factsOf(tx, account, today, jurisdiction)];
    const state = climb(
      { ...facts, step: before?.step ?? 'none', since: before?.since ?? null },
      ladderOf(jurisdiction),
      today
    );
    if (!state) {
      if (before) await tx.deleteFrom('dunning').where('account_id', '=', account).execute();
      return;
    }
    await keep(tx, account, state, facts.currency, before ?? null, today);
  });
}

async function keep(
  tx: Db,
  account_id: string,
  state: DunningState,
  currency: string,
  before: { step: DunningStep; since: string } | null,
  today: string
) {
  const row = {
    ...{ step: state.step, holds: state.holds, due_on: state.due_on, amount: String(state.amount), currency },
    since: before?.step === state.step ? before.since : today
  };
  if (before) await tx.updateTable('dunning').set(row).where('account_id', '=', account_id).execute();
  else
    await tx
      .insertInto('dunning')
      .values({ account_id, ...row })
      .execute();
}

const rowOf = (db: Db, account: string) =>
  db.selectFrom('dunning').select(['step', 'since']).where('account_id', '=', account).executeTakeFirst();

async function factsOf(db: Db, account: string, today: string, jurisdiction: Jurisdiction) {
  const { bills } = await readBills(db, account);
  const plan = await planOf(db, account, today, rulesOf(jurisdiction));
  const bank = await bankOf(db, account);
  const { rows } = await sql<{ disputed: string[]; paying: boolean; priority: boolean }>`
    select array(select b.id::text from bill b where b.account_id = ${account} and bill_disputed(b.id)) as disputed,
      account_paying(${account}) as paying,
      account_served_first(${account}, ${today}::date) as priority`.execute(db);
  const [said] = rows;
  return {
    currency: bills[0]?.currency ?? 'USD',
    paying: said?.paying ?? false,
    priority: said?.priority ?? false,
    bills: bills.map((bill) => ({
      ...{ due_on: bill.due_on, open: bill.open },
      disputed: said?.disputed.includes(bill.id) ?? false,
      planned: plan !== null && coveredBy(plan, bill),
      bank: bank !== null && paysItself(takingByBank({ ...bill, held: false }, bank, today))
    }))
  };
}

/** Those on the list, and those with a bill whose day has just passed. */
async function accountsAfter(db: Db, after: string, today: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from (
      (select account_id from dunning where account_id > ${after} order by account_id limit ${armful})
      union
      (select distinct account_id from bill
       where due_on between ${today}::date - ${lookedBack}::integer and ${today}::date - 1 and account_id > ${after}
         and total > 0
       order by account_id limit ${armful})) late
    order by id limit ${armful}`.execute(db);
  return rows.map(({ id }) => id);
}
