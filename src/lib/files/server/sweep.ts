/** Keeping disk and database in step: what was never sent goes after its time, what belongs to nothing at once. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { originalFile, type Storage } from './storage.ts';
import { unsent } from './unsent.ts';

/** How many files are looked at together. */
const armful = 200;

/** Throws away files whose time is over, and what killed processes have left behind. */
export async function sweep(db: Db, storage: Storage) {
  for (;;) {
    const expired = await markExpired(db);
    for (const id of expired) await storage.remove(id);
    if (expired.length > 0) await db.deleteFrom('attachment').where('id', 'in', expired).execute();
    if (expired.length < armful) break;
  }
  for await (const id of withoutRow(db, storage)) await storage.remove(id);
}

/** Everything that does not fit together: files that belong to no row, and rows whose file is gone. */
export async function orphans(db: Db, storage: Storage): Promise<{ files: string[]; rows: string[] }> {
  const files = [];
  for await (const id of withoutRow(db, storage)) files.push(id);

  const kept = await db
    .selectFrom('attachment')
    .select('id')
    .where('state', 'in', ['received', 'ready'])
    .execute();
  const rows = [];
  for (const { id } of kept) if ((await storage.size(id, originalFile)) === null) rows.push(id);
  return { files, rows };
}

/** Marked first: whoever sends a file that is marked sends nothing, and whoever has sent one keeps it. */
async function markExpired(db: Db): Promise<string[]> {
  const marked = await db
    .updateTable('attachment')
    .set({ state: 'removed', why_rejected: null, scan: 'pending' })
    .where('id', 'in', (some) =>
      some
        .selectFrom('attachment')
        .select('id')
        .where(unsent)
        .where((or) => or.or([or('expires_at', '<', sql<Date>`now()`), or('state', '=', 'removed')]))
        .limit(armful)
    )
    .where(unsent)
    .returning('id')
    .execute();
  return marked.map((row) => row.id);
}

/** Folders of no row, or of one that has let go of its file. A row is always there before its file is. */
async function* withoutRow(db: Db, storage: Storage) {
  let some: string[] = [];
  for await (const id of storage.ids()) {
    some.push(id);
    if (some.length < armful) continue;
    yield* await strays(db, some);
    some = [];
  }
  yield* await strays(db, some);
}

async function strays(db: Db, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('attachment')
    .select('id')
    .where('id', 'in', ids)
    .where('state', 'not in', ['rejected', 'removed'])
    .execute();
  const kept = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !kept.has(id));
}
