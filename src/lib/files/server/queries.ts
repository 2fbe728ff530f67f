/** Questions about files: what belongs to a request, and what has been chosen on a form so far. */
import type { Expression } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import { isFileId } from './storage.ts';
import { attachmentView, type AttachmentView } from '../view.ts';
import { unsent } from './unsent.ts';

/** Every file of a request that this actor may know of, oldest first, with the addresses they may use. */
export async function listAttachments(
  db: Db,
  actor: Actor,
  requestId: string | Expression<string>
): Promise<AttachmentView[]> {
  const rows = await attachmentsOf(db, { id: requestId });
  return rows.map((row) => attachmentView(actor, row));
}

const attachmentsOf = prepared((db, { id }: { id: string | Expression<string> }) =>
  db.selectFrom('attachment').selectAll().where('request_id', '=', id).orderBy('received_at').orderBy('id')
);

/** What this actor has chosen on a form and not yet sent: files that are here, on their way, or turned away. */
export async function listUnsent(db: Db, actor: Actor, key: string): Promise<AttachmentView[]> {
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('form_key', '=', key)
    .where(unsent)
    .where('state', '<>', 'removed')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => attachmentView(actor, row));
}

/** What is in these files, as far as this actor may know, whatever they are called: the same file sent twice is one. */
export async function checksumsOf(db: Db, ids: readonly string[]): Promise<string[]> {
  const known = ids.filter(isFileId);
  if (known.length === 0) return [];
  const rows = await db.selectFrom('attachment').select('sha256').where('id', 'in', known).execute();
  return rows.flatMap(({ sha256 }) => sha256 ?? []).sort();
}
