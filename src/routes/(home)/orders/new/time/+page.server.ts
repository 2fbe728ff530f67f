/** When it is brought and how it is paid: the last step of an order. The cart stands in the address. */
import { fail } from '@sveltejs/kit';
import { forgetDraft, typedUnder } from '#lib/forms/server/drafts.ts';
import { bringsFirstCylinder } from '#lib/orders/first-cylinder.ts';
import { pricedLines, totalOf } from '#lib/orders/pricing.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { minutesToPay } from '#lib/orders/server/holding.ts';
import { placeOrder } from '#lib/orders/server/ordering.ts';
import { timesFor } from '#lib/orders/server/times.ts';
import { lengthOf } from '#lib/platform/cleaning.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isKey, keyOf } from '#lib/platform/posted.ts';
import type { Refusal } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { hazardAnswersIn } from '#lib/visits/hazards.ts';
import { again, answer } from '../../../../form-action.ts';
import { orElse } from '../../../to-provider.ts';
import { payOnward } from '../../pay-onward.ts';
import { cartIn, formName, typedTime } from './typed.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { customer, to, account, lines, offers, skill } = await cartIn(event);
  const given = event.url.searchParams.get('key');
  const slots = await timesFor(event.locals.db, customer, { premises: to.premises, skill });
  return htmlOnly({
    first: bringsFirstCylinder(lines, offers, to.supply),
    ...{ to, account: account.number, slots, cart: event.url.search, currency: config.currency },
    lines: pricedLines(lines, offers),
    total: totalOf(lines, offers),
    minutesToPay,
    provider: providerOf(event.locals.db, config)?.name ?? null,
    safe: event.url.searchParams.get('safe') ?? '',
    key: keyOf(given),
    typed: await typedUnder(event.locals.db, given, formName)
  });
};

export const actions: Actions = {
  default: async (event) => {
    const { db, t, locale } = event.locals;
    const { customer, account, to, lines, offers, skill, today } = await cartIn(event);
    const form = await event.request.formData();
    const typed = typedTime(form);
    const first = bringsFirstCylinder(lines, offers, to.supply);
    const problems: Record<string, string> = {
      ...(!isKey(typed.slot) && { slot: t('orders.choose_slot') }),
      ...(typed.pays !== 'card' && typed.pays !== 'on_delivery' && { pays: t('orders.choose_pays') }),
      ...(lengthOf(typed.access_notes) > 500 && { access_notes: t('orders.notes_long') }),
      ...(first &&
        typed.stands !== 'safe' && {
          stands: t(typed.stands ? 'orders.stands_unsure_text' : 'orders.stands_none')
        })
    };
    if (Object.keys(problems).length > 0) return fail(422, { typed, problems });

    const order = async () => {
      const placed = await placeOrder(db, customer, {
        ...{ key: typed.key, account: account.id, to, skill, lines, slot: typed.slot },
        ...{ currency: config.currency, total: totalOf(lines, offers), today, locale },
        pays: typed.pays === 'card' ? 'card' : 'on_delivery',
        access_notes: typed.access_notes,
        hazards: hazardAnswersIn(typed.hazards.split(',')),
        first_cylinder: first
      });
      await forgetDraft(db, typed.key);
      const page = `/orders/${placed}?placed=1`;
      return typed.pays === 'card' ? payOnward(event, placed, typed.key).catch(orElse(page)) : page;
    };
    return answer(t, order, again(typed, aboutTime));
  }
};

const aboutTime = ({ words }: Refusal) =>
  words === 'slots.slot_full' || words === 'slots.slot_gone' ? 'slot' : '';
