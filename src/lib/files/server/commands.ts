/** The life of a file: begun, received or turned away, or taken back. Sent, it belongs to something (`attach.ts`). */
import { sql } from 'kysely';
import pg from 'pg';
import type { Actor } from '#lib/platform/actor.ts';
import { cleanName } from '#lib/platform/filename.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { checksum } from './checksum.ts';
import { sniff } from './sniff.ts';
import { originalFile, type Storage } from './storage.ts';
import { limitsFor, problemWithContent, problemWithOffer, type FileProblem, type Offer } from '../limits.ts';
import { unsent } from './unsent.ts';

/** Somebody who sends files. `address` is the digest of their network address; it counts for visitors only. */
export interface Sender {
  db: Db;
  actor: Actor;
  address: string;
}

/** A file as offered for a form. */
export interface NewFile extends Offer {
  form_key: string;
  name: string;
}

/** Makes room for a file. The answer is its id, or why it cannot be taken. */
export async function beginFile(sender: Sender, file: NewFile): Promise<{ id: string } | FileProblem> {
  const { actor, db } = sender;
  const limits = limitsFor(actor);
  const problem = problemWithOffer(limits, file);
  if (problem) return problem;
  if (!uuid.test(file.form_key) || (actor.kind === 'visitor' && !actor.visitor)) return { reason: 'no_form' };

  try {
    return await db
      .insertInto('attachment')
      .values({
        form_key: file.form_key,
        ...whoSends(sender),
        name: cleanName(file.name),
        size: file.size,
        declared_type: file.type.slice(0, 100),
        expires_at: daysFromNow(limits.daysKept)
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  } catch (error) {
    const reason = problemOfDatabase(error, limits.files);
    if (reason) return reason;
    throw error;
  }
}

/**
 * Called when all of a file is on disk: looks at what it is, and takes it or turns it away. Safe to call twice; a
 * file that was being finished when the process died is finished by the next one who asks.
 */
export async function finishFile(
  { db, actor }: Sender,
  storage: Storage,
  id: string
): Promise<FileProblem | null> {
  await storage.sync(id, originalFile);
  const size = (await storage.size(id, originalFile)) ?? 0;
  const type = size > 0 ? await sniff(await storage.head(id, originalFile)) : null;
  const problem =
    size > 0 ? problemWithContent(limitsFor(actor), { size, type }) : { reason: 'empty' as const };
  if (problem) {
    await turnAwayFile({ db }, storage, id, problem);
    return problem;
  }

  const sha256 = await checksum(storage.read(id, originalFile));
  await db.transaction().execute(async (tx) => {
    const taken = await tx
      .updateTable('attachment')
      .set({ state: 'received', type, size, sha256, received_at: sql`now()` })
      .where('id', '=', id)
      .where('state', '=', 'receiving')
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) return;
    await later(tx, 'attachments.process', { attachmentId: id });
  });
  return null;
}

/** Keeps the row, so that its sender learns why, and lets go of the file. */
export async function turnAwayFile(
  { db }: Pick<Sender, 'db'>,
  storage: Storage,
  id: string,
  problem: FileProblem
) {
  await db
    .updateTable('attachment')
    .set({ state: 'rejected', why_rejected: problem.reason })
    .where('id', '=', id)
    .where('state', '=', 'receiving')
    .execute();
  await storage.remove(id);
}

/**
 * Takes back a file that was not sent yet; false when there is none. It is marked first, in the row that sending
 * locks too: a file is either sent or gone, never both.
 */
export async function takeBackFile(
  { db }: Pick<Sender, 'db'>,
  storage: Storage,
  id: string
): Promise<boolean> {
  const marked = await db
    .updateTable('attachment')
    .set({ state: 'removed', why_rejected: null })
    .where('id', '=', id)
    .where(unsent)
    .executeTakeFirst();
  if (marked.numUpdatedRows === 0n) return false;

  await storage.remove(id);
  await db.deleteFrom('attachment').where('id', '=', id).execute();
  return true;
}

/** After signing in: the files that a visitor chose on this form are now this person's. */
export async function claimFiles(db: Db, formKey: string, visitor: string) {
  await sql`select claim_attachments(${formKey}::uuid, ${visitor})`.execute(db);
}

/** A form goes on under another key, and with it the files that were chosen on it. */
export async function moveFiles(db: Db, from: string, to: string) {
  await db
    .updateTable('attachment')
    .set({ form_key: to })
    .where('form_key', '=', from)
    .where(unsent)
    .execute();
}

/** Keeps a visitor's files for as long as the letter about their sign-up can be opened. */
export async function holdFiles(db: Db) {
  await db
    .updateTable('attachment')
    .set({ expires_at: sql`now() + interval '25 hours'` })
    .where('person_id', 'is', null)
    .where(unsent)
    .execute();
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function whoSends({ actor, address }: Sender) {
  if (actor.kind === 'person') return { person_id: actor.id };
  return { visitor: actor.kind === 'visitor' ? actor.visitor : null, address };
}

const daysFromNow = (days: number) => sql<Date>`now() + make_interval(days => ${days})`;

/** The database has the last word on how many; it names the rule that was broken. */
function problemOfDatabase(error: unknown, files: number): FileProblem | null {
  if (!(error instanceof pg.DatabaseError)) return null;
  if (error.constraint === 'attachment_per_form') return { reason: 'too_many', limit: files };
  if (error.constraint === 'attachment_per_address') return { reason: 'too_many_today' };
  if (error.constraint === 'attachment_kept') return { reason: 'too_many_kept' };
  if (error.constraint === 'attachment_per_person') return { reason: 'too_many_waiting' };
  return null;
}
