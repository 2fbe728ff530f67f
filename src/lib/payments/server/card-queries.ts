/** Questions about cards that are asked for. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';

const columns = ['id', 'person_id', 'provider', 'checkout', 'checkout_url', 'state'] as const;

const underWay = (db: Db, account: string) =>
  db
    .selectFrom('kept_card')
    .select(columns)
    .where('account_id', '=', account)
    .where('state', 'in', ['begun', 'offered']);

/** The cards that are being asked for on an account, by whomever. */
export const cardsUnderWay = (db: Db, account: string) => underWay(db, account).execute();

/** The card that is being asked for on an account, by whoever asks. */
export const cardAsked = (db: Db, account: string, person: string) =>
  underWay(db, account).where('person_id', '=', person).executeTakeFirst();

/** How the last card that somebody asked for ended; null where none was. */
export const lastCard = async (db: Db, account: string, person: string) =>
  (
    await db
      .selectFrom('kept_card')
      .select('state')
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.state ?? null;

/** Those not asked about for the longest, each marked: the next run takes others. */
export async function cardsUnheard(db: Db) {
  const { rows } = await sql<{ id: string; checkout: string | null; provider: string }>`
    update kept_card set asked_at = now()
    where id in (select id from kept_card
                 where state in ('begun', 'offered')
                   and asked_at < now() - case when checkout is null then interval '1 hour' else interval '1 minute' end
                 order by asked_at limit 100)
    returning id, checkout, provider`.execute(db);
  return rows;
}

/** The card that this form asked for, if it did. */
export async function cardOfForm(db: Db, actor: PersonActor, key: string) {
  const row = await db
    .selectFrom('kept_card')
    .select([...columns, 'account_id', 'most', 'currency'])
    .where('person_id', '=', actor.id)
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { ...row, most: row.most === null ? null : BigInt(row.most) };
}
