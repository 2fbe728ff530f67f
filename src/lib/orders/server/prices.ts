/** What something costs, from which day on. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
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
  try {
    await db
      .insertInto('product_price')
      .values({
        ...{ product: code, currency, from_day: price.from_day, made_by: staff.id },
        ...{ amount: String(price.amount), deposit: String(price.deposit) }
      })
      .execute();
  } catch (problem) {
    if (isUniqueViolation(problem, 'product_price_pkey')) refuse('conflict', 'orders.price_there');
    throw problem;
  }
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
