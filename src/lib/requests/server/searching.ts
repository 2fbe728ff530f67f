/** Looking for words in columns. What the searcher types is text, never a pattern. */
import { sql } from 'kysely';

/** A condition `and (…)` that any of these columns holds the words; nothing when there are none. */
export function mentions(search: string, columns: readonly string[]) {
  const words = search.trim().slice(0, 100);
  if (words === '') return sql``;

  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const conditions = columns.map((column) => sql`${sql.ref(column)} ilike ${pattern}`);
  return sql`and (${sql.join(conditions, sql` or `)})`;
}
