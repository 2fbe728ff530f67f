/** What is done later for people: their letters, and forgetting what is over. */
import type { LinkLetter, PersonLetter } from '../letters.ts';
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { type LinkSettings, writeLinkLetter, writeNewsLetter } from './letters.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /**
     * Writes to somebody about how they sign in. What a link opens waits sealed under its id; a change is written about
     * once for each entry of the audit log.
     */
    'people.send_letter':
      { letter: LinkLetter; link: string } | { letter: PersonLetter; person: string; entry: string };
    /** Throws away sessions, links and counts that are over. */
    'people.forget_expired': Nothing;
  }
}

type PeopleJob = 'people.send_letter' | 'people.forget_expired';

/** A quarter past every hour. */
export const peopleTimetable: Timetable = { 'people.forget_expired': '15 * * * *' };

export const peopleJobs = (post: Post, settings: LinkSettings): Handlers<PeopleJob> => ({
  async 'people.send_letter'(db, payload) {
    const { letter } = payload;
    const [about, written] =
      'link' in payload
        ? [payload.link, await writeLinkLetter(db, settings, payload.letter, payload.link)]
        : [payload.entry, await writeNewsLetter(db, settings, payload.letter, payload.person)];
    if (!written) return;

    const { person, ...mail } = written;
    await sendOnce(db, post, { key: `people ${letter} ${about}`, kind: letter, person, request: null }, mail);
  },

  async 'people.forget_expired'(db) {
    await forgetPast(db, 'sign_in_session', 'expires_at');
    await forgetPast(db, 'verification', 'expires_at');
    await forgetPast(db, 'throttle', 'window_ends_at');
    await forgetPast(db, 'budget', 'window_ends_at');
    await forgetPast(db, 'text_code', 'expires_at');
    await sql`delete from text_reply where at < now() - interval '30 days'`.execute(db);
    await forgetPast(db, 'source_budget', 'window_ends_at');
    // An invitation that nobody took up can be sent again for a while; then the name and address go.
    await sql`delete from invitation where expires_at < now() - interval '30 days'`.execute(db);
  }
});

async function forgetPast(db: Db, table: string, column: string) {
  await sql`delete from ${sql.table(table)} where ${sql.ref(column)} < now()`.execute(db);
}
