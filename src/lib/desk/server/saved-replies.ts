/** Keeping replies that are said often. Row-level security leaves out what is another's. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { mayKeepReplies } from '#lib/requests/access.ts';
import type { Written } from '../saved-reply.ts';

/** Whose: one's own, everybody's, or a team's by its id. */
export type Whose = 'own' | 'all' | { team: string };

/** All that this member of staff can use, and, for those who decide, what is proposed. */
export const savedReplies = (db: Db, actor: PersonActor) =>
  db
    .selectFrom('saved_reply as s')
    .leftJoin('team as t', 't.id', 's.team_id')
    .leftJoin('person as p', 'p.id', 's.person_id')
    .select(['s.id', 's.name', 's.text', 's.proposed', 's.person_id', 's.team_id', 't.name as team'])
    .select('p.name as by')
    .orderBy(sql`s.person_id is not distinct from ${actor.id}::uuid`, 'desc')
    .orderBy('t.name')
    .orderBy('s.name')
    .limit(500)
    .execute();

/** What the composer offers: one's own, everybody's, and those of one's team and of the request's. */
export async function repliesFor(db: Db, actor: PersonActor, team: string | null) {
  const replies = await savedReplies(db, actor);
  return replies.filter(
    ({ person_id, team_id }) =>
      person_id === actor.id ||
      (person_id === null && (team_id === null || team_id === actor.team || team_id === team))
  );
}

export async function saveReply(db: Db, actor: PersonActor, whose: Whose, written: Written) {
  if (whose !== 'own' && !mayKeepReplies(actor)) refuse('missing', 'errors.missing');
  // A name is given once, so the same words under it are the same form, sent twice.
  const { name, text } = written;
  const first = () => sameNamed(db, name, columnsOf(actor, whose));
  await once({ digest: digestOf([name, text]), first, refuseOther: refuseTaken }, () =>
    named(async () => {
      await db
        .insertInto('saved_reply')
        .values({ ...written, ...columnsOf(actor, whose) })
        .execute();
      return null;
    })
  );
}

async function sameNamed(db: Db, name: string, { person_id, team_id }: ReturnType<typeof columnsOf>) {
  const row = await db
    .selectFrom('saved_reply')
    .select(['name', 'text'])
    .where(sql<boolean>`coalesce(person_id, team_id) is not distinct from ${person_id ?? team_id}::uuid`)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst();
  return row && { digest: digestOf([row.name, row.text]), result: null };
}

const refuseTaken = () => refuse('conflict', 'replies.name_taken');

export async function changeReply(db: Db, id: string, written: Written) {
  const { numUpdatedRows } = await named(() =>
    db
      .updateTable('saved_reply')
      .set({ ...written, updated_at: sql<Date>`now()` })
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  );
  if (numUpdatedRows === 0n) refuse('missing', 'replies.gone');
}

export async function dropReply(db: Db, id: string) {
  await db.deleteFrom('saved_reply').where('id', '=', id).execute();
}

/** Asks those who decide to make one's own everybody's, or takes that back. */
export async function proposeReply(db: Db, actor: PersonActor, id: string, proposed: boolean) {
  await db
    .updateTable('saved_reply')
    .set({ proposed })
    .where('id', '=', id)
    .where('person_id', '=', actor.id)
    .execute();
}

/** What was proposed is everybody's or a team's from now on, or stays its writer's. */
export async function decideReply(db: Db, actor: PersonActor, id: string, whose: Whose | 'no') {
  if (!mayKeepReplies(actor)) refuse('missing', 'errors.missing');
  const change =
    whose === 'no' || whose === 'own' ? { proposed: false } : { ...columnsOf(actor, whose), proposed: false };
  const { numUpdatedRows } = await named(() => sqlDecide(db, id, change));
  if (numUpdatedRows === 0n) refuse('conflict', 'replies.decided');
}

const sqlDecide = (db: Db, id: string, change: object) =>
  db
    .updateTable('saved_reply')
    .set(change)
    .where('id', '=', id)
    .where('proposed', '=', true)
    .executeTakeFirstOrThrow();

const columnsOf = (actor: PersonActor, whose: Whose) => ({
  person_id: whose === 'own' ? actor.id : null,
  team_id: typeof whose === 'object' ? whose.team : null
});

async function named<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, 'saved_reply_named')) refuseTaken();
    if (isCheckViolation(error, 'saved_reply_limit')) refuse('conflict', 'replies.too_many');
    throw error;
  }
}
