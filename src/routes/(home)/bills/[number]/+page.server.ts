/** One bill: its lines, what was used, why it differs from the ones before, and how to pay it. */
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { takenByItself } from '#lib/billing/server/taking.ts';
import { differencesOf } from '#lib/billing/server/differences.ts';
import { standingOf } from '#lib/billing/server/one-bill.ts';
import { billsOnPage } from '#lib/billing/server/pages.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { comparedOf, getBill, linesOfBill, newestBills } from '#lib/billing/server/queries.ts';
import { shownBills } from '#lib/billing/server/shown.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { disputesOf } from '#lib/requests/server/about.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { planNow } from '../../../programme-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, actor } }) => {
  const bill = await getBill(db, params.number);
  const [lines, { open, paid_on }, newest, differences, plan] = await Promise.all([
    linesOfBill(db, bill.id),
    standingOf(db, bill),
    newestBills(db, bill.account_id, billsOnPage),
    differencesOf(db, bill),
    planNow(db, bill.account_id)
  ]);
  const today = dayAt(new Date(), config.timeZone);
  const [[shown = refuse('missing', 'billing.not_found')], disputes] = await Promise.all([
    shownBills(db, [{ ...bill, open, paid_on }], plan, today),
    disputesOf(db, bill.id)
  ]);
  const acting = isCustomer(actor) ? await accountsToActOn(db, actor) : [];
  return htmlOnly({
    bankDetails: config.bankDetails,
    disputes,
    mayPay: providerOf(db, config) !== null && acting.some(({ id }) => id === bill.account_id),
    taken: await takenByItself(db, shown, today),
    bill: { ...shown, days: comparedOf(bill).days },
    plan,
    lines,
    differences,
    chart: newest.toReversed()
  });
};
