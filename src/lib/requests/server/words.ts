/** The words that the desk finds open requests by, gathered apart from what is written when a request comes in. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** Gathers what is noted as due (`words_due`) and lets go of what has ended. Late or twice, it loses nothing. */
export async function gatherWords(db: Db) {
  for (;;) {
    const { rows } = await sql<{ taken: number }>`
      with due as (
        delete from words_due where request_id = any (array(select request_id from words_due limit ${armful}))
        returning request_id
      ), gone as (
        delete from request_words w using due join request r on r.id = due.request_id
        where w.request_id = r.id and r.status not in ('submitted', 'open', 'waiting', 'scheduled')
      ), gathered as (
        insert into request_words (request_id, words)
        select r.id, concat_ws(' ', r.reference, r.description, r.contact->>'caller_name')
        from due join request r on r.id = due.request_id
        where r.status in ('submitted', 'open', 'waiting', 'scheduled')
        on conflict do nothing
      )
      select count(*)::int as taken from due`.execute(db);
    if ((rows[0]?.taken ?? 0) < armful) return;
  }
}

const armful = 5000;
