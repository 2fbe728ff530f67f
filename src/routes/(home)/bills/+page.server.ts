/** My bills: what is owed and by when, the bills and what was paid, a year and a month at a time. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { takenByItself } from '#lib/billing/server/taking.ts';
import { billsBefore, markIn, openBills, paymentsBeside, writeBillMark } from '#lib/billing/server/pages.ts';
import { noticeNow } from '#lib/programmes/dunning/notice.ts';
import { dunningOf } from '#lib/programmes/server/dunning/queries.ts';
import { shownBills } from '#lib/billing/server/shown.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { chargesToCome } from '#lib/visits/server/charges.ts';
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
      open: [],
      payments: [],
      later: false,
      older: null,
      balance: 0n,
      plan: null,
      taken: null,
      dunning: null,
      charges: []
    });

  const today = dayAt(new Date(), config.timeZone);
  const before = markIn(url.searchParams.get('before'));
  const [{ bills, balance, older }, owed, plan, dunning] = await Promise.all([
    billsBefore(db, account.id, today, before),
    openBills(db, account.id, today),
    planNow(db, account.id),
    dunningOf(db, account.id)
  ]);
  const [shown, open, payments, charges] = await Promise.all([
    shownBills(db, bills, plan, today),
    shownBills(db, owed, plan, today),
    paymentsBeside(db, account.id, { before, older }),
    chargesToCome(db, account.id, config.timeZone)
  ]);
  const first = open.findLast(({ status }) => status === 'due' || status === 'overdue');
  const notice = noticeNow(dunning, open);
  return htmlOnly({
    accounts,
    account,
    taken: first ? await takenByItself(db, first, today) : null,
    dunning: notice && { ...notice, winter: isWinter(today) },
    ...{ balance, payments, plan, bills: shown, charges },
    open: open.length > 0 ? open : shown,
    later: before !== null,
    older: older && writeBillMark(older)
  });
};
