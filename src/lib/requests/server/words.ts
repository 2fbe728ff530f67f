/** The words that the desk finds open requests by, gathered apart from what is written when a request comes in. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** Gathers what is missing and lets go of what has ended. Running it never, once or often loses nothing. */
export async function gatherWords(db: Db) {
  await sql`
    delete from request_words w where not exists (
      select 1 from request r
      where r.id = w.request_id and r.status in ('submitted', 'open', 'waiting', 'scheduled'))`.execute(db);
  for (;;) {
    const { numAffectedRows } = await sql`
      insert into request_words (request_id, words)
      select r.id, concat_ws(' ', r.reference, r.description, r.contact->>'caller_name')
      from request r
      where r.status in ('submitted', 'open', 'waiting', 'scheduled')
        and not exists (select 1 from request_words w where w.request_id = r.id)
      limit ${armful}
      on conflict do nothing`.execute(db);
    if (Number(numAffectedRows) < armful) return;
  }
}

const armful = 5000;
