/** Writing to an order's timeline: an event in the transaction that causes it, and the letter about it. */
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { OrderOccasion } from '../letters.ts';
import type { OrderEventKind } from '../status.ts';

export interface NewOrderEvent {
  kind: OrderEventKind;
  /** Ids, days and codes; never what somebody wrote. */
  payload?: Record<string, unknown>;
}

/** Appends an event. The database numbers it under the order's row lock and signs it with the actor. */
export async function record(tx: Db, order: string, { kind, payload = {} }: NewOrderEvent) {
  const { number } = await tx
    .insertInto('order_event')
    .values({ order_id: order, number: 1, actor_role: '', kind, payload: JSON.stringify(payload) })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

export async function recordAndTell(tx: Db, order: string, event: NewOrderEvent, kind: OrderOccasion) {
  const number = await record(tx, order, event);
  await later(tx, 'orders.tell_customer', { orderId: order, number, kind });
}
