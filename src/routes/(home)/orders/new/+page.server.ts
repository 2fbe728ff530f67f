/** What can be ordered: a plain form that asks how many of each, and leads on to the choice of a time. */
import { judgeCart, typedCart } from '#lib/orders/cart.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { redirect } from '@sveltejs/kit';
import { toOrder } from './to-order.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
  const { accounts, account, to, offers, limit, today } = await toOrder({ url, locals });
  const typed = typedCart(url.searchParams, offers);
  const sent = url.searchParams.has('go');
  const judged = sent ? judgeCart(offers, typed, locals.t, limit) : null;
  if (judged?.ok) redirect(303, `/orders/new/time?${chosenIn(url)}`);
  return htmlOnly({
    ...{ accounts, account, to, offers, typed, currency: config.currency },
    limit,
    today,
    problems: judged ? judged.problems : {}
  });
};

/** The cart alone, as an address: what was left empty is left out. */
function chosenIn({ searchParams }: URL) {
  return new URLSearchParams([...searchParams].filter(([name, value]) => value !== '' && name !== 'go'));
}
