/** The people of the demonstration, whose password everybody knows. */
import type { Db } from '#lib/platform/server/db.ts';

export async function hasDemoPeople(db: Db): Promise<boolean> {
  const found = await db
    .selectFrom('person')
    .select('id')
    .where('demo', '=', true)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
