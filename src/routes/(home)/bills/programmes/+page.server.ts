/** Ways to pay that somebody can choose for an account, and how each stands. */
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { programmesNow } from '../../../programme-form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const { accounts, account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  if (!account) return htmlOnly({ accounts, account: null, inForce: [], plan: null, past: [] });
  const { inForce, plan, programmes } = await programmesNow(db, account.id);
  const past = programmes.filter(({ ended_on }) => ended_on !== null).slice(0, 10);
  return htmlOnly({ accounts, account, inForce, plan, past });
};
