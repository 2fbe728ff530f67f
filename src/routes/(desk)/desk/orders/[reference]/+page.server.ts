/** One order at the desk: what is in it, how it stands, and what can be done now. */
import { fail } from '@sveltejs/kit';
import { canCancel, canChooseSlot, canPayAtDoor } from '#lib/orders/access.ts';
import { exceptionOf } from '#lib/orders/server/exceptions.ts';
import { payAtDoor } from '#lib/orders/server/holding.ts';
import { eventsOf, getOrder, linesOf } from '#lib/orders/server/queries.ts';
import { isBeforeDay } from '#lib/orders/run.ts';
import { planOfOrder } from '#lib/refills/server/queries.ts';
import { timesFor } from '#lib/orders/server/times.ts';
import { advance, byRules, cancelOrder, chooseSlot } from '#lib/orders/server/transitions.ts';
import { canMove, cancelReasons } from '#lib/orders/status.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { hazardsOf } from '#lib/visits/server/hazards.ts';
import { answer } from '../../../../form-action.ts';
import { noteGone } from '../../hazard-gone.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, actor, locale } }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const order = await getOrder(db, actor, params.reference);
  const clock = await byRules(db);
  const chooses = canChooseSlot(actor, order, clock);
  return {
    order,
    hazards: (await hazardsOf(db, actor, [order.premises_id])).get(order.premises_id)?.known ?? [],
    lines: await linesOf(db, order.id, locale),
    byPlan: (await planOfOrder(db, order.id)) !== undefined,
    events: await eventsOf(db, order.id),
    exception: await exceptionOf(db, order.id),
    slots: chooses
      ? await timesFor(db, actor, { premises: order.premises_id, skill: order.skill }, clock.now)
      : [],
    may: {
      pack: canMove(order.status, 'packed', 'staff') && order.held_until === null,
      atDoor: canPayAtDoor(actor, order, clock.now),
      send: canMove(order.status, 'on_the_way', 'staff'),
      early: isBeforeDay(order.slot, clock.now),
      unpack: order.status === 'packed',
      cancel: canCancel(actor, order, clock),
      move: chooses
    }
  };
};

export const actions: Actions = {
  pack: (event) => act(event, (staff) => advance(event.locals.db, staff, event.params.reference, 'packed')),
  unpack: (event) => act(event, (staff) => advance(event.locals.db, staff, event.params.reference, 'placed')),
  door: (event) => act(event, (staff) => payAtDoor(event.locals.db, staff, event.params.reference)),
  send: async (event) => {
    const early = textIn(await event.request.formData(), 'early') === 'yes';
    return act(event, (staff) =>
      advance(event.locals.db, staff, event.params.reference, 'on_the_way', { early })
    );
  },
  move: async (event) => {
    const slot = textIn(await event.request.formData(), 'slot');
    return act(event, (staff) => {
      if (!isKey(slot)) refuse('invalid', 'orders.choose_slot');
      return chooseSlot(event.locals.db, staff, event.params.reference, slot);
    });
  },
  gone: async (event) => {
    const form = await event.request.formData();
    return act(event, () => noteGone(event.locals, form));
  },
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
  return answer(t, async () => (await command(actor), `/desk/orders/${params.reference}`));
}
