/** One bill beside the others of its account: how it stands, and which came before. Nothing else is read for it. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { balanceOf, settle, type Standing } from '../settle.ts';
import { billColumns, billFrom, type Bill } from './queries.ts';

/** How a bill stands, and what is owed in all: of the others only what was billed and paid, and when. */
export async function standingOf(
  db: Db,
  { id, account_id }: Pick<Bill, 'id' | 'account_id'>
): Promise<Standing & { balance: bigint }> {
  const [billed, came] = await Promise.all([
    db
      .selectFrom('bill')
      .select(['id', 'total', 'issued_on', 'due_on'])
      .where('account_id', '=', account_id)
      .orderBy('issued_on')
      .orderBy('number')
      .execute(),
    db
      .selectFrom('payment')
      .select(['amount', 'paid_on', 'bill_id'])
      .where('account_id', '=', account_id)
      .where('state', '=', 'settled')
      .orderBy('paid_on')
      .orderBy('id')
      .execute()
  ]);
  const bills = billed.map((one) => ({ ...one, total: BigInt(one.total) }));
  const payments = came.map((one) => ({ ...one, amount: BigInt(one.amount) }));
  const standing = settle(bills, payments)[bills.findIndex((one) => one.id === id)];
  return { ...(standing ?? { open: 0n, paid_on: null }), balance: balanceOf(bills, payments) };
}

/** The bill before this one, and the one whose period ended a year before, give or take half a month. */
export async function billsBeside(db: Db, bill: Bill) {
  const ofAccount = db
    .selectFrom('bill as b')
    .select(billColumns)
    .where('b.account_id', '=', bill.account_id)
    .orderBy('b.issued_on', 'desc')
    .orderBy('b.number', 'desc')
    .limit(1);
  const yearAgo = Temporal.PlainDate.from(bill.period_to).subtract({ years: 1 });
  const [before, yearBefore] = await Promise.all([
    ofAccount
      .where(sql<boolean>`(b.issued_on, b.number) < (${bill.issued_on}::date, ${bill.number})`)
      .executeTakeFirst(),
    ofAccount
      .where('b.period_to', '>=', yearAgo.subtract({ days: 16 }).toString())
      .where('b.period_to', '<=', yearAgo.add({ days: 16 }).toString())
      .executeTakeFirst()
  ]);
  return { before: before ? billFrom(before) : null, yearBefore: yearBefore ? billFrom(yearBefore) : null };
}
