/** An order that somebody at the desk takes down for a customer: what, when, and how the driver finds the door. */
import { fail } from '@sveltejs/kit';
import { mostFound, searchCustomers } from '#lib/accounts/server/customers.ts';
import { accountsToActOn } from '#lib/accounts/server/queries.ts';
import { judgeCart, typedCart } from '#lib/orders/cart.ts';
import { bringsFirstCylinder } from '#lib/orders/first-cylinder.ts';
import { totalOf } from '#lib/orders/pricing.ts';
import { destinationOf, offersFor } from '#lib/orders/server/catalogue.ts';
import { placeOrder } from '#lib/orders/server/ordering.ts';
import { timesFor } from '#lib/orders/server/times.ts';
import { refillLimit } from '#lib/refills/server/limit.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { clean } from '#lib/platform/cleaning.ts';
import { isId } from '#lib/platform/id.ts';
import { isKey, keyOf, textIn, textsIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { personNamed } from '#lib/people/server/queries.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { hazardAnswersIn } from '#lib/visits/hazards.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  if (!isStaff(event.locals.actor)) refuse('missing', 'errors.missing');
  if (!event.url.searchParams.has('customer')) return { order: null };
  const { customer, accounts, account, to, offers, limit } = await orderFor(event);
  return {
    order: {
      ...{ customer, accounts, account: account?.number ?? null, to, offers, limit },
      slots: to ? await slotsFor(event, to) : [],
      currency: config.currency,
      key: keyOf(null)
    }
  };
};

export const actions: Actions = {
  find: async ({ request, locals: { db, actor } }) => {
    if (!isStaff(actor)) refuse('missing', 'errors.missing');
    return { ...(await searchCustomers(db, await request.formData())), most: mostFound };
  },
  place: async (event) => {
    const { db, actor, t, locale } = event.locals;
    if (!isStaff(actor)) refuse('missing', 'errors.missing');
    const form = await event.request.formData();
    const { customer, account, to, offers, today } = await orderFor(event);
    if (!account || !to) refuse('conflict', 'orders.not_there');
    const fields = new URLSearchParams(
      [...form].filter((one): one is [string, string] => typeof one[1] === 'string')
    );
    const typed = { ...Object.fromEntries(fields), hazards: textsIn(form, 'hazards').join(',') };
    const again = (status: number, problems: Record<string, string>) => fail(status, { typed, problems });
    // Staff may know better than the rule of refills.
    const cart = judgeCart(offers, typedCart(fields, offers), t);
    if (!cart.ok) return again(422, cart.problems);
    const first = bringsFirstCylinder(cart.lines, offers, to.supply);
    if (first && textIn(form, 'stands') !== 'safe')
      return again(422, { stands: t('orders.stands_first_ask') });
    const slot = (await slotsFor(event, to)).find(({ id }) => id === textIn(form, 'slot'));
    if (!isKey(textIn(form, 'slot'))) return again(422, { slot: t('orders.choose_slot') });
    if (!slot) return again(409, { slot: t('slots.slot_gone') });
    if (slot.skill !== cart.skill) return again(422, { slot: t('orders.other_lorry') });
    const order = {
      ...{ key: keyOf(textIn(form, 'key')), account: account.id, by: customer.id, to, skill: cart.skill },
      ...{
        lines: cart.lines,
        slot: slot.id,
        currency: config.currency,
        pays: 'on_delivery' as const,
        today,
        locale
      },
      total: totalOf(cart.lines, offers),
      access_notes: clean(textIn(form, 'access_notes')).trim().slice(0, 500),
      hazards: hazardAnswersIn(textsIn(form, 'hazards')),
      first_cylinder: first
    };
    const next = async () => `/desk/orders/${await placeOrder(db, actor, order)}`;
    return answer(t, next, (problem) => ({ typed, problems: { '': problem } }));
  }
};

/** The customer that the address names, the account, and what is offered where they live. */
async function orderFor({ url, locals: { db, locale } }: Pick<RequestEvent, 'url' | 'locals'>) {
  const id = url.searchParams.get('customer') ?? '';
  const customer = isId(id) ? await personNamed(db, id) : null;
  if (!customer) refuse('missing', 'errors.missing');
  const accounts = await accountsToActOn(db, { id });
  const named = url.searchParams.get('account');
  const account = named === null ? accounts[0] : accounts.find(({ number }) => number === named);
  const today = dayAt(new Date(), config.timeZone);
  const to = account ? await destinationOf(db, account.id) : null;
  const offers = to ? await offersFor(db, to, { currency: config.currency, today, locale }) : [];
  const limit = account ? await refillLimit(db, account.id, today) : null;
  return { customer, accounts, account: account ?? null, to, offers, limit, today };
}

/** Of goods and of gas for a tank alike. */
async function slotsFor(
  { locals: { db, actor } }: Pick<RequestEvent, 'locals'>,
  { premises }: { premises: string }
) {
  const offered = await Promise.all(
    (['cylinder_delivery', 'bulk_delivery'] as const).map(async (skill) =>
      (await timesFor(db, actor, { premises, skill })).map((slot) => ({ ...slot, skill }))
    )
  );
  return offered.flat();
}
