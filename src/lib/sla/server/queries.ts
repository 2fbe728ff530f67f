/** Questions about promises. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** The next thing that is owed on this request: by when (in the past when it is late), and when its time begins. */
export async function nextOwed(
  db: Db,
  requestId: string
): Promise<{ due_at: Date; begins_at: Date | null } | null> {
  const { rows } = await sql<{ due_at: Date; begins_at: Date | null }>`
    select due_at, begins_at from promise
    where request_id = ${requestId} and ended_at is null and due_at is not null
    order by due_at limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Requests with a promise that has run out and is not yet marked as missed. */
export async function requestsPastDue(db: Db, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('promise')
    .select('request_id')
    .distinct()
    .where('state', '=', 'running')
    .where('due_at', '<', sql<Date>`now()`)
    .limit(most)
    .execute();
  return rows.map((row) => row.request_id);
}
