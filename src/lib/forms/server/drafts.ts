/** Drafts: what somebody is typing, kept under the key of the one form they opened, so that no two tabs share it. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import { keyOf, keyOfDigest } from '#lib/platform/posted.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';
import { me } from '#lib/platform/server/me.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import { readReference } from '#lib/platform/reference.ts';
import { mostTyped } from '../typed.ts';
import { claimFiles, holdFiles, moveFiles } from '#lib/files/server/commands.ts';

export type DraftTyped = Record<string, string | string[]>;

/** As much as is kept of all of a form, as it is stored: more than any form takes. The database holds a little more. */
const mostOfForm = 50_000;

interface Kept {
  key: string;
  form: string;
  typed: DraftTyped;
  /** Whether what other fields hold under this key stays. */
  beside?: boolean;
}

/** Keeps what was typed, as far as it goes. A visitor without a cookie keeps nothing. */
export async function keepDraft(
  db: Db,
  actor: Actor,
  { key, form, typed, beside = false }: Kept
): Promise<boolean> {
  const person = actor.kind === 'person' ? actor.id : null;
  const visitor = actor.kind === 'visitor' ? actor.visitor : null;
  const kept = JSON.stringify(typed, (_name, value: unknown) =>
    typeof value === 'string' ? value.slice(0, mostTyped).toWellFormed() : value
  );
  if ((!person && !visitor) || kept.length > mostOfForm) return false;

  const now = { form, typed: kept, updated_at: sql<Date>`now()` };
  await db
    .insertInto('draft')
    .values({ key, person_id: person, visitor, ...now })
    .onConflict((again) =>
      again.columns(['key', 'owner']).doUpdateSet({ ...now, ...(beside && { typed: besideOthers }) })
    )
    .execute();
  return true;
}

const besideOthers = sql<string>`draft.typed || excluded.typed`;

/** The draft with this key, if it is this actor's. */
export async function findDraft(db: Db, key: string): Promise<{ form: string; typed: DraftTyped } | null> {
  const row = await db
    .selectFrom('draft')
    .select(['form', 'typed'])
    .where('key', '=', key)
    .executeTakeFirst();
  // keepDraft is the only writer of the column.
  return row ? { form: row.form, typed: row.typed as DraftTyped } : null;
}

/** What was typed into this form under this key, each text alone; nothing where none was kept. */
export async function typedUnder(db: Db, key: string | null, form: string): Promise<Record<string, string>> {
  const draft = key === null ? null : await findDraft(db, keyOf(key));
  if (draft?.form !== form) return {};
  return Object.fromEntries(
    Object.entries(draft.typed).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : []))
  );
}

/** The name of the form in which somebody replies to a request. */
export const replyForm = (reference: string) => `reply:${readReference(reference) ?? ''}`;

/**
 * The reply that this person has not sent yet: the one under this key, on whichever request it was begun, or else the
 * newest on this request. What was kept in the very moment it was sent is none.
 */
export async function findReply(db: Db, actor: Actor, reference: string, key: string | null) {
  if (actor.kind !== 'person') return null;
  const [row] = key ? await replyUnder(db, { key }) : await newestReply(db, { form: replyForm(reference) });
  return row ? { key: row.key, text: textOfReply(row.typed as DraftTyped) } : null;
}

const replyUnder = prepared((db, of: { key: string }) => unsentReplies(db).where('d.key', '=', of.key));
const newestReply = prepared((db, of: { form: string }) => unsentReplies(db).where('d.form', '=', of.form));
const unsentReplies = (db: Db) =>
  db
    .selectFrom('draft as d')
    .select(['d.key', 'd.typed'])
    .where('d.person_id', '=', me)
    .where('d.form', 'like', 'reply:%')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('submission as s')
            .select('s.key')
            .whereRef('s.key', '=', 'd.key')
            .whereRef('s.person_id', '=', 'd.person_id')
        )
      )
    )
    .orderBy('d.updated_at', 'desc')
    .limit(1);

export const textOfReply = ({ text }: DraftTyped) => (typeof text === 'string' ? text : '');

/** Where `key` has sent another text, this one goes on under the key it gives: the same for the same, however often. */
export async function goOnAfter(db: Db, key: string, text: string): Promise<string> {
  const next = keyOfDigest(createHash('sha256').update(`${key} ${text}`).digest('hex'));
  await moveDraft(db, key, next);
  return next;
}

/** A form whose key is used up goes on under another one, with the files that were chosen on it. */
export async function moveDraft(db: Db, from: string, to: string) {
  await forgetDraft(db, from);
  await moveFiles(db, from, to);
}

/** It was sent, or given up. */
export const forgetDraft = (db: Db, key: string) => forgetUnder(db, { key });
const forgetUnder = prepared((db, of: { key: string }) => db.deleteFrom('draft').where('key', '=', of.key));

/** One of the texts under this key was sent, or given up. */
export async function forgetText(db: Db, key: string, name: string) {
  await db
    .deleteFrom('draft')
    .where('key', '=', key)
    .where(sql`typed - ${name}::text`, '=', '{}')
    .execute();
  await sql`update draft set typed = typed - ${name}::text where key = ${key}`.execute(db);
}

/** Somebody's are kept for thirty days, a visitor's for one. */
export async function forgetOldDrafts(db: Db) {
  await sql`delete from draft where updated_at < now() - interval '30 days'
            or (person_id is null and updated_at < now() - interval '1 day')`.execute(db);
}

/** Drafts of this actor, newest first. */
export function listDrafts(db: Db, most = 5) {
  return (
    db
      .selectFrom('draft')
      .select(['key', 'form', 'updated_at'])
      // What tells two of the same form apart: the subject, else what they began to write.
      .select(
        sql<string>`left(coalesce(nullif(typed->>'subject', ''), typed->>'description', ''), 160)`.as('words')
      )
      .where('form', 'like', 'request:%')
      .orderBy('updated_at', 'desc')
      .limit(most)
      .execute()
  );
}

/** The key of this actor's newest draft of a form, if they have one that was not sent. */
export async function newestDraft(db: Db, form: string): Promise<string | null> {
  const row = await db
    .selectFrom('draft as d')
    .select('d.key')
    .where('d.form', '=', form)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('submission as s').select('s.key').whereRef('s.key', '=', 'd.key')))
    )
    .orderBy('d.updated_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.key ?? null;
}

/** Keeps a visitor's drafts and files for another day: they have signed up, and their letter can be opened as long. */
export async function holdDrafts(db: Db) {
  await db
    .updateTable('draft')
    .set({ updated_at: sql`now()` })
    .where('person_id', 'is', null)
    .execute();
  await holdFiles(db);
}

/**
 * Gives a visitor's drafts and files to the person they turned out to be: when they sign in, and when they confirm
 * their sign-up, wherever the letter is opened. `visitor` is the digest of the cookie, or null without one.
 */
export async function adoptDrafts(database: Database, visitor: string | null, personId: string) {
  if (!visitor) return;
  const db = database.as({ kind: 'person', id: personId, role: 'customer', team: null });
  const { rows } = await sql<{ key: string }>`select key from claim_drafts(${visitor}) as key`.execute(db);
  for (const { key } of rows) await claimFiles(db, key, visitor);
}
