/** What the last step of an order was given: the cart of its address, and what was typed. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { judgeCart, typedCart } from '#lib/orders/cart.ts';
import { keyOf, textIn, textsIn } from '#lib/platform/posted.ts';
import { toOrder } from '../to-order.ts';

/** What was typed waits under this name while somebody reads what to do in danger. */
export const formName = 'order';

export const typedTime = (form: FormData) => ({
  key: keyOf(textIn(form, 'key')),
  slot: textIn(form, 'slot'),
  pays: textIn(form, 'pays'),
  access_notes: textIn(form, 'access_notes'),
  hazards: textsIn(form, 'hazards').join(','),
  stands: textIn(form, 'stands'),
  safe: textIn(form, 'safe')
});

/** The cart of the address; one that cannot be ordered leads back to the catalogue, which says why. */
export async function cartIn({ url, locals }: Pick<RequestEvent, 'url' | 'locals'>) {
  const { customer, account, to, offers, today, limit } = await toOrder({ url, locals });
  // Whoever has no account, or lives where we do not deliver, is led on by the page of what can be ordered.
  if (!account || !to) redirect(303, `/orders/new${url.search}`);
  const judged = judgeCart(offers, typedCart(url.searchParams, offers), locals.t, limit);
  if (!judged.ok) {
    const back = new URLSearchParams(url.searchParams);
    back.set('go', '1');
    redirect(303, `/orders/new?${back}`);
  }
  return { customer, account, to, offers, today, lines: judged.lines, skill: judged.skill };
}
