/** Buying ahead: units are held while they are paid, through whoever takes payments here, and are then the account's. */
import { sql } from 'kysely';
import type { PaymentProvider } from '#lib/payments/paying.ts';
import { beginPayment } from '#lib/payments/server/paying.ts';
import type { Customer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import type { OrderPayment } from '#lib/orders/server/paying.ts';
import type { prebuysOnSale } from './offers.ts';

export interface Purchase {
  /** Of the form: sent twice it is one purchase. */
  key: string;
  account: string;
  /** As it is on sale today. */
  offer: Awaited<ReturnType<typeof prebuysOnSale>>[number];
  units: number;
}

/** Holds the units. The database counts them, and refuses one more than there are; answers which purchase it is. */
export const buyAhead = (db: Db, customer: Customer, purchase: Purchase) =>
  buyOnce(db, customer.id, purchase, () => holdUnits(db, { person: customer.id, logged_by: null }, purchase));

/** The row of a purchase, with its units held. */
export async function holdUnits(
  db: Db,
  { person, logged_by }: { person: string; logged_by: string | null },
  { key, account, offer, units }: Purchase
) {
  const { id: offer_id, product, currency, unit_price, good_until } = offer;
  const { id } = await db
    .insertInto('prebuy')
    .values({
      ...{ offer_id, account_id: account, person_id: person, logged_by, form_key: key, quantity: units },
      ...{ product, currency, good_until, unit_price: String(unit_price) }
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A form is one purchase, however often it is sent; what the database refuses is said in words. */
export async function buyOnce(
  db: Db,
  person: string,
  { key, account, offer, units }: Purchase,
  run: () => Promise<string>
) {
  const digest = digestOf([offer.id, account, units]);
  try {
    return await once({ digest, first: () => ofForm(db, person, key), refuseOther }, run);
  } catch (problem) {
    throw inWords(problem);
  }
}

const refuseOther = () => refuse('conflict', 'prebuy.key_used');

function inWords(problem: unknown) {
  if (isUniqueViolation(problem, 'prebuy_person_id_form_key_key')) refuse('conflict', 'prebuy.key_used');
  if (isCheckViolation(problem, 'prebuy_offer_fits')) refuse('conflict', 'prebuy.just_sold');
  if (isCheckViolation(problem, 'prebuy_most_each')) refuse('conflict', 'prebuy.had_all');
  if (isCheckViolation(problem, 'prebuy_not_sold')) refuse('conflict', 'prebuy.not_sold');
  if (isCheckViolation(problem, 'budget_spent')) refuse('too_many', 'orders.too_often');
  return problem;
}

async function ofForm(db: Db, person: string, key: string) {
  const row = await db
    .selectFrom('prebuy')
    .select(['id', 'offer_id', 'account_id', 'quantity'])
    .where('person_id', '=', person)
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: digestOf([row.offer_id, row.account_id, row.quantity]), result: row.id };
}

/** Where to go on to pay for what is held. */
export async function payPrebuy(
  db: Db,
  customer: Customer,
  provider: PaymentProvider,
  id: string,
  { origin, ...payment }: OrderPayment
) {
  await countPrebuyPayments(db, id);
  const held = await db
    .selectFrom('prebuy')
    .select(['account_id', 'amount', 'currency', 'state'])
    .select(sql<boolean>`account_id = any ((select app_accounts_acted_on())::uuid[])`.as('may_act'))
    .where('id', '=', id)
    .executeTakeFirst();
  if (!held?.may_act) refuse('missing', 'errors.missing');
  if (held.state !== 'reserved') refuse('conflict', 'prebuy.nothing_to_pay');
  try {
    return await beginPayment(db, customer, provider, {
      ...payment,
      paidFor: { kind: 'prebuy', id, account_id: held.account_id },
      amount: BigInt(held.amount ?? 0),
      currency: held.currency,
      returnUrl: (attempt) => `${origin}/payments/${attempt}`
    });
  } catch (problem) {
    if (isCheckViolation(problem, 'prebuy_attempt_fits')) refuse('conflict', 'prebuy.nothing_to_pay');
    throw problem;
  }
}

/** Counts what the provider has said was paid since. Twice does no harm. */
export const countPrebuyPayments = (db: Db, id: string) =>
  sql`select count_prebuy_payments(${id}::uuid)`.execute(db);
