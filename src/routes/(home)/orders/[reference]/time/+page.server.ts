/** Another time for an order: the old one is given back only with the new one. */
import { fail, redirect } from '@sveltejs/kit';
import { isServedFirst } from '#lib/accounts/server/priority.ts';
import { canChooseSlot } from '#lib/orders/access.ts';
import { areaOfOrder } from '#lib/orders/server/catalogue.ts';
import { getOrder } from '#lib/orders/server/queries.ts';
import { byRules, chooseSlot } from '#lib/orders/server/transitions.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { offeredSlots } from '#lib/visits/server/slots.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, actor } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const order = await getOrder(db, actor, params.reference);
  if (!order.may_act) refuse('missing', 'orders.not_found');
  const clock = await byRules(db);
  if (!canChooseSlot(actor, order, clock)) redirect(303, `/orders/${order.reference}`);
  const area = await areaOfOrder(db, order);
  const first = await isServedFirst(db, order.premises_id);
  return htmlOnly({
    reference: order.reference,
    slot: order.slot,
    currency: order.currency,
    slots: await offeredSlots(
      db,
      { kind: 'delivery', area, skill: order.skill, comesFirst: first },
      clock.now
    )
  });
};

export const actions: Actions = {
  default: async ({ params, request, locals: { db, actor, t } }) => {
    if (!isCustomer(actor)) refuse('missing', 'errors.missing');
    const slot = textIn(await request.formData(), 'slot');
    if (!isKey(slot)) return fail(422, { problems: { slot: t('orders.choose_slot') } });
    const next = async () => (
      await chooseSlot(db, actor, params.reference, slot),
      `/orders/${params.reference}`
    );
    return answer(t, next, (problem) => ({ problems: { slot: problem } }));
  }
};
