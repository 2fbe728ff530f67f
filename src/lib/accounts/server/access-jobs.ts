/** What is done later about those who come to an account: letters to all concerned, and ending what is past. */
import { sql } from 'kysely';
import { system } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { writeDate } from '#lib/platform/dates.ts';
import type { Scope } from '../access.ts';
import { lastDayBefore } from '../access-form.ts';
import { type AccessFacts, heldLetter, invitationLetter, ownLetter } from '../access-letters.ts';
import type { Letterhead } from '../letters.ts';
import { invitationToken } from './inviting.ts';
import { recordAccess } from './members.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Tells all concerned that somebody comes to an account, or no more; `entry` is that of the audit log. */
    'accounts.tell_access': {
      deed: AccessFacts['deed'];
      account: string;
      person: string | null;
      invitation: string | null;
      entry: string;
    };
    /** Writes to somebody who is invited to an account. */
    'accounts.send_invitation': { invitation: string };
    /** Ends the access of those whose last day is over, and forgets invitations that are long over. */
    'accounts.end_past_access': Nothing;
  }
}

type AccessJob = 'accounts.tell_access' | 'accounts.send_invitation' | 'accounts.end_past_access';

/** Past is past at once, whatever the clock of this job: it only tells. */
export const accessTimetable: Timetable = { 'accounts.end_past_access': '*/10 * * * *' };

type Settings = Letterhead & { timeZone: string; secret: string };

export const accessJobs = (post: Post, settings: Settings): Handlers<AccessJob> => ({
  async 'accounts.tell_access'(db, { deed, account: id, person, invitation, entry }) {
    const account = await db.selectFrom('account').select('number').where('id', '=', id).executeTakeFirst();
    const about = (await aboutWhom(db, id, person)) ?? (await aboutInvited(db, invitation));
    if (!account || !about) return;
    const holders = (await readersOf(db, id)).filter((holder) => holder.id !== person);
    for (const reader of [...holders, ...(about.reader ? [about.reader] : [])]) {
      const locale = localeOf(reader.locale);
      const end = about.expires_at && lastDayBefore(about.expires_at, settings.timeZone);
      const facts: AccessFacts = {
        ...{ deed, name: reader.name, number: account.number, email: about.email },
        ...{ scope: about.scope, until: end && writeDate(end, locale) }
      };
      const write = reader.id === person ? ownLetter : heldLetter;
      const letter = write(wordsFor(locale), facts, settings);
      if (!letter) continue;
      const once = {
        key: `accounts access ${entry} ${reader.id}`,
        kind: 'account_access',
        person: reader.id,
        request: null
      };
      await sendOnce(db, post, once, { to: reader.email, locale, ...letter });
    }
  },

  async 'accounts.send_invitation'(db, { invitation: id }) {
    const invited = await invitationToSend(db, id);
    if (!invited) return;
    const locale = localeOf(invited.locale);
    const lastDay = (end: Date) => writeDate(lastDayBefore(end, settings.timeZone), locale);
    const facts = {
      number: `···${invited.number.slice(-4)}`,
      inviter: invited.inviter,
      scope: invited.scope,
      until: invited.access_ends_at && lastDay(invited.access_ends_at),
      link: `${settings.origin}/invitation/account?token=${invitationToken(settings.secret, id)}`,
      day: lastDay(invited.expires_at)
    };
    const letter = invitationLetter(wordsFor(locale), facts, settings);
    const once = {
      key: `accounts invitation ${id}`,
      kind: 'account_invitation',
      person: null,
      request: null
    };
    await sendOnce(db, post, once, { to: invited.email, locale, ...letter });
  },

  async 'accounts.end_past_access'(db) {
    await sql`delete from account_invitation
              where coalesce(ended_at, expires_at) < now() - interval '30 days'`.execute(db);
    await db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ account: string; person: string }>`
        select account_id as account, person_id as person from end_past_access()`.execute(tx);
      for (const whom of rows) await recordAccess(tx, system, 'access.expired', whom);
    });
  }
});

interface Reader {
  id: string;
  name: string;
  email: string;
  locale: string;
}

/** Those who hold the account, or held it until now. */
const readersOf = (db: Db, account: string): Promise<Reader[]> =>
  db
    .selectFrom('account_member as m')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name', 'p.email', 'p.locale'])
    .where('m.account_id', '=', account)
    .where('m.kind', '=', 'holder')
    .orderBy('p.id')
    .execute();

/** The person it is about, with what they may do now; whoever comes no more may do nothing. */
async function aboutWhom(db: Db, account: string, person: string | null) {
  if (!person) return null;
  const found = await db
    .selectFrom('person as p')
    .leftJoin('account_member as m', (join) =>
      join.onRef('m.person_id', '=', 'p.id').on('m.account_id', '=', account)
    )
    .select(['p.id', 'p.name', 'p.email', 'p.locale', 'm.scope', 'm.expires_at'])
    .where('p.id', '=', person)
    .executeTakeFirst();
  if (!found) return null;
  // The database holds it to these three.
  const scope = (found.scope ?? 'notices') as Scope;
  return { reader: found, email: found.email, scope, expires_at: found.expires_at };
}

/** Whoever was invited: known by the address alone. */
async function aboutInvited(db: Db, id: string | null) {
  if (!id) return null;
  const invited = await invitations(db).where('i.id', '=', id).executeTakeFirst();
  return invited ? { ...invited, reader: null, expires_at: invited.access_ends_at } : null;
}

/** The invitation, while it waits; in the language of whoever has that address, if we know. */
const invitationToSend = (db: Db, id: string) =>
  invitations(db)
    .where('i.id', '=', id)
    .where('i.state', '=', 'waiting')
    .where('i.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();

const invitations = (db: Db) =>
  db
    .selectFrom('account_invitation as i')
    .innerJoin('account as a', 'a.id', 'i.account_id')
    .innerJoin('person as p', 'p.id', 'i.invited_by')
    .leftJoin('person as known', 'known.email', 'i.email')
    .select(['i.email', 'i.access_ends_at', 'i.expires_at', 'a.number', 'p.email as inviter'])
    .select(sql<string>`coalesce(known.locale, i.locale)`.as('locale'))
    .select(sql<Scope>`i.scope`.as('scope'));
