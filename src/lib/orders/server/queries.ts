/** Questions about orders. Row-level security says whose; whether a customer may act for the account stands in the row. */
import { sql } from 'kysely';
import { isStaff, type Actor, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Unit } from '../cart.ts';
import type { Why } from '../status.ts';

export type OrderRow = Awaited<ReturnType<typeof getOrder>>;

const mayAct = (actor: Actor) =>
  sql<boolean>`${isStaff(actor)}::boolean or exists (select 1 from account_member m
    where m.account_id = o.account_id and m.person_id = app_person() and m.scope = 'act')`;

/** An order with where it goes and when, as whoever asks may see it. `hold` keeps its row until the transaction ends. */
export async function getOrder(db: Db, actor: Actor, reference: string, { hold = false } = {}) {
  const row = await orders(db)
    .select([mayAct(actor).as('may_act')])
    .where('o.reference', '=', reference)
    .$if(hold, (query) => query.forUpdate('o'))
    .executeTakeFirst();
  return row ? orderFrom(row) : refuse('missing', 'orders.not_found');
}

/** The orders of an account, the newest first. */
export async function ordersOf(db: Db, account: string, most = 100) {
  const rows = await orders(db)
    .where('o.account_id', '=', account)
    .orderBy('o.created_at', 'desc')
    .limit(most)
    .execute();
  return rows.map(orderFrom);
}

/** What is in it, in the reader's language. */
export async function linesOf(db: Db, order: string, locale: Locale) {
  const rows = await db
    .selectFrom('order_line as l')
    .innerJoin('product as p', 'p.code', 'l.product')
    .select(['l.number', 'l.product', 'l.quantity', 'l.empties', 'l.unit_price', 'l.deposit', 'l.amount'])
    .select('l.prebought')
    .select(['p.kind', 'p.unit', 'p.takes_back'])
    .select(sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name'))
    .where('l.order_id', '=', order)
    .orderBy('l.number')
    .execute();
  return rows.map(({ unit_price, deposit, amount, ...row }) => ({
    ...row,
    unit_price: BigInt(unit_price),
    deposit: BigInt(deposit),
    amount: BigInt(amount ?? 0)
  }));
}

/** Several orders' lines in a few words: “2 × Propane, 20 lb”. */
export async function contentsOf(db: Db, ids: readonly string[], locale: Locale) {
  const contents = new Map<string, { quantity: number; name: string; unit: Unit }[]>();
  if (ids.length === 0) return contents;
  const rows = await db
    .selectFrom('order_line as l')
    .innerJoin('product as p', 'p.code', 'l.product')
    .select(['l.order_id', 'l.quantity', 'p.unit'])
    .select(sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name'))
    .where('l.order_id', 'in', ids)
    .orderBy('l.number')
    .execute();
  for (const { order_id, ...line } of rows) contents.set(order_id, [...(contents.get(order_id) ?? []), line]);
  return contents;
}

export const eventsOf = (db: Db, order: string) =>
  db
    .selectFrom('order_event')
    .select(['number', 'kind', 'at', 'actor_role'])
    .select(sql<OrderPayload>`payload`.as('payload'))
    .select(sql<boolean>`actor_id is not distinct from app_person()`.as('mine'))
    .where('order_id', '=', order)
    .orderBy('number')
    .execute();

/** What an event tells beside its kind. */
export interface OrderPayload {
  why?: Why;
  /** Nobody went: the day was closed. */
  closed?: boolean;
  /** It left, or was brought, before its day: that was asked about. */
  early?: boolean;
  on_day?: string;
  from_time?: string;
  to_time?: string;
}

/** Where an order stands in line, and whether its turn has come. */
export async function lineOf(db: Db, order: string) {
  const { rows } = await sql<{
    place: number;
    served: boolean;
    expected_on: string | null;
    sold_from: string | null;
  }>`select place, served, expected_on, sold_from from place_of_preorder(${order}::uuid)`.execute(db);
  return rows[0] ?? null;
}

/** The same of several at once: only those that wait in line are asked. */
export const linesInLine = async (db: Db, orders: readonly { id: string; status: string }[]) =>
  new Map(
    await Promise.all(
      orders
        .filter(({ status }) => status === 'preordered')
        .map(async ({ id }) => [id, await lineOf(db, id)] as const)
    )
  );

/** The code that is said at the door. Only its customer is ever given it by the database. */
export const codeOf = (db: Db, order: string) =>
  db
    .selectFrom('order_code')
    .select(['code', 'tries', 'renewed'])
    .where('order_id', '=', order)
    .executeTakeFirst();

/** Every order that is under way, the soonest first. */
export async function ordersUnderWay(db: Db, staff: PersonActor, most = 200) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const rows = await orders(db)
    .where('o.ended_at', 'is', null)
    .orderBy(sql`s.begins_at asc nulls first`)
    .orderBy('o.created_at')
    .limit(most)
    .execute();
  return rows.map(orderFrom);
}

/** Those that ended last. */
export async function ordersEnded(db: Db, staff: PersonActor, most = 100) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const rows = await orders(db)
    .where('o.ended_at', 'is not', null)
    .orderBy('o.created_at', 'desc')
    .limit(most)
    .execute();
  return rows.map(orderFrom);
}

const orders = (db: Db) =>
  db
    .selectFrom('customer_order as o')
    .innerJoin('premises as p', 'p.id', 'o.premises_id')
    .innerJoin('account as a', 'a.id', 'o.account_id')
    .leftJoin('slot_place as sp', (join) =>
      join
        .onRef('sp.subject_id', '=', 'o.id')
        .on('sp.subject_kind', '=', sql.lit('order'))
        .on('sp.state', 'in', [sql.lit('taken'), sql.lit('held')])
    )
    .leftJoin('slot as s', 's.id', 'sp.slot_id')
    .select(['o.id', 'o.reference', 'o.status', 'o.why', 'o.account_id', 'o.person_id', 'o.premises_id'])
    .select(['o.currency', 'o.total', 'o.slot_charge', 'o.paid', 'o.paid_how', 'o.pays', 'o.placed_on'])
    .select('sp.hold_until as held_until')
    .select([
      'o.access_notes',
      'o.created_at',
      'o.ended_at',
      'o.last_number',
      'o.skill',
      'o.depot',
      'o.logged_by',
      'o.first_cylinder'
    ])
    .select(['p.line', 'p.town', 'p.postcode', 'a.number as account_number', 'a.holder'])
    .select(['s.id as slot_id', 's.on_day', 's.from_time', 's.to_time', 's.zone', 's.area', 's.ends_at']);

interface Raw {
  total: string;
  paid: string;
  slot_charge: string;
  slot_id: string | null;
  on_day: string | null;
  from_time: string | null;
  to_time: string | null;
  zone: string | null;
}

function orderFrom<Row extends Raw>({ total, paid, slot_charge, ...row }: Row) {
  const { slot_id: id, on_day, from_time, to_time, zone } = row;
  return {
    ...row,
    total: BigInt(total),
    paid: BigInt(paid),
    slot_charge: BigInt(slot_charge),
    due: BigInt(total) - BigInt(paid),
    slot: id && on_day && from_time && to_time && zone ? { id, on_day, from_time, to_time, zone } : null
  };
}
