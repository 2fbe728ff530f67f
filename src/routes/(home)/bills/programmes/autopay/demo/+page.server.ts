/** Stands in for the provider's page on which a card is typed. Outside a demo there is no such page. */
import { redirect } from '@sveltejs/kit';
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { cardAsked } from '#lib/payments/server/card-queries.ts';
import { decideDemoCard } from '#lib/payments/server/demo-provider.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { answer } from '../../../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { account, asked } = await askedFor(event);
  // Decided before, there is nothing to choose any more.
  if (!asked) redirect(303, back(account));
  return htmlOnly({ account });
};

export const actions: Actions = {
  default: async (event) => {
    const { account, asked } = await askedFor(event);
    const say = textIn(await event.request.formData(), 'say');
    const state = say === 'pays' || say === 'refuses' ? 'kept' : 'refused';
    return answer(event.locals.t, async () => {
      if (asked) await decideDemoCard(event.locals.db, asked.id, { state, pays: say !== 'refuses' });
      return back(account);
    });
  }
};

const back = (account: string) => `/bills/programmes/autopay?account=${account}&back`;

/** The card that whoever is asked is to choose, if there is one. */
async function askedFor({ url, locals: { db, actor } }: Pick<RequestEvent, 'url' | 'locals'>) {
  if (!isCustomer(actor) || providerOf(db, config)?.name !== 'demo') refuse('missing', 'errors.missing');
  const { account } = await chosenAccount(db, actor, url.searchParams.get('account'));
  if (account?.scope !== 'act') refuse('missing', 'errors.missing');
  return { account: account.number, asked: await cardAsked(db, account.id, actor.id) };
}
