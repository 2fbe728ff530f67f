/** One order at the desk: what is in it, how it stands, and what can be done now. */
import { fail, redirect } from '@sveltejs/kit';
import { canCancel } from '#lib/orders/access.ts';
import { eventsOf, getOrder, linesOf } from '#lib/orders/server/queries.ts';
import { advance, byRules, cancelOrder } from '#lib/orders/server/transitions.ts';
import { canMove, cancelReasons } from '#lib/orders/status.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { textIn } from '#lib/platform/posted.ts';
import { httpStatus, Refusal, refuse } from '#lib/platform/refusal.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, actor, locale } }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const order = await getOrder(db, actor, params.reference);
  return {
    order,
    lines: await linesOf(db, order.id, locale),
    events: await eventsOf(db, order.id),
    may: {
      pack: canMove(order.status, 'packed', 'staff'),
      send: canMove(order.status, 'on_the_way', 'staff'),
      unpack: order.status === 'packed',
      cancel: canCancel(actor, order, await byRules(db))
    }
  };
};

export const actions: Actions = {
  pack: (event) => act(event, (staff) => advance(event.locals.db, staff, event.params.reference, 'packed')),
  unpack: (event) => act(event, (staff) => advance(event.locals.db, staff, event.params.reference, 'placed')),
  send: (event) =>
    act(event, (staff) => advance(event.locals.db, staff, event.params.reference, 'on_the_way')),
  cancel: async (event) => {
    const form = await event.request.formData();
    const why = cancelReasons.find((reason) => reason === textIn(form, 'why'));
    if (!why) return fail(422, { problem: event.locals.t('orders.choose_why') });
    return act(event, (staff) => cancelOrder(event.locals.db, staff, event.params.reference, why));
  }
};

async function act(
  { locals: { actor, t }, params }: RequestEvent,
  command: (staff: Staff) => Promise<unknown>
) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  try {
    await command(actor);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal;
    return fail(httpStatus[refusal.kind], { problem: t(refusal.words, refusal.values) });
  }
  redirect(303, `/desk/orders/${params.reference}`);
}
