/** What the desk sees of a customer's account: what is owed, the last bills with their lines, meters and readings. */
import { peopleOf } from '#lib/accounts/server/members.ts';
import { metersOf, readingsOf } from '#lib/accounts/server/readings.ts';
import { linesOfBill, readBills } from '#lib/billing/server/queries.ts';
import { statusOf } from '#lib/billing/settle.ts';
import type { Db } from '#lib/platform/server/db.ts';

const billsShown = 3;
const readingsShown = 6;

export async function factsOf(db: Db, account: { id: string; number: string }, today: string) {
  const [{ bills, balance }, meters] = await Promise.all([
    readBills(db, account.id),
    metersOf(db, account.id)
  ]);
  return {
    id: account.id,
    number: account.number,
    people: await peopleOf(db, account.id),
    balance,
    bills: await Promise.all(
      bills.slice(0, billsShown).map(async (bill) => ({
        ...bill,
        status: statusOf(bill, bill, today),
        lines: await linesOfBill(db, bill.id)
      }))
    ),
    meters: await Promise.all(
      meters.map(async (meter) => ({ ...meter, readings: await readingsOf(db, meter.id, readingsShown) }))
    )
  };
}

export type AccountFacts = Awaited<ReturnType<typeof factsOf>>;
