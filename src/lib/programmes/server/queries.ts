/** Questions about programmes: what there is on an account, and what may be offered. */
import { isPlan } from '#lib/billing/plan.ts';
import { programmeFrom, programmeRows, type Programme } from '#lib/billing/server/plan.ts';
import type { readBills } from '#lib/billing/server/queries.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Account } from '../offers.ts';
import { isInForce } from '../programme.ts';

/** Every programme of an account, newest first. */
export async function programmesOf(db: Db, accountId: string) {
  const rows = await programmeRows(db)
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute();
  return rows.map(programmeFrom);
}

/** What is to be known of an account before anything is offered. */
export function circumstancesOf(
  { bills, balance }: Awaited<ReturnType<typeof readBills>>,
  programmes: readonly Programme[],
  today: string,
  currency: string
): Account {
  const open = bills.filter((bill) => bill.open > 0n);
  const oldest = open.at(-1)?.due_on ?? today;
  const aYearAgo = Temporal.PlainDate.from(today).subtract({ years: 1 }).toString();
  return {
    currency: bills[0]?.currency ?? currency,
    balance,
    overdueDays: oldest < today ? daysBetween(oldest, today) : 0,
    openBills: open.length,
    bills,
    broken: programmes.filter(({ state, ended_on }) => state === 'broken' && (ended_on ?? '') > aYearAgo)
      .length,
    plan: programmes.find(({ kind, state }) => isInForce(state) && isPlan(kind))?.kind ?? null
  };
}

const daysBetween = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days;
