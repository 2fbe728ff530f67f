/** What is known here of an order's last step: whose account, which gas, and how what was typed waits. */
import { keepDraft } from '#lib/forms/server/drafts.ts';
import type { Told } from '#lib/forms/server/told-by-route.ts';
import { supplyOfCart } from '#lib/orders/cart.ts';
import { cartIn, formName, typedTime } from './typed.ts';
import type { RequestEvent } from './$types';

export async function inbound(event: RequestEvent, form: FormData): Promise<Told> {
  const { customer, account, lines, offers } = await cartIn(event);
  const { key, safe: _, ...typed } = typedTime(form);
  return {
    channel: 'order',
    account: account.id,
    supply: supplyOfCart(lines, offers),
    keep: () => keepDraft(event.locals.db, customer, { key, form: formName, typed })
  };
}
