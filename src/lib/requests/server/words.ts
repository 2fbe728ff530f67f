/** The words that requests are found by: gathered apart from what is written when something is said on one. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

/** Gathers the words of all that changed (`words_due`). Late, twice or by several at once, it loses nothing. */
export async function gatherWords(db: Db) {
  while ((await gatherSome(db, armful)) === armful);
}

/** What to look for in the words of requests, for `@@`; null when nothing was typed that could be found. */
export async function queryFor(db: Db, typed: string): Promise<string | null> {
  // What was said a moment ago is found, too: the job may not have come by yet.
  await gatherSome(db, handful);
  const { rows } = await sql<{ query: string | null }>`select search_query(${typed})::text as query`.execute(
    db
  );
  return rows[0]?.query || null;
}

async function gatherSome(db: Db, most: number) {
  const { rows } = await sql<{ taken: number }>`select gather_request_words(${most}) as taken`.execute(db);
  return rows[0]?.taken ?? 0;
}

/** Of the job, and of somebody who waits for what they search. */
const armful = 500;
const handful = 50;
