/** What became of a doubted reading, told to whoever gave it; where it was given at the desk, to the holder. */
import { sql } from 'kysely';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { type Letterhead, readingDecidedLetter } from '../letters.ts';

/** Queues a letter to each whom it concerns, while they may act on the account. */
export async function tellDecided(db: Db, told: Jobs['accounts.tell_decided']) {
  const { rows } = await sql<{ person: string }>`
    select am.person_id as person
    from reading r join meter m on m.id = r.meter_id join premises p on p.id = m.premises_id
      join account_member am on am.account_id = p.account_id and am.scope = 'act'
      left join person by on by.id = r.taken_by
    where r.id = ${told.reading}
      and case when by.role = 'customer' then am.person_id = by.id else am.kind = 'holder' end`.execute(db);
  for (const { person } of rows) await later(db, 'accounts.send_decided', { ...told, person });
}

/** Writes to one, if it still stands as it was decided. */
export async function sendDecided(
  db: Db,
  post: Post,
  told: Jobs['accounts.send_decided'],
  settings: Letterhead & { timeZone: string }
) {
  const { reading, digits, to, person } = told;
  const found = await addressed(db, told);
  if (!found) return;
  const again = { job: 'accounts.send_decided', payload: told } as const;
  const ways = await waysNow(db, person, { kind: 'reading' }, settings.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(found.locale));
  const about = {
    key: `reading ${reading} ${digits} ${to} ${person}`,
    kind: 'reading_decided',
    ...{ person, request: null }
  };
  const letter = readingDecidedLetter(t, { ...found, digits, to }, settings);
  await sendOnce(db, post, { ...about, ways }, { to: found.email, locale: t.locale, ...letter });
}

interface Addressed {
  serial: string;
  read_on: string;
  meter: string;
  account: string;
  name: string;
  email: string;
  locale: string;
}

async function addressed(db: Db, { reading, digits, to, person }: Jobs['accounts.send_decided']) {
  const { rows } = await sql<Addressed>`
    select m.serial, r.read_on::text as read_on, m.id as meter, a.number as account, q.name, q.email, q.locale
    from reading r join meter m on m.id = r.meter_id join premises p on p.id = m.premises_id
      join account a on a.id = p.account_id
      join account_member am on am.account_id = a.id and am.person_id = ${person} and am.scope = 'act'
      join person q on q.id = am.person_id and q.deactivated_at is null
    where r.id = ${reading} and r.digits = ${digits} and r.state::text = ${to}`.execute(db);
  return rows[0];
}
