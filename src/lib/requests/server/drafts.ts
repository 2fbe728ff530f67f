/** Drafts: what somebody is typing, kept under the key of the one form they opened, so that no two tabs share it. */
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';
import { claimFiles } from './attachments.ts';

export type DraftTyped = Record<string, string | string[]>;

/** Keeps what was typed. A visitor without a cookie, or a key that is somebody else's, keeps nothing. */
export async function keepDraft(
  db: Db,
  actor: Actor,
  draft: { key: string; form: string; typed: DraftTyped }
) {
  const person = actor.kind === 'person' ? actor.id : null;
  const visitor = actor.kind === 'visitor' ? actor.visitor : null;
  if (!person && !visitor) return false;

  // Upserting over a row that row-level security hides is an error; so what is theirs is changed, or else added.
  const typed = JSON.stringify(draft.typed);
  const { rows } = await sql`
    with changed as (
      update draft set typed = ${typed}, updated_at = now() where key = ${draft.key} and form = ${draft.form}
      returning key
    ), added as (
      insert into draft (key, form, typed, person_id, visitor)
      select ${draft.key}, ${draft.form}, ${typed}, ${person}, ${visitor} where not exists (select 1 from changed)
      on conflict (key) do nothing
      returning key
    )
    select key from changed union all select key from added`.execute(db);
  return rows.length > 0;
}

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

/** Drafts of this actor, newest first. */
export function listDrafts(db: Db, most = 5) {
  return db
    .selectFrom('draft')
    .select(['key', 'form', 'updated_at'])
    .where('form', 'like', 'request:%')
    .orderBy('updated_at', 'desc')
    .limit(most)
    .execute();
}

/** Keeps a visitor's drafts and files for another day: they have signed up, and their letter can be opened as long. */
export async function holdDrafts(db: Db) {
  await db
    .updateTable('draft')
    .set({ updated_at: sql`now()` })
    .where('person_id', 'is', null)
    .execute();
  await db
    .updateTable('attachment')
    .set({ expires_at: sql`now() + interval '25 hours'` })
    .where('person_id', 'is', null)
    .where('request_id', 'is', null)
    .execute();
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
