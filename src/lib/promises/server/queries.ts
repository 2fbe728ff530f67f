/** Questions about promises. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** By when the next thing is owed on this request; in the past when it is late. */
export async function nextDue(db: Db, requestId: string): Promise<Date | null> {
  const row = await db
    .selectFrom('promise')
    .select(({ fn }) => fn.min('due_at').as('due_at'))
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row?.due_at ?? null;
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
