/** Bills and payments page by page: what is old is not read to show what is new, however long somebody has been with us. */
import { sql } from 'kysely';
import { isDay } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { paymentsOf, standingBills, standingFrom } from './queries.ts';

/** Where a page of bills ends: the day of its last one, and which of that day it was. */
export interface BillMark {
  issued_on: string;
  number: string;
}

/** A year and a month, so that the same month of the year before is there. */
export const billsOnPage = 13;

/** The bills of an account before a mark, newest first, how each stands on a day, and where the next page begins. */
export async function billsBefore(db: Db, accountId: string, today: string, before: BillMark | null) {
  const [rows, balance] = await Promise.all([
    standingBills(db, accountId)
      .$if(before !== null, (query) =>
        query.where(sql<boolean>`(b.issued_on, b.number) < (${before?.issued_on}::date, ${before?.number})`)
      )
      .limit(billsOnPage + 1)
      .execute(),
    owedOn(db, accountId)
  ]);
  const bills = rows.slice(0, billsOnPage).map((row) => standingFrom(row, today));
  const last = rows.length > billsOnPage ? (bills.at(-1) ?? null) : null;
  return { bills, balance, older: last && { issued_on: last.issued_on, number: last.number } };
}

/** All that is not paid of an account, newest first. */
export async function openBills(db: Db, accountId: string, today: string) {
  const rows = await standingBills(db, accountId).where('o.open', '>', '0').execute();
  return rows.map((row) => standingFrom(row, today));
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

/** What is owed in all; less than nothing is held for the customer. */
async function owedOn(db: Db, accountId: string): Promise<bigint> {
  const { rows } = await sql<{ balance: string }>`
    select (coalesce((select sum(total) from bill where account_id = ${accountId}), 0)
            - coalesce((select sum(amount) from payment where account_id = ${accountId} and state = 'settled'), 0))::text as balance`.execute(
    db
  );
  return BigInt(rows[0]?.balance ?? 0);
}
