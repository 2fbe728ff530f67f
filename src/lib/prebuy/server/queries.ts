/** What an account bought ahead, what became of it, and what is owed back. Row-level security says whose. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Unit } from '#lib/orders/cart.ts';
import { mayEditProducts } from '#lib/orders/server/products.ts';

/** Every purchase of an account that was not dropped unpaid: the newest first, each with its ledger. */
export async function prebuysOf(db: Db, account: string, locale: Locale, most = 24) {
  const rows = await db
    .selectFrom('prebuy as b')
    .innerJoin('product as p', 'p.code', 'b.product')
    .innerJoin('prebuy_offer as o', 'o.id', 'b.offer_id')
    .select(['b.id', 'b.quantity', 'b.left_over', 'b.unit_price', 'b.amount', 'b.currency', 'b.good_until'])
    .select(['b.state', 'b.created_at', 'b.bought_at', 'o.back_percent', 'p.unit'])
    .select(sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name'))
    .where('b.account_id', '=', account)
    .where(
      sql<boolean>`(b.state <> 'lapsed' or exists (select from prebuy_refund r where r.prebuy_id = b.id))`
    )
    .orderBy('b.created_at', 'desc')
    .limit(most)
    .execute();
  const ids = rows.map(({ id }) => id);
  const [moves, refunds] = [await movesOf(db, ids), await refundsOf(db, ids)];
  return rows.map(({ unit_price, amount, ...row }) => ({
    ...row,
    unit_price: BigInt(unit_price),
    amount: BigInt(amount ?? 0),
    moves: moves.filter(({ prebuy_id }) => prebuy_id === row.id),
    refunds: refunds.filter(({ prebuy_id }) => prebuy_id === row.id)
  }));
}

/** What an account has left of everything that it bought ahead. */
export async function leftAhead(db: Db, account: string, locale: Locale) {
  const { rows } = await sql<{ product: string; name: string; unit: Unit; left: number }>`
    select b.product, coalesce(p.name->>${locale}, p.name->>'en') as name, p.unit, sum(b.left_over)::integer as left
    from prebuy b join product p on p.code = b.product
    where b.account_id = ${account}::uuid and b.left_over > 0
    group by b.product, p.code order by p.place, b.product`.execute(db);
  return rows;
}

const movesOf = (db: Db, ids: readonly string[]) =>
  ids.length === 0
    ? []
    : db
        .selectFrom('prebuy_move as m')
        .leftJoin('customer_order as o', 'o.id', 'm.order_id')
        .select(['m.id', 'm.prebuy_id', 'm.kind', 'm.change', 'm.at', 'o.reference'])
        .where('m.prebuy_id', 'in', ids)
        .orderBy('m.at')
        .orderBy('m.id')
        .execute();

async function refundsOf(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('prebuy_refund')
    .select(['id', 'prebuy_id', 'why', 'units', 'amount', 'currency', 'handed_on_at'])
    .where('prebuy_id', 'in', ids)
    .orderBy('since')
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }));
}

/** Money for what was bought ahead that is owed back and waits, the oldest first. */
export async function prebuyRefundsWaiting(db: Db, staff: PersonActor, most = 100) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const rows = await db
    .selectFrom('prebuy_refund as r')
    .innerJoin('prebuy as b', 'b.id', 'r.prebuy_id')
    .innerJoin('account as a', 'a.id', 'b.account_id')
    .select(['r.id', 'r.amount', 'r.currency', 'b.person_id', 'a.holder'])
    .where('r.handed_on_at', 'is', null)
    .orderBy('r.since')
    .limit(most)
    .execute();
  return rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) }));
}

/** Somebody has seen to it that the money goes back. A second click changes nothing. */
export async function handOnPrebuy(db: Db, staff: PersonActor, id: string) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  await db
    .updateTable('prebuy_refund')
    .set({ handed_on_at: sql<Date>`now()`, handed_on_by: staff.id })
    .where('id', '=', id)
    .where('handed_on_at', 'is', null)
    .execute();
}

/** A supervisor ends what somebody has left before its last day: it comes back as it was agreed. */
export async function endPrebuyEarly(
  db: Db,
  staff: PersonActor,
  { id, of, today }: { id: string; of: readonly string[]; today: string }
) {
  if (!mayEditProducts(staff)) refuse('forbidden', 'prebuy.end_forbidden');
  const theirs = await db
    .selectFrom('prebuy')
    .select('id')
    .where('id', '=', id)
    .where('account_id', 'in', [...of])
    .executeTakeFirst();
  if (!theirs) refuse('missing', 'errors.missing');
  await sql`select end_prebuy(${id}::uuid, ${today}::date)`.execute(db);
}
