/** Readings: what a meter said, and a new one taken in. A doubtful one is kept, and somebody looks at it. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { doubtOf, likelyMeant, type Doubt, type MeterUnit } from '../reading.ts';

export interface MeterToRead {
  id: string;
  serial: string;
  digits: number;
  unit: MeterUnit;
  installed_on: string;
  premises_id: string;
  line: string;
  town: string;
}

/** The meters that hang at an account's places today. */
export const metersOf = (db: Db, accountId: string): Promise<MeterToRead[]> =>
  db
    .selectFrom('meter as m')
    .innerJoin('premises as p', 'p.id', 'm.premises_id')
    .select(['m.id', 'm.serial', 'm.digits', 'm.unit', 'm.installed_on'])
    .select(['p.id as premises_id', 'p.line', 'p.town'])
    .where('p.account_id', '=', accountId)
    .where('m.removed_on', 'is', null)
    .orderBy('p.id')
    .orderBy('m.serial')
    .execute();

/** Where a page of readings ends: the day of its last one, and which of that day it was. */
export interface ReadingMark {
  read_on: string;
  id: string;
}

const readingRows = (db: Db, meterId: string) =>
  db
    .selectFrom('reading')
    .select(['id', 'read_on', 'digits', 'source', 'state', 'why', 'replaced', 'created_at'])
    .select([
      sql<boolean>`coalesce(taken_by = app_person(), false)`.as('own'),
      sql<boolean>`taken_by is not null`.as('signed')
    ])
    .where('meter_id', '=', meterId);

/** The readings of a meter, newest first; at most so many, before the end of a page. */
export const readingsOf = (db: Db, meterId: string, most = 60, before: ReadingMark | null = null) =>
  readingRows(db, meterId)
    .$if(before !== null, (query) =>
      query.where(sql<boolean>`(read_on, id) < (${before?.read_on}::date, ${before?.id}::uuid)`)
    )
    .orderBy('read_on', 'desc')
    .orderBy('id', 'desc')
    .limit(most)
    .execute();

/** A reading of a meter that was just given, with what they may have meant where it is doubted; null where there is none. */
export async function givenReading(db: Db, meterId: string, id: string) {
  const reading = await readingRows(db, meterId).where('id', '=', id).executeTakeFirst();
  if (!reading) return null;
  if (reading.state !== 'quarantined') return { ...reading, meant: null };
  const earlier = await readingRows(db, meterId)
    .where('state', '=', 'accepted')
    .where('read_on', '<', reading.read_on)
    .orderBy('read_on', 'desc')
    .limit(60)
    .execute();
  return { ...reading, meant: likelyMeant(reading, believed(earlier)) };
}

/** One reading as the asker may see it, with its meter and its account; null where there is none. */
export const findReading = async (db: Db, id: string) =>
  (await db
    .selectFrom('reading as g')
    .innerJoin('meter as m', 'm.id', 'g.meter_id')
    .innerJoin('premises as p', 'p.id', 'm.premises_id')
    .select(['g.id', 'g.read_on', 'g.digits', 'g.source', 'm.serial', 'p.account_id'])
    .where('g.id', '=', id)
    .executeTakeFirst()) ?? null;

export type ReadingRow = Awaited<ReturnType<typeof readingsOf>>[number];

/** Accepted readings, oldest first: what a new one is judged by. */
export const believed = (readings: readonly ReadingRow[]) =>
  readings
    .filter(({ state }) => state === 'accepted')
    .map(({ read_on, digits, source }) => ({ read_on, digits, source }))
    .reverse();

export interface NewReading {
  meter: MeterToRead;
  digits: string;
  read_on: string;
  /** What is done with it in the same transaction: photos that came along. */
  along?: (tx: Db, id: string) => Promise<unknown>;
}

/**
 * Takes a reading in. What cannot be believed is kept apart (`quarantined`) with the reason, for staff to look at.
 * Given again for the same day, the later one counts, and the one before is kept beside it. Answers which it is, and its doubt.
 */
export async function giveReading(db: Db, actor: PersonActor, { meter, digits, read_on, along }: NewReading) {
  try {
    return await db.transaction().execute(async (tx) => {
      // Given again for the same day, it is not judged by itself.
      const known = believed(await readingsOf(tx, meter.id)).filter((one) => one.read_on !== read_on);
      const why = doubtOf({ read_on, digits }, known);
      const { id } = await keep(tx, actor, { meter, digits, read_on }, why);
      await along?.(tx, id);
      if (isStaff(actor))
        await writeAudit(tx, actor, { action: 'reading.given', subject: { kind: 'meter', id: meter.id } });
      return { id, why };
    });
  } catch (error) {
    if (isCheckViolation(error, 'reading_day')) refuse('invalid', 'readings.day_impossible');
    throw error;
  }
}

async function keep(tx: Db, actor: PersonActor, reading: NewReading, why: Doubt | null) {
  const state = why ? 'quarantined' : 'accepted';
  return tx
    .insertInto('reading')
    .values({
      meter_id: reading.meter.id,
      read_on: reading.read_on,
      digits: reading.digits,
      source: 'customer',
      state,
      why,
      taken_by: actor.id
    })
    .onConflict((conflict) =>
      conflict
        .columns(['meter_id', 'read_on', 'source'])
        .doUpdateSet({ digits: sql`excluded.digits`, state, why, taken_by: actor.id })
    )
    .returning('id')
    .executeTakeFirstOrThrow();
}
