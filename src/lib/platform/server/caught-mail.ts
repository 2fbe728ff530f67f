/** What the mail catcher has kept, newest first. */
import { refuse } from '../refusal.ts';
import type { Db } from './db.ts';

export const listCaughtMail = (db: Db, most = 200) =>
  db
    .selectFrom('caught_mail')
    .select(['id', 'at', 'recipient', 'subject'])
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

export async function getCaughtMail(db: Db, id: string) {
  const mail = /^[0-9a-f-]{36}$/.test(id)
    ? await db.selectFrom('caught_mail').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined;
  return mail ?? refuse('missing', 'errors.missing');
}
