/** My bills: what is owed and by when, every bill, and what was paid. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { takenByItself } from '#lib/billing/server/autopay/queries.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { dunningOf } from '#lib/billing/server/dunning/queries.ts';
import { shownBills } from '#lib/billing/server/shown.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { isWinter, planNow } from '../../programme-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const { accounts, account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  if (!account)
    return htmlOnly({
      accounts,
      account: null,
      bills: [],
      payments: [],
      balance: 0n,
      plan: null,
      taken: null,
      dunning: null
    });

  const today = dayAt(new Date(), config.timeZone);
  const [{ bills, payments, balance }, plan] = await Promise.all([
    readBills(db, account.id),
    planNow(db, account.id)
  ]);
  const [shown, dunning] = await Promise.all([shownBills(db, bills, plan, today), dunningOf(db, account.id)]);
  const first = shown.findLast(({ open, status }) => open > 0n && status !== 'planned');
  return htmlOnly({
    accounts,
    account,
    taken: first ? await takenByItself(db, first, today) : null,
    dunning: dunning && { ...dunning, winter: isWinter(today) },
    balance,
    payments,
    plan,
    bills: shown
  });
};
