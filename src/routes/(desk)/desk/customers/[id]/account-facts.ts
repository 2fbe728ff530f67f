/** What the desk sees of a customer's account: what is owed, the last bills with their lines, meters and readings. */
import type { Membership } from '#lib/accounts/server/customers.ts';
import { invitationsTo } from '#lib/accounts/server/inviting.ts';
import { peopleOf } from '#lib/accounts/server/members.ts';
import { metersOf, readingsOf } from '#lib/accounts/server/readings.ts';
import { takenByItself } from '#lib/billing/server/taking.ts';
import { linesOfBill, readBills } from '#lib/billing/server/queries.ts';
import { dunningOf } from '#lib/programmes/server/dunning/queries.ts';
import { programmesOf } from '#lib/programmes/server/queries.ts';
import { isInForce } from '#lib/programmes/programme.ts';
import { shownBills } from '#lib/billing/server/shown.ts';
import { contentsOf, ordersOf } from '#lib/orders/server/queries.ts';
import { suppliesOf } from '#lib/orders/server/depots.ts';
import type { Staff } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { holdingsOf, returnsOf } from '#lib/orders/server/returns.ts';
import { prebuysOf } from '#lib/prebuy/server/queries.ts';
import { refillsOf } from '#lib/refills/server/queries.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { Locale } from '#lib/platform/language.ts';
import { hazardsOf } from '#lib/visits/server/hazards.ts';
import { chargesToCome } from '#lib/visits/server/charges.ts';
import { daysOf } from '#lib/usage/server/days.ts';
import { usageBefore } from '#lib/usage/server/periods.ts';
import { onSaleFor } from './buy-ahead.ts';
import { planNow } from '../../../../programme-form.ts';

const billsShown = 3;
const readingsShown = 6;
const paymentsShown = 12;
const ordersShown = 6;

export async function factsOf(
  db: Db,
  account: Pick<Membership, 'id' | 'number' | 'kind' | 'scope'>,
  { staff, today, locale }: { staff: Staff; today: string; locale: Locale }
) {
  const supplies = await suppliesOf(db, account.id);
  const [{ bills, balance, payments }, meters, plan, programmes, dunning, refills, cylinders, returns] =
    await Promise.all([
      readBills(db, account.id),
      metersOf(db, account.id),
      planNow(db, account.id),
      programmesOf(db, account.id),
      dunningOf(db, account.id),
      refillsOf(db, account.id, locale, 6),
      holdingsOf(db, account.id, locale),
      returnsOf(db, account.id, locale)
    ]);
  const shown = await shownBills(db, bills.slice(0, billsShown), plan, today);
  const due = shown.find(({ open, status }) => open > 0n && status !== 'planned');
  return {
    id: account.id,
    number: account.number,
    /** What the customer may do themself: nobody does more in their name. */
    mayAct: account.scope === 'act',
    mayInvite: account.kind === 'holder',
    people: await peopleOf(db, account.id),
    invitations: await invitationsTo(db, account.id),
    balance,
    plan,
    taken: due ? { bill: due, by: await takenByItself(db, due, today) } : null,
    payments: payments.slice(0, paymentsShown),
    usage: await usageBefore(db, account.id, null),
    days: await daysOf(db, account.id, today),
    orders: await ordersWithContents(db, account.id, locale),
    onSale: await onSaleFor(db, account.id, locale),
    prebuys: await prebuysOf(db, account.id, locale, 6),
    dunning,
    charges: await chargesToCome(db, account.id, config.timeZone),
    supplies,
    hazards: await hazardsOf(
      db,
      staff,
      supplies.map(({ id }) => id)
    ),
    refills,
    cylinders,
    returns,
    programmes: programmes.filter(({ state }) => isInForce(state)),
    bills: await Promise.all(shown.map(async (bill) => ({ ...bill, lines: await linesOfBill(db, bill.id) }))),
    meters: await Promise.all(
      meters.map(async (meter) => ({ ...meter, readings: await readingsOf(db, meter.id, readingsShown) }))
    )
  };
}

async function ordersWithContents(db: Db, account: string, locale: Locale) {
  const orders = await ordersOf(db, account, ordersShown);
  const ids = orders.map(({ id }) => id);
  const contents = await contentsOf(db, ids, locale);
  return orders.map(({ id, reference, status, slot, created_at, total, currency }) => ({
    ...{ reference, status, slot, created_at, total, currency },
    contents: contents.get(id) ?? []
  }));
}

export type AccountFacts = Awaited<ReturnType<typeof factsOf>>;
