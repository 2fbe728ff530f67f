/** Private calendar addresses: made, shown once, read without signing in, and ended. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { once } from '#lib/platform/server/once.ts';
import { digest } from '#lib/platform/server/seal.ts';
import { localeOf, type Locale } from '#lib/platform/language.ts';
import type { CalendarVisit } from './calendar.ts';

/** More than anybody has calendar programs. */
const most = 5;

export const addressesOf = (db: Db, actor: PersonActor) =>
  db
    .selectFrom('calendar_address')
    .select(['id', 'created_at'])
    .where('person_id', '=', actor.id)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .execute();

interface NewAddress {
  /** Of the form: sent twice, it is one address, and told again. */
  key: string;
  /** Of this installation. */
  secret: string;
}

/** The secret of a new address. It is told to its form and never again: nothing that is kept leads to it. */
export function makeAddress(db: Db, actor: PersonActor, { key, secret }: NewAddress): Promise<string> {
  const made = digest(`${actor.id} ${key}`, secret, 'calendar address').toString('base64url').slice(0, 32);
  return once({ digest: 'reads', first: () => madeBefore(db, made) }, async () => {
    await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`calendar ${actor.id}`}, 0))`.execute(tx);
      if ((await addressesOf(tx, actor)).length >= most) refuse('conflict', 'visits.too_many_calendars');
      await tx
        .insertInto('calendar_address')
        .values({ person_id: actor.id, digest: digestOf(made) })
        .execute();
    });
    return made;
  });
}

/** One that was ended since is not told again: nobody reads by it. */
async function madeBefore(db: Db, made: string) {
  const row = await db
    .selectFrom('calendar_address')
    .select('revoked_at')
    .where('digest', '=', digestOf(made))
    .executeTakeFirst();
  return row && { digest: row.revoked_at ? 'ended' : 'reads', result: made };
}

/** From now on nobody reads by it. */
export const endAddress = (db: Db, actor: PersonActor, id: string) =>
  db
    .updateTable('calendar_address')
    .set({ revoked_at: sql<Date>`now()` })
    .where('person_id', '=', actor.id)
    .where(sql`id::text`, '=', id)
    .where('revoked_at', 'is', null)
    .execute();

/** Everything that the calendar behind this secret shows, or null where there is none. `zone` is the utility's. */
export async function readCalendar(
  db: Db,
  secret: string,
  zone: string
): Promise<{ locale: Locale; visits: CalendarVisit[] } | null> {
  try {
    const { rows } = await sql<Omit<CalendarVisit, 'zone'> & { zone: string | null; locale: string }>`
      select * from visits_of_calendar(${digestOf(secret)}::text)`.execute(db);
    return {
      locale: localeOf(rows[0]?.locale),
      visits: rows.map(({ locale: _, ...visit }) => ({ ...visit, zone: visit.zone ?? zone }))
    };
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'P0002') return null;
    throw problem;
  }
}

const digestOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
