/** Delivering: only with the code that the customer says at the door. One out, one in, in the transaction that says so. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { bare, spell } from '#lib/platform/spelled.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { isBeforeDay } from '../run.ts';
import type { PaidHow } from '../status.ts';
import type { OrderRow } from './queries.ts';
import { surrenderAtDoor } from './surrendering.ts';
import { change, put } from './transitions.ts';
import { record, recordAndTell } from './timeline.ts';

type AtDoor = Exclude<PaidHow, 'card'>;

export interface Handover {
  /** As it was said; spaces and dashes do not count. */
  code: string;
  /** Empty ones that were really handed back, by product. */
  empties: Record<string, number>;
  /** Empty ones that were given back for good, with no full one for them, by product. */
  surrendered?: Record<string, number>;
  /** That it is handed over before its day; not asked again of what left before it. */
  early?: boolean;
  /** How the rest was paid at the door; null where it was not. */
  paid: AtDoor | null;
  /** What they were shown to collect, in minor units: if it is another sum by what came back, they are told first. */
  owed?: bigint;
}

export type CodeSays = 'right' | 'wrong' | 'spent' | 'moment';

/** What the code says. A wrong one is counted, and that count stays whatever happens then. */
export function deliverOrder(
  db: Db,
  staff: PersonActor,
  reference: string,
  handover: Handover
): Promise<CodeSays> {
  return change(db, staff, reference, async (tx, order) => {
    if (!isStaff(staff)) refuse('missing', 'orders.not_found');
    if (order.status === 'delivered') return 'right';
    const ahead = order.status === 'on_the_way' && isBeforeDay(order.slot, new Date());
    if (ahead && !handover.early && !(await leftEarlyOf(tx, [order.id])).has(order.id))
      refuse('conflict', 'orders.not_its_day');
    const typed = bare(handover.code);
    if (!/^\d{6}$/.test(typed)) return 'wrong';
    const { rows } = await sql<{ says: CodeSays }>`
      select check_delivery_code(${order.id}::uuid, ${typed}) as says`.execute(tx);
    const says = rows[0]?.says ?? 'moment';
    if (says !== 'right') return says;

    await noteEmpties(tx, order.id, handover.empties);
    await put(tx, order, 'delivered');
    await surrenderAtDoor(tx, staff, order, handover.surrendered ?? {});
    const owed = await openOf(tx, order.id);
    if (handover.owed !== undefined && handover.owed !== owed)
      refuse('conflict', 'orders.collect_changed', { amount: String(owed) });
    await recordAndTell(
      tx,
      order.id,
      { kind: 'delivered', payload: ahead ? { early: true } : {} },
      'delivered'
    );
    if (handover.paid && owed > 0n) await takeMoney(tx, staff, order, handover.paid, owed);
    return 'right';
  });
}

/** Those of these that left before their day: that was asked about then. */
export async function leftEarlyOf(db: Db, orders: readonly string[]): Promise<Set<string>> {
  if (orders.length === 0) return new Set();
  const rows = await db
    .selectFrom('order_event')
    .distinctOn('order_id')
    .select(['order_id', sql<boolean>`coalesce((payload->>'early')::boolean, false)`.as('early')])
    .where('order_id', 'in', orders)
    .where('kind', '=', 'on_the_way')
    .orderBy('order_id')
    .orderBy('number', 'desc')
    .execute();
  return new Set(rows.filter(({ early }) => early).map(({ order_id }) => order_id));
}

async function noteEmpties(tx: Db, order: string, empties: Record<string, number>) {
  try {
    for (const [product, count] of Object.entries(empties))
      await tx
        .updateTable('order_line')
        .set({ empties: count })
        .where('order_id', '=', order)
        .where('product', '=', product)
        .where('empties', '<>', count)
        .execute();
  } catch (problem) {
    if (isCheckViolation(problem, 'order_line_empties')) refuse('invalid', 'orders.empties_too_many');
    throw problem;
  }
}

/** Whatever is still open, with a deposit for each empty that did not come back; nothing where more was paid. */
async function openOf(tx: Db, order: string): Promise<bigint> {
  const { open } = await tx
    .selectFrom('customer_order')
    .select(sql<string>`greatest(total - paid, 0)`.as('open'))
    .where('id', '=', order)
    .executeTakeFirstOrThrow();
  return BigInt(open);
}

/** A payment with a receipt. */
async function takeMoney(
  tx: Db,
  { id: made_by }: PersonActor,
  { id, slot }: OrderRow,
  how: AtDoor,
  amount: bigint
) {
  await tx
    .insertInto('order_payment')
    .values({
      ...{
        order_id: id,
        amount: String(amount),
        method: how,
        made_by,
        reference: `P-${spell(randomBytes(8))}`
      },
      paid_on: sql<string>`(now() at time zone ${slot?.zone ?? 'UTC'})::date`
    })
    .execute();
  await tx
    .updateTable('customer_order')
    .set({ paid: sql<string>`total`, paid_how: how })
    .where('id', '=', id)
    .execute();
  await record(tx, id, { kind: 'paid', payload: { how } });
}

/** Another code, at the customer's word. */
export const renewCode = (db: Db, customer: PersonActor, reference: string) =>
  change(db, customer, reference, async (tx, order) => {
    const { rows } = await sql<{ renewed: boolean }>`
      select renew_delivery_code(${order.id}::uuid) as renewed`.execute(tx);
    if (!rows[0]?.renewed) refuse('conflict', 'orders.no_more_codes');
    await record(tx, order.id, { kind: 'code_renewed' });
  });
