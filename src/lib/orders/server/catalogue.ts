/** What is offered to a place today: what it costs, and what its depot has left. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { Locale } from '#lib/platform/language.ts';
import { areaOf } from '#lib/slots/server/slots.ts';
import type { Offer } from '../cart.ts';

/** Where something is to be brought: the place, its area and the depot that serves it. */
export interface Destination {
  premises: string;
  line: string;
  town: string;
  area: string;
  depot: string;
  /** How gas comes there beside the pipe, if at all. */
  supply: 'cylinder' | 'tank' | null;
}

/** The first place of an account, if we deliver there. */
export async function destinationOf(db: Db, account: string): Promise<Destination | null> {
  const place = await db
    .selectFrom('premises as p')
    .leftJoin('bottled_supply as b', 'b.premises_id', 'p.id')
    .select(['p.id', 'p.line', 'p.town', 'p.postcode', 'b.kind'])
    .where('p.account_id', '=', account)
    .orderBy('p.id')
    .executeTakeFirst();
  const area = place && (await areaOf(db, place.postcode));
  if (!area) return null;
  const serving = await db
    .selectFrom('depot_area as s')
    .innerJoin('depot as d', 'd.code', 's.depot')
    .select('s.depot')
    .where('s.area', '=', area)
    .where('d.retired_at', 'is', null)
    .executeTakeFirst();
  if (!serving) return null;
  const { id, line, town, kind } = place;
  return {
    ...{ premises: id, line, town, area, depot: serving.depot },
    supply: kind === 'cylinder' || kind === 'tank' ? kind : null
  };
}

/** What can be ordered there, cheapest thought first: as the catalogue has its places. */
export async function offersFor(
  db: Db,
  to: Pick<Destination, 'premises' | 'depot' | 'supply'>,
  sold: Sold
): Promise<Offer[]> {
  const { currency, today } = sold;
  const { rows } = await sql<AsStored<Offer>>`
    select ${columns(sold)}, p.takes_back, p.least, p.most, p.skill,
           coalesce((select sum(b.left_over) from prebuy b join premises home on home.account_id = b.account_id
                     where home.id = ${to.premises}::uuid and b.product = p.code and b.currency = ${currency}::text
                       and b.good_until >= ${today}::date), 0)::integer as prebought,
           coalesce((select h.held from cylinder_holding h join premises home on home.account_id = h.account_id
                     where home.id = ${to.premises}::uuid and h.product = p.code), 0) as held,
           greatest(coalesce(s.on_hand - s.reserved, 0) - pieces_waited_for(${to.depot}, p.code), 0) as free, s.expected_on, case when p.sold_from > ${today}::date then p.sold_from end as sold_from
    from ${products(sold)}
    left join stock s on s.product = p.code and s.depot = ${to.depot}
    where ${isSold} and (p.supply <> 'tank' or ${to.supply === 'tank'}::boolean)
    order by p.place, p.code`.execute(db);
  return rows.map(inMoney);
}

/** What something costs today, and what it will cost, where that is known. Amounts and deposits in minor units. */
export interface Price {
  code: string;
  kind: Offer['kind'];
  unit: Offer['unit'];
  name: string;
  about: string;
  amount: bigint;
  deposit: bigint;
  /** The next price: its first day, and how much. */
  next: { from: string; amount: bigint } | null;
}

/** What all that is sold costs, whoever asks and wherever they live: in the catalogue's order. */
export async function pricesOn(db: Db, sold: Sold): Promise<Price[]> {
  const { currency, today } = sold;
  const { rows } = await sql<
    AsStored<Omit<Price, 'next'>> & { next_day: string | null; next_amount: string | null }
  >`
    select ${columns(sold)}, next.from_day as next_day, next.amount as next_amount
    from ${products(sold)}
    left join lateral (
      select from_day, amount from product_price
      where product = p.code and currency = ${currency}::text and from_day > ${today}::date
      order by from_day limit 1
    ) next on true
    where ${isSold}
    order by p.place, p.code`.execute(db);
  return rows.map(({ next_day, next_amount, ...row }) => ({
    ...inMoney(row),
    next: next_day && next_amount ? { from: next_day, amount: BigInt(next_amount) } : null
  }));
}

/** In which currency, on which day, and told in which language. */
interface Sold {
  currency: string;
  today: string;
  locale: Locale;
}

/** The database gives sums of money as text. */
type AsStored<Row> = Omit<Row, 'amount' | 'deposit'> & { amount: string; deposit: string };

const inMoney = <Row extends { amount: string; deposit: string }>({ amount, deposit, ...row }: Row) => ({
  ...row,
  amount: BigInt(amount),
  deposit: BigInt(deposit)
});

/** What a product is, and what it costs. */
const columns = ({ locale }: Sold) => sql`
  p.code, p.kind, p.unit, coalesce(p.name->>${locale}, p.name->>'en') as name,
  coalesce(p.about->>${locale}, p.about->>'en', '') as about, price.amount, price.deposit`;

const products = ({ currency, today }: Sold) => sql`
  product p cross join lateral price_on(p.code, ${currency}::text, ${today}::date) price`;

const isSold = sql`p.retired_at is null and price.amount is not null`;
