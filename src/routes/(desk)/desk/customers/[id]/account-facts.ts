/** What the desk sees of a customer's account: what is owed, the last bills with their lines, meters and readings. */
import { peopleOf } from '#lib/accounts/server/members.ts';
import { metersOf, readingsOf } from '#lib/accounts/server/readings.ts';
import { linesOfBill, readBills } from '#lib/billing/server/queries.ts';
import { dunningOf } from '#lib/billing/server/dunning/queries.ts';
import { programmesOf } from '#lib/billing/server/programmes/queries.ts';
import { isInForce } from '#lib/billing/programmes/programme.ts';
import { shownBills } from '#lib/billing/server/shown.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { planNow } from '../../../../programme-form.ts';

const billsShown = 3;
const readingsShown = 6;

export async function factsOf(db: Db, account: { id: string; number: string }, today: string) {
  const [{ bills, balance }, meters, plan, programmes, dunning] = await Promise.all([
    readBills(db, account.id),
    metersOf(db, account.id),
    planNow(db, account.id),
    programmesOf(db, account.id),
    dunningOf(db, account.id)
  ]);
  const shown = await shownBills(db, bills.slice(0, billsShown), plan, today);
  return {
    id: account.id,
    number: account.number,
    people: await peopleOf(db, account.id),
    balance,
    plan,
    dunning,
    programmes: programmes.filter(({ state }) => isInForce(state)),
    bills: await Promise.all(shown.map(async (bill) => ({ ...bill, lines: await linesOfBill(db, bill.id) }))),
    meters: await Promise.all(
      meters.map(async (meter) => ({ ...meter, readings: await readingsOf(db, meter.id, readingsShown) }))
    )
  };
}

export type AccountFacts = Awaited<ReturnType<typeof factsOf>>;
