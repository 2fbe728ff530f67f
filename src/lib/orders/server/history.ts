/** What was ordered for the accounts that somebody may see, as lines of their history. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, contains, seenBy } from '#lib/accounts/server/history.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { WordKey, Words } from '#lib/platform/words.ts';
import type { OrderStatus } from '../status.ts';

interface Row {
  at: string;
  key: string;
  reference: string;
  status: OrderStatus;
  amount: string;
  currency: string;
}

export async function orderHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`o.created_at`;
  const key = sql`'order-' || o.id`;
  const { rows } = await sql<Row>`
    select ${asMark(at)} as at, ${key} as key, o.reference, o.status, o.total::text as amount, o.currency
    from customer_order o
    where o.account_id in ${seenBy(actor)} and ${contains([sql`o.reference`], window)} and ${before(at, key, window)}
    order by o.created_at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, reference, status, amount, currency }) => ({
    ...{ kind: 'order' as const, at, key, day: false },
    text: t('history.order', {
      reference,
      amount: formatMoney(BigInt(amount), currency, t.locale),
      status: t(`orders.status_${status}`)
    }),
    href: `/orders/${reference}`
  }));
}

/** What was paid for such orders, by card or at the door. */
export async function orderPaymentHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`p.at`;
  const key = sql`'order-payment-' || p.id`;
  const { rows } = await sql<PaymentRow & { own: boolean }>`
    select ${asMark(at)} as at, ${key} as key, o.reference, p.amount::text as amount, o.currency,
           coalesce(a.person_id = ${actor.id}, false) as own
    from order_payment p join customer_order o on o.id = p.order_id
    left join payment_attempt a on a.id = p.attempt_id
    where o.account_id in ${seenBy(actor)} and ${contains([sql`o.reference`], window)} and ${before(at, key, window)}
    order by p.at desc, key desc limit ${window.most}`.execute(db);
  return rows.map((row) => paymentLine(row, t, row.own ? 'orders.history_paid_own' : 'orders.history_paid'));
}

/** What goes back for such orders: since when, and whether somebody handed it on. */
export async function orderRefundHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`coalesce(r.handed_on_at, r.since)`;
  const key = sql`'order-refund-' || r.id`;
  const { rows } = await sql<PaymentRow & { waits: boolean }>`
    select ${asMark(at)} as at, ${key} as key, o.reference, r.amount::text as amount, r.currency,
           r.handed_on_at is null as waits
    from order_refund r join customer_order o on o.id = r.order_id
    where o.account_id in ${seenBy(actor)} and ${contains([sql`o.reference`], window)} and ${before(at, key, window)}
    order by ${at} desc, key desc limit ${window.most}`.execute(db);
  return rows.map((row) =>
    paymentLine(row, t, row.waits ? 'orders.history_refund_due' : 'orders.history_refunded')
  );
}

type PaymentRow = Omit<Row, 'status'>;

const paymentLine = ({ at, key, reference, amount, currency }: PaymentRow, t: Words, words: WordKey) => ({
  ...{ kind: 'payment' as const, at, key, day: false },
  text: t(words, { reference, amount: formatMoney(BigInt(amount), currency, t.locale) }),
  href: `/orders/${reference}`
});
