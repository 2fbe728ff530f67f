/** The number that a customer is texted at: proved by a code, turned off and on again by them. */
import { randomInt, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Customer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { seal, unseal } from '#lib/platform/server/seal.ts';
import { textable } from '#lib/platform/phone.ts';
import { mayChangeTexts } from '../access.ts';
import type { TextNumber } from '../texts.ts';
import type { Auth } from './auth.ts';
import { writeAudit } from './audit.ts';
import { countTry } from './throttle.ts';

/** How long a code is good, in minutes, and how often it may be typed wrong. */
export const codeMinutes = 10;
export const codeTries = 5;

/** What is known of the number that somebody is texted at; null where they proved none. Read as whoever asks. */
export async function textNumberOf(db: Db, person: string): Promise<TextNumber | null> {
  const row = await db
    .selectFrom('text_number')
    .select(['number', 'verified_at', 'stopped_at', 'failed_at'])
    .where('person_id', '=', person)
    .executeTakeFirst();
  return row ?? null;
}

interface From {
  /** The network address of whoever asks. */
  address: string;
  jurisdiction: Parameters<typeof textable>[1];
}

/** Sends a code to the first number of theirs. A code that was sent before is good no more. */
export async function askForCode(auth: Auth, actor: Customer, { address, jurisdiction }: From) {
  if (!mayChangeTexts(actor, actor.id)) refuse('forbidden', 'errors.forbidden');
  const number = textable(await phoneOf(auth.db, actor.id), jurisdiction);
  if (!number) refuse('invalid', 'account.texts_no_mobile');
  await countTry(auth.db, auth.secret, 'text_code', { account: actor.id, address });
  await countTry(auth.db, auth.secret, 'be_texted', { account: number, address });

  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const kept = { number, sealed: seal(code, auth.secret, `text code ${actor.id} ${number}`), tries: 0 };
  const expires_at = sql<Date>`now() + make_interval(mins => ${codeMinutes})`;
  await auth.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('text_code')
      .values({ person_id: actor.id, ...kept, expires_at })
      .onConflict((known) =>
        known.column('person_id').doUpdateSet({ ...kept, id: sql`uuidv7()`, expires_at })
      )
      .execute();
    const { id } = await tx
      .selectFrom('text_code')
      .select('id')
      .where('person_id', '=', actor.id)
      .executeTakeFirstOrThrow();
    await later(tx, 'people.text_code', { code: id });
  });
}

/** Whether a code is on its way to them that can still be typed. */
export async function codeWaits(db: Db, person: string): Promise<boolean> {
  const row = await db
    .selectFrom('text_code')
    .select('id')
    .where('person_id', '=', person)
    .where('expires_at', '>', sql<Date>`now()`)
    .where('tries', '<', codeTries)
    .executeTakeFirst();
  return row !== undefined;
}

/** The number is theirs when they know what was sent to it. A wrong code counts, whoever types it. */
export async function confirmCode(auth: Auth, actor: Customer, typed: string, from: From) {
  if (!mayChangeTexts(actor, actor.id)) refuse('forbidden', 'errors.forbidden');
  await countTry(auth.db, auth.secret, 'confirm_text', { account: actor.id, address: from.address });
  const number = await numberOfCode(auth, actor.id, typed);
  if (!number) refuse('invalid', 'account.texts_code_wrong');

  await auth.db.transaction().execute(async (tx) => {
    // The phone may have been changed while the code was on its way.
    const phone = await phoneOf(tx, actor.id, true);
    const gone = await tx.deleteFrom('text_code').where('person_id', '=', actor.id).executeTakeFirst();
    if (gone.numDeletedRows === 0n || textable(phone, from.jurisdiction) !== number)
      refuse('invalid', 'account.texts_code_wrong');
    const proved = {
      number,
      verified_at: sql<Date>`now()`,
      stopped_at: null,
      failed_at: null,
      told_at: null
    };
    await tx
      .insertInto('text_number')
      .values({ person_id: actor.id, ...proved })
      .onConflict((known) => known.column('person_id').doUpdateSet(proved))
      .execute();
    await noteAndTell(tx, actor, actor.id, 'person.phone_verified');
  });
}

/** Turns their texts off, or on again. What is so already is no change. */
export async function turnTexts(auth: Auth, actor: Customer, on: boolean) {
  if (!mayChangeTexts(actor, actor.id)) refuse('forbidden', 'errors.forbidden');
  await auth.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('text_number')
      .set({ stopped_at: on ? null : sql<Date>`now()`, ...(on && { told_at: null }) })
      .where('person_id', '=', actor.id)
      .where('stopped_at', on ? 'is not' : 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows > 0n)
      await noteAndTell(tx, actor, actor.id, on ? 'person.texts_resumed' : 'person.texts_stopped');
  });
}

/** Written into their history, and told to them by a letter, as every change to their details is. */
export async function noteAndTell(
  tx: Db,
  actor: Parameters<typeof writeAudit>[1],
  person: string,
  action: 'person.phone_verified' | 'person.texts_stopped' | 'person.texts_resumed'
) {
  const entry = await writeAudit(tx, actor, { action, subject: { kind: 'person', id: person } });
  const letter = action === 'person.texts_stopped' ? 'texts_stopped' : 'details_changed';
  await later(tx, 'people.send_letter', { letter, person, entry });
}

/** The number that a code was sent to, if it is this one. Every try is counted before it is judged. */
async function numberOfCode({ db, secret }: Auth, person: string, typed: string): Promise<string | null> {
  const waiting = await db
    .updateTable('text_code')
    .set({ tries: sql<number>`tries + 1` })
    .where('person_id', '=', person)
    .where('expires_at', '>', sql<Date>`now()`)
    .where('tries', '<', codeTries)
    .returning(['number', 'sealed'])
    .executeTakeFirst();
  const code = waiting && unseal(waiting.sealed, secret, `text code ${person} ${waiting.number}`);
  const said = typed.replaceAll(/\D/g, '');
  return code && said.length === code.length && timingSafeEqual(Buffer.from(said), Buffer.from(code))
    ? waiting.number
    : null;
}

async function phoneOf(db: Db, person: string, held = false): Promise<string> {
  const row = await db
    .selectFrom('person')
    .select('phone')
    .where('id', '=', person)
    .$if(held, (query) => query.forUpdate())
    .executeTakeFirst();
  return row?.phone ?? '';
}
