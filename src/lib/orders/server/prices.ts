/** What something costs, from which day on. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { NewPrice } from '../product-form.ts';
import { editor } from './products.ts';

/** A price from a day on, today or later: what was ordered before keeps the price of its own day. */
export async function setPrice(
  db: Db,
  staff: PersonActor,
  code: string,
  { price, currency, today }: { price: NewPrice; currency: string; today: string }
) {
  editor(staff);
  if (price.from_day < today) refuse('invalid', 'orders.price_past');
  const [amount, deposit] = [String(price.amount), String(price.deposit)];
  const asked = { product: code, currency, from_day: price.from_day };
  // There is one price for a day, so the same again is the same form, sent twice.
  const first = () => priceOf(db, asked);
  await once({ digest: digestOf([amount, deposit]), first, refuseOther: refusePriced }, async () => {
    try {
      await db
        .insertInto('product_price')
        .values({ ...asked, made_by: staff.id, amount, deposit })
        .execute();
    } catch (problem) {
      if (isUniqueViolation(problem, 'product_price_pkey')) refusePriced();
      throw problem;
    }
    return null;
  });
}

const refusePriced = () => refuse('conflict', 'orders.price_there');

async function priceOf(db: Db, of: { product: string; currency: string; from_day: string }) {
  const row = await db
    .selectFrom('product_price')
    .select(['amount', 'deposit'])
    .where('product', '=', of.product)
    .where('currency', '=', of.currency)
    .where('from_day', '=', of.from_day)
    .executeTakeFirst();
  return row && { digest: digestOf([String(row.amount), String(row.deposit)]), result: null };
}

/** Takes back a price whose day has not come. */
export async function dropPrice(
  db: Db,
  staff: PersonActor,
  code: string,
  { from_day, currency }: { from_day: string; currency: string }
) {
  editor(staff);
  const { numDeletedRows } = await db
    .deleteFrom('product_price')
    .where('product', '=', code)
    .where('currency', '=', currency)
    .where('from_day', '=', from_day)
    .executeTakeFirst();
  if (numDeletedRows === 0n) refuse('conflict', 'orders.price_holds');
}
