/** All orders: what is under way, the soonest first, or what ended last. */
import { handOn, refundsWaiting } from '#lib/orders/server/paying.ts';
import { handOnPrebuy, prebuyRefundsWaiting } from '#lib/prebuy/server/queries.ts';
import { depositsWaiting, handOnDeposit } from '#lib/orders/server/returns.ts';
import { contentsOf, ordersEnded, ordersUnderWay } from '#lib/orders/server/queries.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor, locale } }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const ended = url.searchParams.get('show') === 'ended';
  const refunds = await refundsWaiting(db, actor);
  const orders = ended ? await ordersEnded(db, actor) : await ordersUnderWay(db, actor);
  const contents = await contentsOf(
    db,
    orders.map(({ id }) => id),
    locale
  );
  return {
    ended,
    refunds,
    deposits: await depositsWaiting(db, actor),
    prebuys: await prebuyRefundsWaiting(db, actor),
    orders: orders.map(({ id, reference, status, slot, holder, line, town, created_at, ends_at }) => ({
      ...{ reference, status, slot, holder, line, town, created_at, ends_at },
      contents: contents.get(id) ?? []
    }))
  };
};

export const actions: Actions = {
  /** The money goes back: somebody saw to it. */
  refunded: async ({ request, locals: { db, actor } }) => {
    if (!isStaff(actor)) refuse('missing', 'errors.missing');
    const id = textIn(await request.formData(), 'id');
    if (isKey(id)) await handOn(db, actor, id);
    redirect(303, '/desk/orders');
  },

  /** So does what was bought ahead and not used. */
  prebuy: async ({ request, locals: { db, actor } }) => {
    if (!isStaff(actor)) refuse('missing', 'errors.missing');
    const id = textIn(await request.formData(), 'id');
    if (isKey(id)) await handOnPrebuy(db, actor, id);
    redirect(303, '/desk/orders');
  },

  /** The deposit for a cylinder goes back: somebody saw to it. */
  deposit: async ({ request, locals: { db, actor } }) => {
    if (!isStaff(actor)) refuse('missing', 'errors.missing');
    const id = textIn(await request.formData(), 'id');
    if (isKey(id)) await handOnDeposit(db, actor, id);
    redirect(303, '/desk/orders');
  }
};
