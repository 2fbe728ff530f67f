/** Looking for words in columns. What the searcher types is text, never a pattern. */
import { sql } from 'kysely';

/** A condition `and (…)` that any of these columns (as SQL) holds the words; nothing when there are none. */
export function mentions(search: string, columns: readonly string[]) {
  if (search.trim() === '') return sql``;

  const pattern = patternOf(search);
  const conditions = columns.map((column) => sql`${sql.raw(column)} ilike ${pattern}`);
  return sql`and (${sql.join(conditions, sql` or `)})`;
}

/** Whether an index of trigrams knows the words: it needs three signs in a row. */
export const isIndexed = (search: string) => /[\p{L}\p{N}]{3}/u.test(search);

/** Anywhere in a text, as a pattern of LIKE. */
export const patternOf = (search: string) =>
  `%${search
    .trim()
    .slice(0, 100)
    .replace(/[\\%_]/g, '\\$&')}%`;
