/** Buying gas ahead at a fixed price: what is on sale, what the account has left, and paying for it. */
import { fail } from '@sveltejs/kit';
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { judgeUnits } from '#lib/prebuy/rules.ts';
import { destinationOf } from '#lib/orders/server/catalogue.ts';
import { buyAhead, countPrebuyPayments } from '#lib/prebuy/server/buying.ts';
import { prebuysOnSale } from '#lib/prebuy/server/offers.ts';
import { prebuysOf } from '#lib/prebuy/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isId } from '#lib/platform/id.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { answer } from '../../../form-action.ts';
import { orElse } from '../../to-provider.ts';
import { payAhead } from './pay-ahead.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db, locale } = event.locals;
  const { accounts, account, offers } = await seller(event);
  const before = account ? await prebuysOf(db, account.id, locale) : [];
  const unpaid = before.filter(({ state }) => state === 'reserved');
  // The provider may have said so before the worker came by.
  for (const { id } of unpaid) await countPrebuyPayments(db, id);
  const bought = account && unpaid.length > 0 ? await prebuysOf(db, account.id, locale) : before;
  return htmlOnly({
    ...{ accounts, account, offers, bought, key: keyOf(null) },
    provider: providerOf(db, config)?.name ?? null
  });
};

export const actions: Actions = {
  /** Holds the units, and goes on to pay for them. */
  buy: async (event) => {
    const { db, t } = event.locals;
    const { customer, account, offers } = await seller(event);
    const form = await event.request.formData();
    const typed = {
      key: keyOf(textIn(form, 'key')),
      offer: textIn(form, 'offer'),
      units: textIn(form, 'units').slice(0, 200)
    };
    if (!account || account.scope !== 'act' || !providerOf(db, config)) refuse('missing', 'errors.missing');
    const offer = offers.find(({ id }) => id === typed.offer);
    if (!offer) return fail(409, { typed, problem: t('prebuy.not_sold') });
    const judged = judgeUnits(typed.units, offer, t);
    if (!judged.ok) return fail(422, { typed, problem: judged.problem });
    const buy = async () => {
      const purchase = { key: typed.key, account: account.id, offer, units: judged.units };
      const id = await buyAhead(db, customer, purchase);
      // What is held stands on the page, and can be paid from there.
      const page = `/orders/prebuy?account=${account.number}#bought`;
      return payAhead(event, id, typed.key).catch(orElse(page));
    };
    return answer(t, buy, (problem) => ({ typed, problem }));
  },

  /** Pays for what is held already. */
  pay: async (event) => {
    const { account } = await seller(event);
    const form = await event.request.formData();
    const id = textIn(form, 'id');
    if (!account || !isId(id)) refuse('missing', 'errors.missing');
    const pay = () => payAhead(event, id, keyOf(textIn(form, 'key')));
    return answer(event.locals.t, pay, (refusal) => ({ refusal }));
  }
};

/** The account that the address names, and what it may buy. */
async function seller({ url, locals: { db, actor, locale } }: Pick<RequestEvent, 'url' | 'locals'>) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const named = url.searchParams.get('account');
  const { accounts, account } = await chosenAccount(db, actor, named, { toAct: true });
  const to = account?.scope === 'act' ? await destinationOf(db, account.id) : null;
  const today = dayAt(new Date(), config.timeZone);
  const sold = { today, currency: config.currency, locale };
  const offers =
    account && to ? await prebuysOnSale(db, { account: account.id, supply: to.supply }, sold) : [];
  return { customer: actor, accounts, account, offers };
}
