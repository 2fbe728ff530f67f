/** One order as its customer follows it: how it stands, when it comes, the code for the door, and calling it off. */
import { writePosition } from '#lib/events/position.ts';
import { hub } from '#lib/requests/server/live.ts';
import {
  canCancel,
  canChooseSlot,
  canPay,
  canPayAtDoor,
  canSeeCode,
  holdIsOver,
  whyFixed
} from '#lib/orders/access.ts';
import { renewCode } from '#lib/orders/server/delivering.ts';
import { payAtDoor } from '#lib/orders/server/holding.ts';
import { exceptionOf } from '#lib/orders/server/exceptions.ts';
import { codeOf, eventsOf, getOrder, lineOf, linesOf, type OrderRow } from '#lib/orders/server/queries.ts';
import { planOfOrder } from '#lib/refills/server/queries.ts';
import { countPayments, paymentsOf, refundsOf } from '#lib/orders/server/paying.ts';
import { actedOn, orderRating, rateOrder } from '#lib/orders/server/rating.ts';
import { takeRating } from '../../rate.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { answer } from '../../../form-action.ts';
import { payOnward } from '../pay-onward.ts';
import { byRules, cancelOrder } from '#lib/orders/server/transitions.ts';
import { stepsOf, tellOrder, wasClosed } from '#lib/orders/status-text.ts';
import { isCustomer, type Customer } from '#lib/platform/actor.ts';
import type { Locale } from '#lib/platform/language.ts';
import { writeMoment } from '#lib/ui/moment.ts';
import { cutOffWords } from '#lib/slots/rules.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { db, actor, locale, t } }) => {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const position = writePosition(hub.position());
  const before = await getOrder(db, actor, params.reference);
  // The provider may have said so before the worker came by.
  if (before.due > 0n) await countPayments(db, before.id);
  const order = before.due > 0n ? await getOrder(db, actor, params.reference) : before;
  const clock = await byRules(db);
  const events = await eventsOf(db, order.id);
  const missed = events.findLast(({ kind }) => kind === 'missed');
  const closed = missed !== undefined && wasClosed(missed.payload);
  const code = canSeeCode(actor, order) ? await codeOf(db, order.id) : undefined;
  return htmlOnly({
    position,
    order: {
      ...{ reference: order.reference, status: order.status, slot: order.slot, currency: order.currency },
      held_until: order.held_until,
      ...{ total: order.total, paid: order.paid, due: order.due, slot_charge: order.slot_charge },
      ...{ line: order.line, town: order.town, notes: order.access_notes, created_at: order.created_at }
    },
    lines: await linesOf(db, order.id, locale),
    events,
    told: tellOrder(
      { ...order, closed, held: heldOf(order, clock.now, locale) },
      t,
      order.status === 'preordered' ? await lineOf(db, order.id) : null
    ),
    served: order.status !== 'preordered' || ((await lineOf(db, order.id))?.served ?? false),
    steps: stepsOf(order.status, t),
    code: code ? { code: code.code, spent: code.tries >= 5, renewable: code.renewed < 5 } : null,
    refunds: await refundsOf(db, order.id),
    payments: (await paymentsOf(db, order.id)).filter(({ reference }) => reference !== null),
    exception: await exceptionOf(db, order.id),
    rating: await orderRating(db, actor, order),
    safe: url.searchParams.get('safe') ?? '',
    takenDown: order.logged_by !== null,
    refills: (await planOfOrder(db, order.id))?.plan_id ?? null,
    key: keyOf(url.searchParams.get('key')),
    account: order.account_number,
    again: order.why === 'unpaid' ? order.account_number : null,
    fixed: whyFixed(actor, order, clock),
    until: cutOffWords(clock.rules.moveUntil),
    may: {
      cancel: canCancel(actor, order, clock),
      chooseSlot: canChooseSlot(actor, order, clock),
      pay: canPay(actor, order) && !holdIsOver(order, clock.now) && providerOf(db, config) !== null,
      atDoor: canPayAtDoor(actor, order, clock.now)
    }
  });
};

export const actions: Actions = {
  pay: async (event) => {
    const key = keyOf(textIn(await event.request.formData(), 'key'));
    const pay = () => payOnward(event, event.params.reference, key);
    return answer(event.locals.t, pay, (refusal) => ({ refusal }));
  },
  rate: (event) =>
    takeRating(event, {
      see: (customer) => actedOn(event.locals.db, customer, event.params.reference),
      say: (customer, rating) => rateOrder(event.locals.db, customer, event.params.reference, rating)
    }),
  door: (event) => act(event, (actor, db) => payAtDoor(db, actor, event.params.reference)),
  cancel: (event) => act(event, (actor, db) => cancelOrder(db, actor, event.params.reference, 'customer')),
  code: (event) => act(event, (actor, db) => renewCode(db, actor, event.params.reference))
};

/** Until when its hours are held, for a sentence. */
const heldOf = (order: Pick<OrderRow, 'held_until'>, now: Date, locale: Locale) =>
  order.held_until && {
    until: writeMoment(order.held_until, 'time', locale, config.timeZone),
    over: holdIsOver(order, now)
  };

/** What cannot be done any more is said over the page, which shows why. */
async function act(
  { locals: { db, actor, t }, params }: RequestEvent,
  command: (actor: Customer, db: App.Locals['db']) => Promise<unknown>
) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  const done = async () => (await command(actor, db), `/orders/${params.reference}`);
  return answer(t, done, (refusal) => ({ refusal }));
}
