/** My usage: how much gas in each period and on each day, beside last year's and the weather. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { isDay } from '#lib/platform/dates.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { daysOf } from '#lib/usage/server/days.ts';
import { usageBefore } from '#lib/usage/server/periods.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const { accounts, account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  const asked = url.searchParams.get('before') ?? '';
  const before = isDay(asked) ? asked : null;
  const today = dayAt(new Date(), config.timeZone);
  const [usage, days] = await Promise.all([
    account ? usageBefore(db, account.id, before) : { unit: null, periods: [], older: null },
    account && !before ? daysOf(db, account.id, today) : []
  ]);
  return htmlOnly({ accounts, account, ...usage, days, later: before !== null });
};
