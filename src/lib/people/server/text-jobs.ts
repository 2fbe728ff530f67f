/** The worker's part of text messages: it sends codes and news, and where a text cannot be sent has an e-mail written. */
import { sql } from 'kysely';
import { localeOf } from '#lib/platform/language.ts';
import { asTextLine } from '#lib/platform/texting.ts';
import { system } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later, type Handlers } from '#lib/platform/server/jobs.ts';
import { log } from '#lib/platform/server/log.ts';
import { unseal } from '#lib/platform/server/seal.ts';
import { TextProblem, type TextGateway } from '#lib/platform/server/text-gateway.ts';
import { settleText, waitingText, type WaitingText } from '#lib/platform/server/texts.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { writeAudit } from './audit.ts';
import { letterGoes } from './letter-gate.ts';
import { codeMinutes } from './text-number.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Sends the code that waits under this id. */
    'people.text_code': { code: string };
  }
}

interface Settings {
  secret: string;
  origin: string;
  utilityName: string;
  timeZone: string;
  /** Whether replies come back to us. */
  hearsReplies: boolean;
}

/** Without a gateway what waits is told by e-mail. */
export const textJobs = (
  gateway: TextGateway | null,
  settings: Settings
): Handlers<'people.text_code' | 'people.text_news'> => ({
  async 'people.text_code'(db, { code }) {
    const waiting = await codeOf(db, code, settings.secret);
    if (!waiting || !gateway) return;
    const t = wordsFor(localeOf(waiting.locale));
    const said = { utility: settings.utilityName, code: waiting.code, minutes: codeMinutes };
    const refused = await lastWord(gateway.send({ to: waiting.number, text: t('texts.code', said) }, code));
    if (refused) await db.deleteFrom('text_code').where('id', '=', code).execute();
  },

  async 'people.text_news'(db, { text }) {
    const waiting = await waitingText(db, text);
    if (!waiting) return;
    // Meanwhile they may have said stop, or have another number.
    const reader = await readerAt(db, waiting);
    const night = waiting.waited && reader && (await isQuietNow(db, reader.person_id, settings.timeZone));
    if (!gateway || !reader || waiting.late || night)
      return inOne(db, (tx) => settleText(tx, waiting, 'late'));

    const { words, number } = waiting;
    const whole = reader.told_at ? words : `${words} ${howToStop(reader.locale, settings)}`;
    if (await lastWord(gateway.send({ to: number, text: whole }, text))) {
      log.warn('a text was refused for good', { kind: waiting.kind });
      return inOne(db, (tx) => refuseNumber(tx, waiting));
    }
    await inOne(db, async (tx) => {
      await settleText(tx, waiting, 'sent');
      if (!reader.told_at) await noteTold(tx, reader.person_id);
    });
  }
});

/** Whether a text that had to wait has come into quiet hours: its job then asks anew when it may go. */
const isQuietNow = async (db: Db, person: string, zone: string) =>
  (await letterGoes(db, person, { kind: null }, zone)).when instanceof Date;

const inOne = (db: Db, does: (tx: Db) => Promise<void>) => db.transaction().execute(does);

function howToStop(locale: string, { origin, hearsReplies }: Settings) {
  const t = wordsFor(localeOf(locale));
  return asTextLine(t(hearsReplies ? 'texts.stop_reply' : 'texts.stop', { link: `${origin}/account/texts` }));
}

/** Whose number it is, while they have it and want texts. */
const readerAt = (db: Db, { person_id, number }: WaitingText) =>
  db
    .selectFrom('text_number as n')
    .innerJoin('person as p', 'p.id', 'n.person_id')
    .select(['n.person_id', 'n.told_at', 'p.locale'])
    .where('n.person_id', '=', person_id)
    .where('n.number', '=', number)
    .where('n.stopped_at', 'is', null)
    .where('n.failed_at', 'is', null)
    .executeTakeFirst();

const noteTold = (tx: Db, person: string) =>
  tx
    .updateTable('text_number')
    .set({ told_at: sql`now()` })
    .where('person_id', '=', person)
    .execute();

/** Nobody is texted there until they prove it again, and all whose it is are told by e-mail. */
async function refuseNumber(tx: Db, waiting: WaitingText) {
  const failed = await tx
    .updateTable('text_number')
    .set({ failed_at: sql`now()` })
    .where('number', '=', waiting.number)
    .where('failed_at', 'is', null)
    .returning('person_id')
    .execute();
  for (const { person_id: person } of failed) {
    const subject = { kind: 'person', id: person };
    const entry = await writeAudit(tx, system, { action: 'person.texts_failed', subject });
    await later(tx, 'people.send_letter', { letter: 'texts_failed', person, entry });
  }
  await settleText(tx, waiting, 'refused');
}

async function codeOf(db: Db, id: string, secret: string) {
  const row = await db
    .selectFrom('text_code as c')
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .select(['c.person_id', 'c.number', 'c.sealed', 'p.locale'])
    .where('c.id', '=', id)
    .where('c.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  const code = row && unseal(row.sealed, secret, `text code ${row.person_id} ${row.number}`);
  return code ? { code, number: row.number, locale: row.locale } : null;
}

/** Whether a gateway has said no for good. What may pass is thrown, to be tried again. */
async function lastWord(sending: Promise<void>): Promise<boolean> {
  try {
    await sending;
    return false;
  } catch (problem) {
    if (problem instanceof TextProblem && problem.final) return true;
    throw problem;
  }
}
