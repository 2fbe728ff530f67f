/** What is done later for orders: letters, and counting what was paid. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import { placeOf } from '#lib/slots/server/slots.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { formatMoney } from '#lib/billing/money.ts';
import { type PaymentSettings, providerOf } from '#lib/payments/server/provider.ts';
import {
  orderLetter,
  orderLetterKind,
  returnLetter,
  stillHolds,
  type OrderLetterhead,
  type OrderOccasion
} from '../letters.ts';
import { isEnded } from '../status.ts';
import { endHold } from './holding.ts';
import { missDeliveries } from './missing.ts';
import { recordAndTell } from './timeline.ts';
import { countPayments, refundsOf } from './paying.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Tells those who wait in line that their turn has come. */
    'orders.stock_came': { depot: string; product: string };
    /** Looks for deliveries whose hours are long over and which never left. */
    'orders.miss': Nothing;
    /** Ends the time in which an order could be paid to keep its hours. */
    'orders.end_hold': { orderId: string };
    /** Counts what was paid by card. */
    'orders.paid': { orderId: string; attemptId: string };
    /** Writes to whoever gave a cylinder back what we have, and what is owed for it. */
    'orders.tell_return': { id: string };
    /** Writes to whoever ordered about one event of their order, if there is still something to write. */
    'orders.tell_customer': { orderId: string; number: number; kind: OrderOccasion };
  }
}

export const orderTimetable: Timetable = { 'orders.miss': '*/10 * * * *' };

type OrderJob =
  | 'orders.stock_came'
  | 'orders.miss'
  | 'orders.end_hold'
  | 'orders.paid'
  | 'orders.tell_return'
  | 'orders.tell_customer';

export const orderJobs = (post: Post, head: OrderLetterhead & PaymentSettings): Handlers<OrderJob> => ({
  async 'orders.stock_came'(db, { depot, product }) {
    for (const order of await nextInLine(db, depot, product))
      await db.transaction().execute((tx) => recordAndTell(tx, order, { kind: 'available' }, 'available'));
  },

  'orders.miss': (db) => missDeliveries(db),

  'orders.end_hold': (db, { orderId }) =>
    endHold(db, providerOf(db, head), { orderId, today: todayAt(head.timeZone) }),

  async 'orders.paid'(db, { orderId }) {
    await countPayments(db, orderId);
  },

  async 'orders.tell_return'(db, told) {
    const back = await returnForLetter(db, told.id);
    if (!back) return;
    // It is about their money: it may wait for the morning, and cannot be turned off.
    const again = { job: 'orders.tell_return', payload: told } as const;
    const ways = await waysNow(db, back.person_id, { kind: null }, head.timeZone, again);
    if (!ways) return;
    const t = wordsFor(localeOf(back.locale));
    const owed = BigInt(back.refund ?? 0);
    const refund = owed > 0n ? formatMoney(owed, back.currency, t.locale) : null;
    const product = back.product[t.locale];
    const about = {
      key: `return ${told.id}`,
      kind: 'cylinder_return',
      person: back.person_id,
      request: null
    };
    await sendOnce(
      db,
      post,
      { ...about, ways },
      {
        to: back.email,
        locale: t.locale,
        ...returnLetter(t, { ...back, product, refund }, head)
      }
    );
  },

  async 'orders.tell_customer'(db, event) {
    const { orderId, number, kind } = event;
    const order = await orderForLetter(db, orderId);
    // The world may have moved on. What came after has a letter of its own.
    if (!order || !stillHolds(kind, order.status)) return;

    const { person_id, email, name, reference } = order;
    const slot = (await placeOf(db, { kind: 'order', id: orderId })) ?? null;
    const facts = { name, reference, slot, code: isEnded(order.status) ? null : order.code };
    const again = { job: 'orders.tell_customer', payload: event } as const;
    const ways = await waysNow(db, person_id, orderLetterKind(kind, facts), head.timeZone, again);
    if (!ways) return;
    const locale = localeOf(order.locale);
    const owed = (await refundsOf(db, orderId)).reduce((sum, { amount }) => sum + amount, 0n);
    const refund = owed > 0n ? formatMoney(owed, order.currency, locale) : null;
    const about = {
      key: `order ${orderId} ${number} ${kind}`,
      kind: `order_${kind}`,
      person: person_id,
      request: null
    };
    await sendOnce(
      db,
      post,
      { ...about, ways },
      {
        to: email,
        locale,
        ...orderLetter(wordsFor(locale), kind, { ...facts, refund }, head)
      }
    );
  }
});

/** Whose turn it is and who was not told yet, in their order. */
async function nextInLine(db: Db, depot: string, product: string) {
  const { rows } = await sql<{ id: string }>`
    select o.id from customer_order o join order_line l on l.order_id = o.id and l.product = ${product}
    where o.status = 'preordered' and o.depot = ${depot}
      and (select served from place_of_preorder(o.id))
      and not exists (select 1 from order_event e where e.order_id = o.id and e.kind = 'available')
    order by o.created_at limit 200`.execute(db);
  return rows.map(({ id }) => id);
}

const orderForLetter = (db: Db, id: string) =>
  db
    .selectFrom('customer_order as o')
    .innerJoin('person as p', 'p.id', 'o.person_id')
    .innerJoin('order_code as c', 'c.order_id', 'o.id')
    .select(['o.reference', 'o.status', 'o.person_id', 'p.name', 'p.email', 'p.locale', 'c.code'])
    .select('o.currency')
    .where('o.id', '=', id)
    .executeTakeFirst();

const returnForLetter = (db: Db, id: string) =>
  db
    .selectFrom('cylinder_return as c')
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .innerJoin('product as g', 'g.code', 'c.product')
    .select(['c.kind', 'c.quantity', 'c.serial', 'c.replaced', 'c.refund', 'c.currency', 'c.person_id'])
    .select(['p.name', 'p.email', 'p.locale', sql<{ en: string; es: string }>`g.name`.as('product')])
    .where('c.id', '=', id)
    .executeTakeFirst();
