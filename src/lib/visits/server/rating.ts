/** What customers say of visits: given once by whoever was visited, changed by them alone, and read by supervisors. */
import { sql } from 'kysely';
import { isCustomer, type Actor, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { me } from '#lib/platform/server/me.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import type { Rated, Rating } from '../rating.ts';
import { getRequest, type RequestId } from '#lib/requests/server/queries.ts';

/** For how many days after it a visit is asked about. */
const askedFor = 60;

/** What this customer may say of the last visit of a request; null where there is none to speak of. */
export async function visitRating(db: Db, actor: Actor, request: RequestId): Promise<Rated | null> {
  if (!isCustomer(actor)) return null;
  const [visit] = await lastWithOwn(db, { request });
  if (!visit) return null;
  const { score, words, rated } = visit;
  return score === null
    ? { own: null, by_other: rated }
    : { own: { score, words: words ?? '' }, by_other: false };
}

const lastWithOwn = prepared((db, { request }: { request: RequestId }) =>
  lastVisit(db, request)
    .leftJoin('visit_rating as own', (join) =>
      join.onRef('own.visit_id', '=', 'v.id').on('own.person_id', '=', me)
    )
    .select(['own.score', 'own.words'])
);

/** Says it, or says it differently. A second click changes nothing. */
export async function rateVisit(db: Db, actor: PersonActor, reference: string, { score, words }: Rating) {
  if (!isCustomer(actor)) refuse('missing', 'errors.missing');
  await db.transaction().execute(async (tx) => {
    const request = await getRequest(tx, actor, reference);
    const visit =
      (await lastVisit(tx, request.id).executeTakeFirst()) ?? refuse('conflict', 'visits.nothing_to_rate');
    const { numUpdatedRows } = await tx
      .updateTable('visit_rating')
      .set({ score, words, changed_at: sql<Date>`now()` })
      .where('visit_id', '=', visit.id)
      .where('person_id', '=', actor.id)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return;
    if (visit.rated) refuse('conflict', 'visits.rated_by_other');
    await tx
      .insertInto('visit_rating')
      .values({ visit_id: visit.id, request_id: request.id, person_id: actor.id, score, words })
      .onConflict((twice) => twice.doNothing())
      .execute();
  });
}

/** What was said lately, the newest first. Supervisors alone are given any by the database. */
export const recentVisitRatings = (db: Db, most = 12) =>
  db
    .selectFrom('visit_rating as g')
    .innerJoin('visit as v', 'v.id', 'g.visit_id')
    .innerJoin('request as r', 'r.id', 'g.request_id')
    .leftJoin('person as t', 't.id', 'v.technician_id')
    .select(['g.score', 'g.words', 'g.changed_at', 'r.reference', 'v.on_day', 't.name as technician'])
    .orderBy('g.changed_at', 'desc')
    .limit(most)
    .execute();

const lastVisit = (db: Db, request: RequestId) =>
  db
    .selectFrom('visit as v')
    .select(['v.id', sql<boolean>`visit_is_rated(v.id)`.as('rated')])
    .where('v.request_id', '=', request)
    .where('v.state', '=', 'done')
    .where('v.ended_at', '>', sql<Date>`now() - make_interval(days => ${askedFor})`)
    .orderBy('v.ended_at', 'desc')
    .limit(1);
