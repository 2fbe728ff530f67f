/** What is known here of how an order went: which gas it was about. */
import type { Told } from '#lib/forms/server/told-by-route.ts';
import { supplyOfCart } from '#lib/orders/cart.ts';
import { getOrder, linesOf } from '#lib/orders/server/queries.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import type { RequestEvent } from './$types';

export async function inbound({ locals: { db, actor, locale }, params }: RequestEvent): Promise<Told> {
  if (!isCustomer(actor)) return {};
  const lines = await linesOf(db, (await getOrder(db, actor, params.reference)).id, locale);
  const products = lines.map(({ product, kind }) => ({ code: product, kind }));
  return { channel: 'rating', supply: supplyOfCart(lines, products) };
}
