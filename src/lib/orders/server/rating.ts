/** What customers say of deliveries: given once, changed by whoever gave it, and read by supervisors. */
import { sql } from 'kysely';
import { isCustomer, type Actor, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Rated, Rating } from '#lib/visits/rating.ts';
import { raiseRated } from './exceptions.ts';
import { getOrder, type OrderRow } from './queries.ts';

/** What this customer may say of a delivery; null where it is not theirs to speak of. */
export async function orderRating(
  db: Db,
  actor: Actor,
  order: Pick<OrderRow, 'id' | 'status' | 'may_act'>
): Promise<Rated | null> {
  if (!isCustomer(actor) || !order.may_act || order.status !== 'delivered') return null;
  const own = await db
    .selectFrom('order_rating')
    .select(['score', 'words'])
    .where('order_id', '=', order.id)
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  return { own: own ?? null, by_other: !own && (await isRated(db, order.id)) };
}

/** Says it, or says it differently. A second click changes nothing. */
export async function rateOrder(db: Db, actor: PersonActor, reference: string, { score, words }: Rating) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  await db.transaction().execute(async (tx) => {
    const order = await actedOn(tx, actor, reference);
    if (order.status !== 'delivered') refuse('conflict', 'visits.nothing_to_rate');
    const { numUpdatedRows } = await tx
      .updateTable('order_rating')
      .set({ score, words, changed_at: sql<Date>`now()` })
      .where('order_id', '=', order.id)
      .where('person_id', '=', actor.id)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return raiseRated(tx, actor, order, { score, words });
    if (await isRated(tx, order.id)) refuse('conflict', 'visits.rated_by_other');
    await tx
      .insertInto('order_rating')
      .values({ order_id: order.id, person_id: actor.id, score, words })
      .onConflict((twice) => twice.doNothing())
      .execute();
    await raiseRated(tx, actor, order, { score, words });
  });
}

/** What was said lately, the newest first. Supervisors alone are given any by the database. */
export const recentOrderRatings = (db: Db, most = 12) =>
  db
    .selectFrom('order_rating as g')
    .innerJoin('customer_order as o', 'o.id', 'g.order_id')
    .select(['g.score', 'g.words', 'g.changed_at', 'o.reference'])
    .orderBy('g.changed_at', 'desc')
    .limit(most)
    .execute();

/** The order as somebody who may act on its account sees it; to all others it is not there. */
export async function actedOn(db: Db, actor: PersonActor, reference: string) {
  const order = await getOrder(db, actor, reference);
  return order.may_act ? order : refuse('missing', 'orders.not_found');
}

async function isRated(db: Db, order: string) {
  const { rows } = await sql<{ rated: boolean }>`select order_is_rated(${order}::uuid) as rated`.execute(db);
  return rows[0]?.rated ?? false;
}
