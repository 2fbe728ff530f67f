/** Ordering ahead: what is out of stock or not sold yet, with a place in line. */
import { fail, redirect } from '@sveltejs/kit';
import { wholeIn } from '#lib/forms/whole.ts';
import { emptiesFor } from '#lib/orders/cart.ts';
import { amountOf } from '#lib/orders/pricing.ts';
import { placeOrder } from '#lib/orders/server/ordering.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { again, answer } from '../../../../form-action.ts';
import { toOrder } from '../to-order.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { offer, to } = await wanted(event);
  return htmlOnly({ offer, to, currency: config.currency, key: keyOf(null) });
};

export const actions: Actions = {
  default: async (event) => {
    const { db, t, locale } = event.locals;
    const { offer, to, account, customer, today } = await wanted(event);
    const form = await event.request.formData();
    const typed = { key: keyOf(textIn(form, 'key')), quantity: textIn(form, 'quantity').slice(0, 200) };
    const quantity = wholeIn(typed.quantity) ?? 0;
    const { name, least, most } = offer;
    if (quantity < least || quantity > most)
      return fail(422, { typed, problems: { quantity: t('orders.quantity_wrong', { name, least, most }) } });

    const line = { product: offer.code, quantity, empties: emptiesFor(quantity, offer) };
    const order = async () => {
      const placed = await placeOrder(db, customer, {
        ...{ key: typed.key, account: account.id, to, skill: offer.skill, lines: [line], slot: null },
        ...{ currency: config.currency, total: amountOf(line, offer), today, locale },
        ...{ pays: 'on_delivery', access_notes: '' }
      });
      return `/orders/${placed}`;
    };
    return answer(
      t,
      order,
      again(typed, () => 'quantity')
    );
  }
};

/** What is not to be had today; what is leads to where it is ordered. */
async function wanted({ url, locals }: Pick<RequestEvent, 'url' | 'locals'>) {
  const { customer, account, to, offers, today } = await toOrder({ url, locals });
  const offer = offers.find(({ code }) => code === url.searchParams.get('product'));
  if (!account || !to || !offer) refuse('missing', 'errors.missing');
  if (!offer.sold_from && offer.free >= offer.least) redirect(303, `/orders/new?account=${account.number}`);
  return { customer, account, to, offer, today };
}
