/** What happens to an order after it was placed: each change asks the rule, writes the row, the event and the letter. */
import { isCustomer, isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { rulesOf } from '#lib/slots/server/slot-rules.ts';
import { giveBack, hoursOf, moveHeld, movePlace, takePlace } from '#lib/slots/server/slots.ts';
import { canCancel, canChooseSlot, canWorkOn, holdIsOver } from '../access.ts';
import { isBeforeDay } from '../run.ts';
import { canMove, type CancelReason, type MissedReason, type OrderStatus, type Why } from '../status.ts';
import { raiseMissed } from './exceptions.ts';
import { getOrder, type OrderRow } from './queries.ts';
import { requireOffered } from './times.ts';
import { record, recordAndTell } from './timeline.ts';

/** Calls it off. Stock and slot are free again with it. */
export const cancelOrder = (db: Db, actor: PersonActor, reference: string, why: CancelReason) =>
  change(db, actor, reference, async (tx, order) => {
    if (order.status === 'cancelled') return;
    if (!canCancel(actor, order, await byRules(tx))) refuse('conflict', 'orders.cannot_cancel');
    await put(tx, order, 'cancelled', isCustomer(actor) ? 'customer' : why);
    await giveBack(tx, subjectOf(order));
    await recordAndTell(
      tx,
      order.id,
      { kind: 'cancelled', payload: { why: isCustomer(actor) ? 'customer' : why } },
      'cancelled'
    );
  });

/** Another time; for what came back, a new one. The old place is given back with it, or kept. */
export const chooseSlot = (db: Db, actor: PersonActor, reference: string, slot: string) =>
  change(db, actor, reference, async (tx, order) => {
    if (order.slot?.id === slot) return;
    const clock = await byRules(tx);
    if (!canChooseSlot(actor, order, clock)) refuse('conflict', 'orders.cannot_move');
    if (holdIsOver(order, clock.now)) refuse('conflict', 'orders.hold_over');
    await requireOffered(tx, actor, slot, { premises: order.premises_id, skill: order.skill });
    // Stock first: it is promised to whoever is first in line.
    if (order.status !== 'placed') await put(tx, order, 'placed');
    const place = { slot, subject: subjectOf(order) };
    if (order.held_until) await moveHeld(tx, place);
    else await (order.slot ? movePlace(tx, place) : takePlace(tx, place));
    const { on_day, from_time, to_time } = await hoursOf(tx, slot);
    const event = { kind: 'moved' as const, payload: { on_day, from_time, to_time } };
    // What is only held is told of when it is theirs.
    if (order.held_until) await record(tx, order.id, event);
    else await recordAndTell(tx, order.id, event, 'moved');
  });

/** Staff: packed, unpacked again, on the way. A second click finds it done. Before its day it leaves where `early` says that this is meant. */
export const advance = (
  db: Db,
  staff: PersonActor,
  reference: string,
  to: 'placed' | 'packed' | 'on_the_way',
  { early = false, now = new Date() } = {}
) =>
  change(db, staff, reference, async (tx, order) => {
    if (order.status === to) return;
    if (
      !canWorkOn(staff, order) ||
      !canMove(order.status, to, 'staff') ||
      (to === 'placed' && order.status !== 'packed')
    )
      refuse('conflict', 'orders.changed');
    if (order.held_until) refuse('conflict', 'orders.still_held');
    const ahead = to === 'on_the_way' && isBeforeDay(order.slot, now);
    if (ahead && !early) refuse('conflict', 'orders.not_its_day');
    await put(tx, order, to);
    const payload = ahead ? { early } : {};
    if (to === 'on_the_way') await recordAndTell(tx, order.id, { kind: to, payload }, to);
    else await record(tx, order.id, { kind: to === 'packed' ? 'packed' : 'unpacked' });
  });

/** The driver comes back with it, and says why. It waits for another time. */
export const missOrder = (db: Db, staff: PersonActor, reference: string, why: MissedReason) =>
  change(db, staff, reference, async (tx, order) => {
    if (order.status === 'missed') return;
    // Nobody comes back with what never left.
    if (!isStaff(staff) || order.status !== 'on_the_way') refuse('conflict', 'orders.changed');
    await giveBack(tx, subjectOf(order), 'over');
    await put(tx, order, 'missed', why);
    await recordAndTell(tx, order.id, { kind: 'missed', payload: { why } }, 'missed');
    await raiseMissed(tx, staff, order, why);
  });

/** By what the rules of `access.ts` judge: as this utility has set them, at this moment. */
export const byRules = async (db: Db) => ({ rules: await rulesOf(db, 'delivery'), now: new Date() });

/** Holds the order's row, first of all, and makes the change in one transaction. */
export async function change<T>(
  db: Db,
  actor: PersonActor,
  reference: string,
  act: (tx: Db, order: OrderRow) => Promise<T>
) {
  try {
    return await db.transaction().execute(async (tx) => {
      const order = await getOrder(tx, actor, reference, { hold: true });
      if (!order.may_act) refuse('missing', 'orders.not_found');
      return act(tx, order);
    });
  } catch (problem) {
    if (isCheckViolation(problem, 'stock_reserved_fits') || isCheckViolation(problem, 'order_not_yet'))
      refuse('conflict', 'orders.not_your_turn');
    if (isCheckViolation(problem, 'order_has_place')) refuse('conflict', 'slots.slot_gone');
    throw problem;
  }
}

export async function put(tx: Db, { id }: Pick<OrderRow, 'id'>, status: OrderStatus, why: Why | null = null) {
  try {
    await tx.updateTable('customer_order').set({ status, why }).where('id', '=', id).execute();
  } catch (problem) {
    if (isCheckViolation(problem, 'order_move')) refuse('conflict', 'orders.changed');
    throw problem;
  }
}

export const subjectOf = ({ id }: Pick<OrderRow, 'id'>) => ({ kind: 'order' as const, id });
