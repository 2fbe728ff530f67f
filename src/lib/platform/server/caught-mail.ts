/** What the mail catcher has kept, newest first; the whole or with words in its subject or its reader's address. */
import { sql } from 'kysely';
import { refuse } from '../refusal.ts';
import type { Db } from './db.ts';

export const listCaughtMail = (db: Db, search = '', most = 200) =>
  db
    .selectFrom('caught_mail')
    .select(['id', 'at', 'by', 'recipient', 'subject'])
    .where(sql<boolean>`strpos(lower(recipient || ' ' || subject), ${search.toLowerCase()}) > 0`)
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

export async function getCaughtMail(db: Db, id: string) {
  const mail = /^[0-9a-f-]{36}$/.test(id)
    ? await db.selectFrom('caught_mail').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined;
  return mail ?? refuse('missing', 'errors.missing');
}
