/** Cylinders that a driver takes back for good, with a delivery: what each account has, and that it came back. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Holding } from '../returns.ts';

/** How many cylinders of ours are with each of these accounts, by the ledger. */
export async function holdingsOfAll(db: Db, accounts: readonly string[], locale: Locale) {
  const held = new Map<string, Holding[]>();
  if (accounts.length === 0) return held;
  const rows = await db
    .selectFrom('cylinder_holding as h')
    .innerJoin('product as p', 'p.code', 'h.product')
    .select(['h.account_id', 'h.product', 'h.held'])
    .select(sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name'))
    .where('h.account_id', 'in', accounts)
    .where('h.held', '>', 0)
    .orderBy('h.product')
    .execute();
  for (const { account_id, ...one } of rows) held.set(account_id, [...(held.get(account_id) ?? []), one]);
  return held;
}

/** Empties that were handed over at the door for good, in the transaction that delivers: each a line in the ledger and a deposit owed. */
export async function surrenderAtDoor(
  tx: Db,
  staff: PersonActor,
  order: { account_id: string; person_id: string; depot: string; currency: string },
  given: Record<string, number>
) {
  const { account_id, person_id, depot, currency } = order;
  // In one order, as everywhere: nobody waits in a circle.
  const back = Object.entries(given)
    .filter(([, quantity]) => quantity > 0)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  if (back.length === 0) return;
  const held = new Map(
    (
      await tx
        .selectFrom('cylinder_holding')
        .select(['product', 'held'])
        .where('account_id', '=', account_id)
        .execute()
    ).map(({ product, held }) => [product, held])
  );
  if (back.some(([product, quantity]) => quantity > (held.get(product) ?? 0)))
    refuse('conflict', 'cylinders.more_than_held');
  try {
    for (const [product, quantity] of back) {
      const { id } = await tx
        .insertInto('cylinder_return')
        .values({
          ...{ form_key: randomUUID(), account_id, person_id, depot, currency, product, quantity },
          ...{ kind: 'surrendered', made_by: staff.id }
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await later(tx, 'orders.tell_return', { id });
    }
  } catch (problem) {
    if (isCheckViolation(problem, 'cylinder_held')) refuse('conflict', 'cylinders.more_than_held');
    throw problem;
  }
}
