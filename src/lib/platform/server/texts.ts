/** A letter as a text message: queued once, in few words and with one link of our own. */
import { sql } from 'kysely';
import type { JobName, Jobs } from '../jobs.ts';
import type { Locale } from '../language.ts';
import { fitted, ownLink } from '../texting.ts';
import { wordsFor } from '../words.ts';
import type { Db } from './db.ts';
import { later } from './jobs.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Sends a text message that waits. */
    'people.text_news': { text: string };
  }
}

/** What every text message says of us, and where its links lead. */
export interface TextHead {
  utilityName: string;
  origin: string;
}

/** How a letter goes to its reader, who may want both. */
export interface Ways {
  email: boolean;
  /** The number that is texted, or null. */
  text: string | null;
  /** The job that is done again where the text cannot be sent: by then the letter goes by e-mail. */
  again: { job: JobName; payload: Jobs[JobName] } | null;
}

interface About {
  key: string;
  kind: string;
  person: string | null;
  ways?: Ways | null;
}

interface Told {
  subject: string;
  line?: string;
  text: string;
  locale: Locale;
}

/** Whether its reader is told by text: it waits to be sent, or was. Not where none is wanted, or this one came to nothing. */
export function textOnce(db: Db, head: TextHead | null, about: About, letter: Told): Promise<boolean> {
  const number = head && about.ways?.text;
  if (!number) return Promise.resolve(false);
  const { key, kind, person: person_id, ways } = about;
  const words = textOf(letter, head);

  return db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('text_message')
      .values({
        ...{ key, kind, person_id, number, words },
        job: ways?.again?.job ?? null,
        payload: ways?.again ? JSON.stringify(ways.again.payload) : null
      })
      .onConflict((known) => known.column('key').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made) {
      await later(tx, 'people.text_news', { text: made.id });
      return true;
    }
    const before = await tx
      .selectFrom('text_message')
      .select('state')
      .where('key', '=', key)
      .executeTakeFirst();
    return before?.state === 'waiting' || before?.state === 'sent';
  });
}

/** So long a text is tried. News that would come later is better told by e-mail. */
const triedFor = sql`interval '1 hour'`;

/** A text that waits to be sent, as it was queued; null when it was settled before. */
export async function waitingText(db: Db, id: string) {
  const row = await db
    .selectFrom('text_message')
    .select(['id', 'kind', 'person_id', 'number', 'words', 'job', 'payload'])
    .select(sql<boolean>`made_at < now() - ${triedFor}`.as('late'))
    .select(sql<boolean>`made_at < now() - interval '2 minutes'`.as('waited'))
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  if (!row || row.number === null || row.words === null) return null;
  return { ...row, number: row.number, words: row.words };
}

export type WaitingText = NonNullable<Awaited<ReturnType<typeof waitingText>>>;

/** Number and words go. For what could not be sent its job is done again: then the letter goes by e-mail. */
export async function settleText(
  tx: Db,
  { id, job, payload }: WaitingText,
  state: 'sent' | 'refused' | 'late'
) {
  const { numUpdatedRows } = await tx
    .updateTable('text_message')
    .set({ state, number: null, words: null, job: null, payload: null, settled_at: sql`now()` })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  // It was queued with the payload of its own job.
  if (numUpdatedRows > 0n && state !== 'sent' && job)
    await later(tx, job as JobName, payload as unknown as Jobs[JobName]);
}

/** Who writes, what happened, and where to read it. Nothing of what was asked or answered (decision 0007). */
export function textOf({ subject, line, text, locale }: Told, { utilityName, origin }: TextHead): string {
  const words = wordsFor(locale)('texts.message', { utility: utilityName, line: line ?? subject });
  return fitted(words, ownLink(text, origin) ?? '');
}
