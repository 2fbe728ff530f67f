/** My usage: how much gas in each period, beside last year's. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { usageIn } from '#lib/usage/server/periods.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const { accounts, account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  const { bills } = account ? await readBills(db, account.id) : { bills: [] };
  return htmlOnly({ accounts, account, ...usageIn(bills) });
};
