/** What a customer said last on a request, for what they say next may only be understood with it. */
import { sql, type Expression } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** Their last message, else what they began with. Null where there is no such request for the asker. */
export async function lastWords(db: Db, request: string | Expression<string>): Promise<string | null> {
  const { rows } = await sql<{ text: string | null }>`
    select coalesce((select m.text from message m where m.request_id = r.id and m.author_role = 'customer'
                     order by m.id desc limit 1), r.description) as text
    from request r where r.id = ${request}`.execute(db);
  return rows[0]?.text ?? null;
}
