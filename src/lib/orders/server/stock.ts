/** What lies at the depots: seen, and changed only by a line in the ledger that says why. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Unit } from '../cart.ts';
import type { MoveKind } from '../status.ts';

export const stockKinds = ['received', 'filled', 'counted', 'written_off'] as const satisfies MoveKind[];
export type StockKind = (typeof stockKinds)[number];

export interface StockChange {
  /** Of the form: sent twice it is one line. */
  key: string;
  depot: string;
  product: string;
  kind: StockKind;
  /** How many full ones: that came, were filled, are gone; or, counted, that there are. */
  full: number;
  /** Counted: how many empty ones there are. */
  empty: number;
  reason: string;
}

/** Everything that is sold, at every depot. */
export async function stockList(db: Db, locale: Locale) {
  const { rows } = await sql<{
    depot: string;
    depot_name: string;
    product: string;
    name: string;
    unit: Unit;
    takes_back: boolean;
    on_hand: number;
    reserved: number;
    empties: number;
    waited_for: number;
    expected_on: string | null;
  }>`
    select d.code as depot, d.name as depot_name, p.code as product, coalesce(p.name->>${locale}, p.name->>'en') as name,
           p.unit, p.takes_back, coalesce(s.on_hand, 0) as on_hand, coalesce(s.reserved, 0) as reserved,
           coalesce(s.empties, 0) as empties, s.expected_on,
           (select coalesce(sum(l.quantity), 0)::integer from customer_order o join order_line l on l.order_id = o.id
            where o.status = 'preordered' and o.depot = d.code and l.product = p.code) as waited_for
    from depot d cross join product p left join stock s on s.depot = d.code and s.product = p.code
    where d.retired_at is null and p.retired_at is null
    order by d.code, p.place, p.code`.execute(db);
  return rows;
}

/** What changed in a depot's stock lately; what is but taken over with an account changed nothing there. */
export const recentMoves = (db: Db, locale: Locale, most = 40) =>
  db
    .selectFrom('stock_move as m')
    .innerJoin('product as p', 'p.code', 'm.product')
    .leftJoin('person as who', 'who.id', 'm.person_id')
    .leftJoin('customer_order as o', 'o.id', 'm.order_id')
    .select(['m.id', 'm.kind', 'm.full_change', 'm.empty_change', 'm.reason', 'm.at', 'o.reference'])
    .select([
      'p.takes_back',
      'who.name as by',
      sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name')
    ])
    .where((row) => row.or([row('m.full_change', '<>', 0), row('m.empty_change', '<>', 0)]))
    .orderBy('m.at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(most)
    .execute();

/** Writes a line into the ledger. What was counted is compared with what is written, under the stock's lock. */
export async function changeStock(db: Db, staff: PersonActor, change: StockChange) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const { kind, reason } = change;
  if ((kind === 'counted' || kind === 'written_off') && reason === '')
    refuse('invalid', 'orders.reason_missing');
  if (kind !== 'counted' && change.full === 0) refuse('invalid', 'orders.stock_number');
  try {
    const digest = digestOf(contentOf(change));
    await once({ digest, first: () => moveOfForm(db, staff, change.key) }, () => store(db, staff, change));
  } catch (problem) {
    if (isCheckViolation(problem, 'stock_reserved_fits')) refuse('conflict', 'orders.stock_promised');
    if (isCheckViolation(problem, 'stock_on_hand') || isCheckViolation(problem, 'stock_empties'))
      refuse('conflict', 'orders.stock_below');
    throw problem;
  }
}

const store = (db: Db, staff: PersonActor, change: StockChange) =>
  db.transaction().execute(async (tx) => {
    const { key, depot, product, kind, reason } = change;
    const { full, empty } = await changesOf(tx, change);
    // Counted, and there is what is written.
    if (full === 0 && empty === 0) return key;
    await tx
      .insertInto('stock_move')
      .values({
        ...{ form_key: key, depot, product, kind, full_change: full, empty_change: empty },
        ...{ reason: reason || null, person_id: staff.id }
      })
      .execute();
    return key;
  });

async function moveOfForm(db: Db, staff: PersonActor, key: string) {
  const row = await db
    .selectFrom('stock_move')
    .select(['depot', 'product', 'kind', 'full_change', 'reason'])
    .where('person_id', '=', staff.id)
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: digestOf(contentOf({ ...row, full: Math.abs(row.full_change) })), result: key };
}

/** What makes two changes the same. One that was counted is never the line that it became, and does nothing twice anyway. */
const contentOf = (row: {
  depot: string;
  product: string;
  kind: string;
  full: number;
  reason: string | null;
}) => [...[row.depot, row.product, row.kind, row.full, row.reason || null]];

async function changesOf(tx: Db, { depot, product, kind, full, empty }: StockChange) {
  if (kind === 'received') return { full, empty: 0 };
  if (kind === 'filled') return { full, empty: -full };
  if (kind === 'written_off') return { full: -full, empty: 0 };
  const now = await tx
    .selectFrom('stock')
    .select(['on_hand', 'empties'])
    .where('depot', '=', depot)
    .where('product', '=', product)
    .forUpdate()
    .executeTakeFirst();
  return { full: full - (now?.on_hand ?? 0), empty: empty - (now?.empties ?? 0) };
}

/** The day on which more is expected; null where nobody knows. */
export async function expectStock(
  db: Db,
  staff: PersonActor,
  { depot, product, day }: { depot: string; product: string; day: string | null }
) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  // Of what is new there is no row yet: nothing of it ever came or went.
  await db
    .insertInto('stock')
    .values({ depot, product, expected_on: day })
    .onConflict((there) => there.columns(['depot', 'product']).doUpdateSet({ expected_on: day }))
    .execute();
}
