/** Hours in which no lorry can go after all: everybody is told, keeps what is promised, and chooses anew. */
import { type RawBuilder, sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { shutSlot } from '#lib/slots/server/one-day.ts';
import { shutDay } from '#lib/slots/server/planning.ts';
import { giveBack } from '#lib/slots/server/slots.ts';
import type { ClosedReason, OrderStatus } from '../status.ts';
import { recordAndTell } from './timeline.ts';
import { put, subjectOf } from './transitions.ts';

/** Closes the deliveries of an area on a day. Answers how many were told; a second click tells nobody twice. */
export function closeDeliveries(
  db: Db,
  actor: PersonActor,
  { area, day, reason }: { area: string; day: string; reason: ClosedReason }
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await shutDay(tx, actor, { area, kind: 'delivery', day, reason });
    return tellThose(tx, sql<boolean>`s.on_day = ${day}::date and s.area = ${area}`, reason);
  });
}

/** The same for one window of a day alone. */
export function closeWindow(
  db: Db,
  actor: PersonActor,
  { slot, reason }: { slot: string; reason: ClosedReason }
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await shutSlot(tx, actor, { slot, kind: 'delivery', reason });
    return tellThose(tx, sql<boolean>`s.id = ${slot}::uuid`, reason);
  });
}

async function tellThose(tx: Db, booked: RawBuilder<boolean>, reason: ClosedReason) {
  const orders = await tx
    .selectFrom('customer_order as o')
    .innerJoin('slot_place as p', (join) =>
      join
        .onRef('p.subject_id', '=', 'o.id')
        .on('p.subject_kind', '=', 'order')
        .on('p.state', 'in', ['taken', 'held'])
    )
    .innerJoin('slot as s', 's.id', 'p.slot_id')
    .select(['o.id', 'o.status'])
    .where(booked)
    .where('s.kind', '=', 'delivery')
    // What has left is on its way whatever is closed.
    .where('o.status', 'in', ['placed', 'packed'] satisfies OrderStatus[])
    .orderBy('o.id')
    .forUpdate('o')
    .execute();
  for (const order of orders) {
    await giveBack(tx, subjectOf(order), 'closed');
    await put(tx, order, 'missed', reason);
    await recordAndTell(tx, order.id, { kind: 'missed', payload: { why: reason, closed: true } }, 'closed');
  }
  return orders.length;
}
