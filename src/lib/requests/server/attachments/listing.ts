/** Questions about files: what belongs to a request, and what has been chosen on a form so far. */
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { attachmentView, type AttachmentView } from '../../attachment-view.ts';
import type { RequestId } from '../finding.ts';

/** Every file of a request that this actor may know of, oldest first, with the addresses they may use. */
export async function listAttachments(db: Db, actor: Actor, requestId: RequestId): Promise<AttachmentView[]> {
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => attachmentView(actor, row));
}

/** What this actor has chosen on a form and not yet sent: files that are here, on their way, or turned away. */
export async function listUnsent(db: Db, actor: Actor, key: string): Promise<AttachmentView[]> {
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('form_key', '=', key)
    .where('request_id', 'is', null)
    .where('state', '<>', 'removed')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => attachmentView(actor, row));
}
