/** Refills that come by themselves: those of one account. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { refillsOf } from '#lib/refills/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor, locale } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const named = url.searchParams.get('account');
  const { accounts, account } = await chosenAccount(db, actor, named, { toAct: true });
  return htmlOnly({ accounts, account, plans: account ? await refillsOf(db, account.id, locale) : [] });
};
