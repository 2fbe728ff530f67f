/** What is done later for accounts: letters by post, and to those who hold them. */
import { sql } from 'kysely';
import { todayAt } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { claimedByPost, claimedLetter, codeLetter, type Letterhead, type Place } from '../letters.ts';
import { codeDigest, codeOf } from './codes.ts';
import type { RenewalStage } from '../priority-renewal.ts';
import { askForRenewals, tellRenewal } from './priority-renewal.ts';
import { sendDecided, tellDecided } from './reading-decided.ts';
import { askForReadings, tellReadingDue } from './reading-due.ts';

/** A reading as it was decided upon: one given again since is another. */
interface DecidedReading {
  reading: string;
  digits: string;
  to: 'accepted' | 'rejected';
}

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Has the code with this id sent by post to the address of its account. */
    'accounts.send_code': { codeId: string };
    /** Tells whoever holds an account that somebody has connected with it; `entry` is that of the audit log. */
    'accounts.tell_holder': { account: string; person: string; entry: string };
    /** Looks for meters that are to be read, and queues a reminder to each who may give the reading. */
    'accounts.ask_for_readings': Nothing;
    /** Reminds one person that a meter is to be read; `month` is the one in which the reminder counts. */
    'accounts.tell_reading_due': { meterId: string; person: string; month: string };
    /** Has it told what was decided about a doubted reading. */
    'accounts.tell_decided': DecidedReading;
    /** Tells one of those whom it concerns. */
    'accounts.send_decided': DecidedReading & { person: string };
    /** Looks for registrations for priority services that run out, or have. */
    'accounts.ask_for_renewals': Nothing;
    /** Asks one person whether they still want to be served first at a place, until when it stands. */
    'accounts.tell_priority': { premises: string; person: string; until: string; stage: RenewalStage };
  }
}

type AccountJob =
  | 'accounts.send_code'
  | 'accounts.tell_holder'
  | 'accounts.ask_for_readings'
  | 'accounts.tell_reading_due'
  | 'accounts.tell_decided'
  | 'accounts.send_decided'
  | 'accounts.ask_for_renewals'
  | 'accounts.tell_priority';

/** In the daytime on both sides of the ocean. */
export const accountTimetable: Timetable = {
  'accounts.ask_for_readings': '23 14 * * *',
  'accounts.ask_for_renewals': '33 14 * * *'
};

interface Settings extends Letterhead {
  timeZone: string;
  secret: string;
  /** The mailbox of those who print and post our letters, or null where nobody does. */
  postRoom: string | null;
}

export const accountJobs = (post: Post, settings: Settings): Handlers<AccountJob> => ({
  async 'accounts.send_code'(db, { codeId }) {
    const account = await accountOfCode(db, codeId);
    if (!account?.line || !settings.postRoom) return;
    const { holder, number } = account;
    const code = codeOf(codeId, settings.secret);
    // Made before the secret was changed, it opens nothing.
    if (codeDigest(number, code, settings.secret) !== account.digest) return;

    const facts = { holder, number, code, place: placeOf(account), days: account.days };
    const t = wordsFor(localeOf(account.locale));
    const about = { key: `accounts code ${codeId}`, kind: 'account_code', person: null, request: null };
    await sendOnce(db, post, about, {
      to: settings.postRoom,
      locale: t.locale,
      ...codeLetter(t, facts, settings)
    });
  },

  async 'accounts.tell_holder'(db, { account: id, person, entry }) {
    const account = await accountClaimed(db, id, person);
    if (!account) return;
    const { holder, number, email } = account;
    const holders = await holdersBeside(db, id, person);
    for (const { id: to, name, email: mailbox, locale } of holders) {
      const t = wordsFor(localeOf(locale));
      const letter = claimedLetter(t, { name, number, email }, settings);
      const about = {
        key: `accounts claimed ${entry} ${to}`,
        kind: 'account_claimed',
        person: to,
        request: null
      };
      await sendOnce(db, post, about, { to: mailbox, locale: t.locale, ...letter });
    }
    if (holders.length > 0 || !account.line || !settings.postRoom) return;

    // Whoever claims an account that nobody holds here may not be who pays for it: paper finds that person.
    const t = wordsFor(localeOf(account.locale));
    const letter = claimedByPost(t, { holder, number, email, place: placeOf(account) }, settings);
    const about = { key: `accounts claimed ${entry}`, kind: 'account_claimed', person: null, request: null };
    await sendOnce(db, post, about, { to: settings.postRoom, locale: t.locale, ...letter });
  },

  'accounts.ask_for_readings': (db) => askForReadings(db, todayAt(settings.timeZone)),

  'accounts.tell_reading_due': (db, told) => tellReadingDue(db, post, told, settings),

  'accounts.tell_decided': (db, told) => tellDecided(db, told),

  'accounts.send_decided': (db, told) => sendDecided(db, post, told, settings),

  'accounts.ask_for_renewals': (db) =>
    askForRenewals(db, Temporal.Now.plainDateISO(settings.timeZone).toString()),

  'accounts.tell_priority': (db, told) => tellRenewal(db, post, told, settings)
});

interface OnFile {
  holder: string;
  number: string;
  line: string | null;
  town: string | null;
  postcode: string | null;
  /** The language of whoever holds it here, if somebody does. */
  locale: string | null;
}

async function accountOfCode(db: Db, codeId: string) {
  const { rows } = await sql<OnFile & { digest: string; days: number }>`
    select ${onFile}, c.digest, ceil(extract(epoch from c.expires_at - now()) / 86400)::int as days
    from account_code c join account a on a.id = c.account_id ${itsPlace}
    where c.id = ${codeId} and c.used_at is null and c.expires_at > now()`.execute(db);
  return rows[0];
}

/** The account, if this person is still a member of it. */
async function accountClaimed(db: Db, id: string, person: string) {
  const { rows } = await sql<OnFile & { email: string }>`
    select ${onFile}, q.email
    from account a join account_member m on m.account_id = a.id and m.person_id = ${person}
    join person q on q.id = m.person_id ${itsPlace}
    where a.id = ${id}`.execute(db);
  return rows[0];
}

async function holdersBeside(db: Db, account: string, person: string) {
  return db
    .selectFrom('account_member as m')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name', 'p.email', 'p.locale'])
    .where('m.account_id', '=', account)
    .where('m.kind', '=', 'holder')
    .where('p.id', '!=', person)
    .orderBy('p.id')
    .execute();
}

const onFile = sql`a.holder, a.number, f.line, f.town, f.postcode,
  (select p.locale from account_member h join person p on p.id = h.person_id
   where h.account_id = a.id and h.kind = 'holder' order by h.created_at limit 1) as locale`;
const itsPlace = sql`left join lateral (
  select p.line, p.town, p.postcode from premises p where p.account_id = a.id order by p.id limit 1) as f on true`;

const placeOf = ({ line, town, postcode }: OnFile): Place => ({
  line: line ?? '',
  town: town ?? '',
  postcode: postcode ?? ''
});
