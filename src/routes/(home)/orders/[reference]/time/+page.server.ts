/** Another time for an order: the old one is given back only with the new one. */
import { fail, redirect } from '@sveltejs/kit';
import { canChooseSlot } from '#lib/orders/access.ts';
import { getOrder } from '#lib/orders/server/queries.ts';
import { timesFor } from '#lib/orders/server/times.ts';
import { byRules, chooseSlot } from '#lib/orders/server/transitions.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, actor } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const order = await getOrder(db, actor, params.reference);
  if (!order.may_act) refuse('missing', 'orders.not_found');
  const clock = await byRules(db);
  if (!canChooseSlot(actor, order, clock)) redirect(303, `/orders/${order.reference}`);
  return htmlOnly({
    reference: order.reference,
    slot: order.slot,
    currency: order.currency,
    slots: await timesFor(db, actor, { premises: order.premises_id, skill: order.skill }, clock.now)
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
