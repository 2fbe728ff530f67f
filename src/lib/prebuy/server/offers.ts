/** What is sold ahead at a fixed price: as supervisors offer it, and as it is to be had by one account today. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Unit } from '#lib/orders/cart.ts';
import type { PrebuyOffer } from '../rules.ts';
import { mayEditProducts } from '#lib/orders/server/products.ts';

const editor = (staff: PersonActor) => mayEditProducts(staff) || refuse('missing', 'errors.missing');

/** Every offer whose units may still be used, and for some weeks those that ended: the newest first. */
export async function prebuyOffers(db: Db, staff: PersonActor, today: string) {
  editor(staff);
  const rows = await db
    .selectFrom('prebuy_offer')
    .select(['id', 'product', 'currency', 'unit_price', 'sold_from', 'sold_until', 'good_until'])
    .select(['most_each', 'most_total', 'back_percent', 'taken', 'withdrawn_at'])
    .where('good_until', '>', Temporal.PlainDate.from(today).subtract({ weeks: 8 }).toString())
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map(({ unit_price, ...row }) => ({ ...row, unit_price: BigInt(unit_price) }));
}

export interface NewPrebuyOffer {
  /** Of the form: sent twice it is one offer. */
  key: string;
  product: string;
  currency: string;
  offer: PrebuyOffer;
}

/** Offers it. It never changes afterwards: what people buy is what they read. */
export async function offerPrebuy(
  db: Db,
  staff: PersonActor,
  { key, product, currency, offer: { unit_price, ...days } }: NewPrebuyOffer
) {
  editor(staff);
  const sold = await db
    .selectFrom('product')
    .select('code')
    .where('code', '=', product)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  if (!sold) refuse('conflict', 'orders.not_sold');
  const offered = { product, currency, unit_price: String(unit_price), ...days };
  await once({ digest: digestOf(contentOf(offered)), first: () => offerOfForm(db, key) }, async () => {
    await db
      .insertInto('prebuy_offer')
      .values({ form_key: key, made_by: staff.id, ...offered })
      .execute();
    return key;
  });
}

async function offerOfForm(db: Db, key: string) {
  const row = await db
    .selectFrom('prebuy_offer')
    .select(['product', 'currency', 'unit_price', 'sold_from', 'sold_until', 'good_until'])
    .select(['most_each', 'most_total', 'back_percent'])
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: digestOf(contentOf(row)), result: key };
}

/** What makes two offers the same. */
const contentOf = (
  offer: Omit<PrebuyOffer, 'unit_price'> & { product: string; currency: string; unit_price: string }
) => [
  ...[offer.product, offer.currency, offer.unit_price, offer.sold_from, offer.sold_until, offer.good_until],
  ...[offer.most_each, offer.most_total, offer.back_percent]
];

/** Sells no more of it. What is bought stays bought. */
export async function withdrawPrebuy(db: Db, staff: PersonActor, id: string) {
  editor(staff);
  await db
    .updateTable('prebuy_offer')
    .set({ withdrawn_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute();
}

export interface Buyer {
  account: string;
  /** How gas comes to their place beside the pipe, if at all. */
  supply: 'cylinder' | 'tank' | null;
}

/** What an account may buy ahead today, with how much of it is left and what it has already. */
export async function prebuysOnSale(
  db: Db,
  { account, supply }: Buyer,
  { today, currency, locale }: { today: string; currency: string; locale: Locale }
) {
  const { rows } = await sql<{
    id: string;
    product: string;
    name: string;
    unit: Unit;
    currency: string;
    unit_price: string;
    price_today: string | null;
    sold_until: string;
    good_until: string;
    back_percent: number;
    most_each: number;
    left_total: number;
    mine: number;
  }>`
    select o.id, o.product, coalesce(p.name->>${locale}, p.name->>'en') as name, p.unit, o.currency, o.unit_price,
           price.amount as price_today, o.sold_until, o.good_until, o.back_percent, o.most_each,
           o.most_total - o.taken as left_total,
           coalesce((select sum(b.quantity) from prebuy b
                     where b.offer_id = o.id and b.account_id = ${account}::uuid and b.state <> 'lapsed'), 0)::integer as mine
    from prebuy_offer o join product p on p.code = o.product
    cross join lateral price_on(p.code, o.currency, ${today}::date) price
    where o.withdrawn_at is null and p.retired_at is null and o.currency = ${currency}
      and ${today}::date between o.sold_from and o.sold_until
      and (p.supply <> 'tank' or ${supply === 'tank'}::boolean)
    order by p.place, p.code, o.good_until, o.id`.execute(db);
  return rows.map(({ unit_price, price_today, ...row }) => ({
    ...row,
    unit_price: BigInt(unit_price),
    price_today: price_today === null ? null : BigInt(price_today)
  }));
}
