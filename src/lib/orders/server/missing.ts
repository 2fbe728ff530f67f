/** What time alone does to deliveries: where nobody came we say so, keep what was ordered, and offer another time. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { graceHours } from '#lib/visits/compensation.ts';
import { giveBack } from '#lib/slots/server/slots.ts';
import type { OrderStatus } from '../status.ts';
import { recordAndTell } from './timeline.ts';
import { put, subjectOf } from './transitions.ts';

const armful = 200;

/** Deliveries whose hours went by some time ago and which never left the depot. What left is the driver's to tell of. */
export async function missDeliveries(db: Db) {
  for (;;) {
    const late = await overdue(db).limit(armful).execute();
    for (const { id } of late) await db.transaction().execute((tx) => missDelivery(tx, id));
    if (late.length < armful) break;
  }
}

/** Looked at again under its lock: it may have been packed, moved or called off a moment ago. */
async function missDelivery(tx: Db, id: string) {
  const order = await overdue(tx).where('o.id', '=', id).forUpdate('o').executeTakeFirst();
  if (!order) return;
  await giveBack(tx, subjectOf(order), 'over');
  await put(tx, order, 'missed', 'late');
  await recordAndTell(tx, id, { kind: 'missed', payload: { why: 'late' } }, 'late');
}

const overdue = (db: Db) =>
  db
    .selectFrom('customer_order as o')
    .innerJoin('slot_place as p', (join) =>
      join.onRef('p.subject_id', '=', 'o.id').on('p.subject_kind', '=', 'order').on('p.state', '=', 'taken')
    )
    .innerJoin('slot as s', 's.id', 'p.slot_id')
    .select('o.id')
    .where('o.ended_at', 'is', null)
    .where('o.status', 'in', ['placed', 'packed'] satisfies OrderStatus[])
    .where('s.ends_at', '<', sql<Date>`now() - make_interval(hours => ${graceHours})`)
    .orderBy('s.ends_at');
