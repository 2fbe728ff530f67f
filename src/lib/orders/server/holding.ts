/**
 * An order's hours while it is to be paid by card: held for half an hour, then theirs because they paid or because they pay
 * at the door after all, or let go.
 */
import { sql } from 'kysely';
import type { PaymentProvider } from '#lib/payments/paying.ts';
import { endAttempts } from '#lib/payments/server/paying.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { giveBack, holdPlace, takePlace } from '#lib/slots/server/slots.ts';
import { canPayAtDoor } from '../access.ts';
import { countPayments } from './paying.ts';
import { recordAndTell } from './timeline.ts';
import { change, put, subjectOf } from './transitions.ts';

/** So long somebody may take to pay. */
export const minutesToPay = 30;

/** Its hours: theirs at once, or held where they pay by card first. Answers whether they are only held. */
export async function takeOrHold(
  tx: Db,
  { id, slot, pays }: { id: string; slot: string; pays: 'card' | 'on_delivery' }
): Promise<boolean> {
  const place = { slot, subject: subjectOf({ id }) };
  const hold = pays === 'card' ? await holdPlace(tx, place, minutesToPay) : null;
  // Where nothing is left to pay, nothing is waited for.
  if (!hold?.hold_until || !(await isOpen(tx, id))) {
    await takePlace(tx, place);
    return false;
  }
  // A little after it: our clock is coarser than the database's.
  await later(tx, 'orders.end_hold', { orderId: id }, new Date(hold.hold_until.getTime() + 1000));
  return true;
}

const isOpen = async (tx: Db, id: string) =>
  (await tx
    .selectFrom('customer_order')
    .select('id')
    .where('id', '=', id)
    .where('total', '>', '0')
    .executeTakeFirst()) !== undefined;

/** They pay at the door after all: from now on its hours are theirs. A second click finds it done. */
export const payAtDoor = (db: Db, actor: PersonActor, reference: string) =>
  change(db, actor, reference, async (tx, order) => {
    if (order.status === 'placed' && order.slot && order.held_until === null) return;
    if (!order.slot || !canPayAtDoor(actor, order, new Date())) refuse('conflict', 'orders.hold_over');
    await tx.updateTable('customer_order').set({ pays: 'on_delivery' }).where('id', '=', order.id).execute();
    await takePlace(tx, { slot: order.slot.id, subject: subjectOf(order) });
    await recordAndTell(tx, order.id, { kind: 'at_door' }, 'placed');
  });

/** When the time to pay is over: the provider's page is shut, what was paid meanwhile counts, and what was not is let go. */
export async function endHold(
  db: Db,
  provider: PaymentProvider | null,
  { orderId: id, today }: { orderId: string; today: string }
) {
  if (!(await unpaid(db).where('o.id', '=', id).executeTakeFirst())) return;
  if (provider) await endAttempts(db, provider, { paidFor: { kind: 'order', id, account_id: null }, today });
  await countPayments(db, id);
  await db.transaction().execute(async (tx) => {
    const order = await unpaid(tx).where('o.id', '=', id).forUpdate('o').executeTakeFirst();
    if (!order) return;
    await giveBack(tx, subjectOf(order), 'expired');
    await put(tx, order, 'cancelled', 'unpaid');
    await recordAndTell(tx, id, { kind: 'cancelled', payload: { why: 'unpaid' } }, 'let_go');
  });
}

/** Placed, and without a place that is theirs: held for too long, or lost to somebody since. */
const unpaid = (db: Db) =>
  db
    .selectFrom('customer_order as o')
    .leftJoin('slot_place as p', (join) =>
      join
        .onRef('p.subject_id', '=', 'o.id')
        .on('p.subject_kind', '=', 'order')
        .on('p.state', 'in', ['held', 'taken'])
    )
    .select('o.id')
    .where('o.status', '=', 'placed')
    .where((is) =>
      is.or([
        is('p.id', 'is', null),
        is.and([is('p.state', '=', 'held'), is('p.hold_until', '<=', sql<Date>`now()`)])
      ])
    );
