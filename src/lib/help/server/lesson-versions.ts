/** The versions of what the bot was taught: numbered, one after the other. */
import { sql } from 'kysely';
import type { Staff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** One changes it at a time: the second waits, and sees what the first has done. */
export const oneAtATime = (tx: Db) => sql`select pg_advisory_xact_lock(hashtext('bot_version'))`.execute(tx);

export const lastVersion = (tx: Db) =>
  tx
    .selectFrom('bot_version')
    .select(['version', 'back_to'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The number of the next version. */
export async function newVersion(tx: Db, actor: Staff, backTo: number | null = null): Promise<number> {
  await oneAtATime(tx);
  const last = (await lastVersion(tx))?.version ?? 0;
  if (backTo !== null && (!Number.isInteger(backTo) || backTo < 0 || backTo >= last))
    refuse('conflict', 'bot.no_version');
  await tx
    .insertInto('bot_version')
    .values({ version: last + 1, made_by: actor.id, back_to: backTo })
    .execute();
  return last + 1;
}
