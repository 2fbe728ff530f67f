/** Meters that are to be read: finding them, and reminding those who may give the reading, once a month at most. */
import { sql } from 'kysely';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import { todayAt } from '#lib/platform/dates.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { type Letterhead, readingDueLetter } from '../letters.ts';
import { isReadingDue, type LastRead, monthOf } from '../reading-due.ts';

/** Meters looked at in one go. */
const armful = 1000;

/** Asks for the readings that are due, each written down in the same transaction as its letters are queued. */
export async function askForReadings(db: Db, today: string) {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const meters = await lastReads(db, after, today);
    const due = meters.filter((meter) => isReadingDue(meter, today)).map(({ id }) => id);
    if (due.length > 0) await remind(db, due, today);
    const last = meters.at(-1);
    if (!last || meters.length < armful) return;
    after = last.id;
  }
}

async function remind(db: Db, meters: string[], today: string) {
  await db.transaction().execute(async (tx) => {
    const month = monthOf(today);
    const asked = await tx
      .insertInto('reading_reminder')
      .values(meters.map((meter_id) => ({ meter_id, month })))
      .onConflict((conflict) => conflict.columns(['meter_id', 'month']).doNothing())
      .returning('meter_id')
      .execute();
    if (asked.length === 0) return;
    const readers = await tx
      .selectFrom('meter as m')
      .innerJoin('premises as p', 'p.id', 'm.premises_id')
      .innerJoin('account_member as am', 'am.account_id', 'p.account_id')
      .select(['m.id', 'am.person_id'])
      .where('am.scope', '=', 'act')
      .where(
        'm.id',
        'in',
        asked.map(({ meter_id }) => meter_id)
      )
      .execute();
    for (const { id, person_id } of readers)
      await later(tx, 'accounts.tell_reading_due', { meterId: id, person: person_id, month });
  });
}

/** Reminds one person of one meter, if it has not been read meanwhile. */
export async function tellReadingDue(
  db: Db,
  post: Post,
  told: Jobs['accounts.tell_reading_due'],
  settings: Letterhead & { timeZone: string }
) {
  const { meterId, person, month } = told;
  const today = todayAt(settings.timeZone);
  const found = await addressed(db, meterId, person);
  if (!found || !isReadingDue(found, today)) return;
  const again = { job: 'accounts.tell_reading_due', payload: told } as const;
  const ways = await waysNow(db, person, { kind: 'reading' }, settings.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(found.locale));
  const key = `reading due ${meterId} ${month} ${person}`;
  const { subject, text } = readingDueLetter(t, { ...found, meter: meterId }, settings);
  const about = { key, kind: 'reading_due', person, request: null };
  await sendOnce(db, post, { ...about, ways }, { to: found.email, locale: t.locale, subject, text });
}

/** What waits to be looked at counts as read: nobody is asked for a reading that they gave. */
const lastRead = sql`
  (select max(read_on) from reading where meter_id = m.id and source <> 'estimate' and state <> 'rejected') as read,
  (select max(read_on) from reading where meter_id = m.id and source = 'estimate' and state = 'accepted') as estimated`;

/** The meters of an account for which a reading is wanted on this day. */
export async function metersToRead(db: Db, accountId: string, today: string) {
  const { rows } = await sql<LastRead & { id: string; serial: string }>`
    select m.id, m.serial, ${lastRead}
    from meter m join premises p on p.id = m.premises_id
    where p.account_id = ${accountId} and m.removed_on is null
    order by m.serial`.execute(db);
  return rows.filter((meter) => isReadingDue(meter, today));
}

/** Meters that hang somewhere, with somebody to read them and no reminder this month. */
async function lastReads(db: Db, after: string, today: string) {
  const { rows } = await sql<LastRead & { id: string }>`
    select m.id, ${lastRead}
    from meter m join premises p on p.id = m.premises_id
    where m.id > ${after}::uuid and m.removed_on is null
      and exists (select 1 from account_member am where am.account_id = p.account_id and am.scope = 'act')
      and not exists (select 1 from reading_reminder r where r.meter_id = m.id and r.month = ${monthOf(today)}::date)
    order by m.id limit ${armful}`.execute(db);
  return rows;
}

interface Addressed extends LastRead {
  serial: string;
  line: string;
  town: string;
  account: string;
  name: string;
  email: string;
  locale: string;
}

async function addressed(db: Db, meter: string, person: string) {
  const { rows } = await sql<Addressed>`
    select ${lastRead}, m.serial, p.line, p.town, a.number as account, q.name, q.email, q.locale
    from meter m join premises p on p.id = m.premises_id join account a on a.id = p.account_id
      join account_member am on am.account_id = a.id and am.person_id = ${person} and am.scope = 'act'
      join person q on q.id = am.person_id and q.deactivated_at is null
    where m.id = ${meter} and m.removed_on is null`.execute(db);
  return rows[0];
}
