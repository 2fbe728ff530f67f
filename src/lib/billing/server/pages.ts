/** Bills and payments page by page: what is old is not read to show what is new, however long somebody has been with us. */
import { sql } from 'kysely';
import { isDay } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { openOfNewest, statusOf } from '../settle.ts';
import { billColumns, billFrom, paymentsOf, type Bill } from './queries.ts';

/** Where a page of bills ends: the day of its last one, and which of that day it was. */
export interface BillMark {
  issued_on: string;
  number: string;
}

/** A year and a month, so that the same month of the year before is there. */
export const billsOnPage = 13;
/** More open bills than anybody has; looked at only where those of a page are all open. */
const mostOpen = 1000;

/** The bills of an account before a mark, newest first, how each stands on a day, and where the next page begins. */
export async function billsBefore(db: Db, accountId: string, today: string, before: BillMark | null) {
  const [rows, { balance, newer }] = await Promise.all([
    billsOf(db, accountId, before, billsOnPage + 1),
    sumsOf(db, accountId, before)
  ]);
  const bills = stood(rows.slice(0, billsOnPage), balance - newer, today);
  const last = rows.length > billsOnPage ? (bills.at(-1) ?? null) : null;
  return { bills, balance, older: last && { issued_on: last.issued_on, number: last.number } };
}

/** All that is not paid of an account, newest first: payments settle the oldest bill first, so it is the newest ones. */
export async function openBills(db: Db, accountId: string, today: string) {
  const { balance } = await sumsOf(db, accountId, null);
  if (balance <= 0n) return [];
  const open = async (most: number) => {
    const bills = stood(await billsOf(db, accountId, null, most), balance, today);
    const left = bills.reduce((sum, one) => sum - one.open, balance);
    return { bills: bills.filter((bill) => bill.open > 0n), whole: left <= 0n };
  };
  const newest = await open(billsOnPage);
  return newest.whole ? newest.bills : (await open(mostOpen)).bills;
}

/** What was paid in the time of a page of bills. */
export const paymentsBeside = (
  db: Db,
  accountId: string,
  { before, older }: { before: BillMark | null; older: BillMark | null }
) => paymentsOf(db, accountId, { from: older?.issued_on ?? null, until: before?.issued_on ?? null });

/** A mark as it stands in an address; anything else is none. */
export function markIn(text: string | null): BillMark | null {
  const [issued_on = '', number = ''] = (text ?? '').split('~');
  return isDay(issued_on) && /^[0-9A-Z-]{4,20}$/.test(number) ? { issued_on, number } : null;
}

export const writeBillMark = ({ issued_on, number }: BillMark) => `${issued_on}~${number}`;

const stood = (bills: readonly Bill[], left: bigint, today: string) => {
  const open = openOfNewest(bills, left);
  return bills.map((bill, nth) => {
    const standing = { ...bill, open: open[nth] ?? 0n };
    return { ...standing, status: statusOf(standing, standing, today) };
  });
};

async function billsOf(db: Db, accountId: string, before: BillMark | null, most: number) {
  const rows = await db
    .selectFrom('bill as b')
    .select(billColumns)
    .where('b.account_id', '=', accountId)
    .$if(before !== null, (query) =>
      query.where(sql<boolean>`(b.issued_on, b.number) < (${before?.issued_on}::date, ${before?.number})`)
    )
    .orderBy('b.issued_on', 'desc')
    .orderBy('b.number', 'desc')
    .limit(most)
    .execute();
  return rows.map(billFrom);
}

/** What is owed in all, and what of it was billed from the mark on. */
async function sumsOf(db: Db, accountId: string, before: BillMark | null) {
  const { rows } = await sql<{ balance: string; newer: string }>`
    select (coalesce((select sum(total) from bill where account_id = ${accountId}), 0)
            - coalesce((select sum(amount) from payment where account_id = ${accountId} and state = 'settled'), 0))::text as balance,
           coalesce((select sum(total) from bill where account_id = ${accountId} and total > 0
                     and (issued_on, number) >= (${before?.issued_on ?? '9999-12-31'}::date, ${before?.number ?? ''})), 0)::text as newer`.execute(
    db
  );
  return { balance: BigInt(rows[0]?.balance ?? 0), newer: BigInt(rows[0]?.newer ?? 0) };
}
