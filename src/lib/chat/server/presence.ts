/** Whose desks are open, and who takes chats there. */
import { sql } from 'kysely';
import type { Staff } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/config.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { countUntaken, countWaiting } from './desk.ts';

/** What an open desk hears whenever it says so: how many wait, whether it takes them, and what it handed on in vain. */
export interface Beat {
  waiting: number;
  available: boolean;
  untaken: number;
}

/** Says that this desk is open. A pause ends by itself when the desk has been closed over night. */
export async function noteDesk(db: Db, actor: Staff): Promise<Beat> {
  await db
    .insertInto('chat_desk')
    .values({ person_id: actor.id })
    .onConflict((again) =>
      again.column('person_id').doUpdateSet({
        seen_at: sql<Date>`now()`,
        paused_at: sql<Date | null>`case when chat_desk.seen_at > now() - interval '8 hours' then chat_desk.paused_at end`
      })
    )
    .execute();
  return beatOf(db, actor);
}

/** The same without saying anything. */
export async function beatOf(db: Db, actor: Staff): Promise<Beat> {
  const [waiting, available, untaken] = await Promise.all([
    countWaiting(db, actor),
    isAvailable(db, actor),
    countUntaken(db, actor)
  ]);
  return { waiting, available, untaken };
}

/** Takes chats from now on, or none for a while: what is in hand stays there. */
export const setAvailable = (db: Db, actor: Staff, isToTake: boolean) =>
  db
    .insertInto('chat_desk')
    .values({ person_id: actor.id, paused_at: isToTake ? null : sql<Date>`now()` })
    .onConflict((again) =>
      again
        .column('person_id')
        .doUpdateSet({ seen_at: sql<Date>`now()`, paused_at: isToTake ? null : sql<Date>`now()` })
    )
    .execute();

async function isAvailable(db: Db, actor: Staff): Promise<boolean> {
  const row = await db
    .selectFrom('chat_desk')
    .select('paused_at')
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  return !row?.paused_at;
}

/** Whether somebody's desk is open to chats, so that it can ring there. */
export const isThere = async (db: Db, person: string): Promise<boolean> =>
  (await peopleThere(db)).includes(person);

/** Whose desks are. */
export async function peopleThere(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('chat_desk')
    .select('person_id')
    .where('seen_at', '>', sql<Date>`now() - make_interval(secs => ${config.chatSilence})`)
    .where('paused_at', 'is', null)
    .execute();
  return rows.map(({ person_id }) => person_id);
}
