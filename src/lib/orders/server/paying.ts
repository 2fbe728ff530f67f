/** Paying for an order by card, through whoever takes payments here; and what is owed back. */
import { sql } from 'kysely';
import type { PaymentProvider } from '#lib/payments/paying.ts';
import { beginPayment } from '#lib/payments/server/paying.ts';
import { isStaff, type Customer, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { canPay, holdIsOver } from '../access.ts';
import { getOrder } from './queries.ts';

export interface OrderPayment {
  key: string;
  locale: string;
  description: string;
  origin: string;
  today: string;
}

/** Where to go on to pay what is still open. */
export async function payOrder(
  db: Db,
  customer: Customer,
  provider: PaymentProvider,
  reference: string,
  { origin, ...payment }: OrderPayment
) {
  const order = await getOrder(db, customer, reference);
  if (!order.may_act) refuse('missing', 'orders.not_found');
  if (!canPay(customer, order)) refuse('conflict', 'orders.nothing_to_pay');
  if (holdIsOver(order, new Date())) refuse('conflict', 'orders.hold_over');
  try {
    return await beginPayment(db, customer, provider, {
      ...payment,
      paidFor: { kind: 'order', id: order.id, account_id: order.account_id },
      amount: order.due,
      currency: order.currency,
      returnUrl: (attempt) => `${origin}/payments/${attempt}`
    });
  } catch (problem) {
    if (isCheckViolation(problem, 'order_attempt_fits')) refuse('conflict', 'orders.nothing_to_pay');
    throw problem;
  }
}

/** Counts what the provider has said was paid since. Twice does no harm. */
export const countPayments = (db: Db, order: string) =>
  sql`select count_order_payments(${order}::uuid)`.execute(db);

/** What was paid for an order, each with the reference of its receipt, the newest first. */
export async function paymentsOf(db: Db, order: string) {
  const rows = await db
    .selectFrom('order_payment as p')
    .leftJoin('payment_attempt as a', 'a.id', 'p.attempt_id')
    .select([
      'p.id',
      'p.amount',
      'p.method',
      sql<string | null>`coalesce(p.reference, a.reference)`.as('reference')
    ])
    .where('p.order_id', '=', order)
    .orderBy('p.at', 'desc')
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }));
}

/** What was paid at the door, as its receipt says it; null where the reference is of no such payment. */
export async function doorPayment(db: Db, reference: string) {
  const row = await db
    .selectFrom('order_payment as p')
    .innerJoin('customer_order as o', 'o.id', 'p.order_id')
    .select(['p.reference', 'p.amount', 'p.method', 'p.paid_on', 'p.order_id', 'o.account_id', 'o.currency'])
    .where('p.reference', '=', reference)
    .executeTakeFirst();
  if (!row?.reference) return null;
  const { amount, method, order_id, ...payment } = row;
  return {
    ...{ ...payment, reference: row.reference, amount: BigInt(amount), provider: null },
    ...{ state: 'paid' as const, subject_kind: 'order' as const, subject_id: order_id },
    // Whose machine read the card is no matter of theirs.
    method: method === 'cash' ? ('cash' as const) : ('card' as const)
  };
}

/** What is owed back for an order: how much, and whether somebody handed it on. */
export async function refundsOf(db: Db, order: string) {
  const rows = await db
    .selectFrom('order_refund')
    .select(['id', 'amount', 'currency', 'since', 'handed_on_at'])
    .where('order_id', '=', order)
    .orderBy('since')
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }));
}

/** Everything that is owed back and waits, the oldest first. */
export async function refundsWaiting(db: Db, staff: PersonActor, most = 100) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const rows = await db
    .selectFrom('order_refund as r')
    .innerJoin('customer_order as o', 'o.id', 'r.order_id')
    .innerJoin('account as a', 'a.id', 'o.account_id')
    .select(['r.id', 'r.amount', 'r.currency', 'r.since', 'o.reference', 'o.paid_how', 'a.holder'])
    .where('r.handed_on_at', 'is', null)
    .orderBy('r.since')
    .limit(most)
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }));
}

/** Somebody has seen to it that the money goes back. A second click changes nothing. */
export async function handOn(db: Db, staff: PersonActor, refund: string) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  await db
    .updateTable('order_refund')
    .set({ handed_on_at: sql<Date>`now()`, handed_on_by: staff.id })
    .where('id', '=', refund)
    .where('handed_on_at', 'is', null)
    .execute();
}

/** The order that a payment was for, as whoever asks may see it. */
export const referenceOf = async (db: Db, id: string) =>
  (await db.selectFrom('customer_order').select('reference').where('id', '=', id).executeTakeFirst())
    ?.reference ?? null;
