/** Questions about files: what belongs to a request, and what has been chosen on a form so far. */
import type { Selectable } from 'kysely';
import type { Attachment as AttachmentTable } from '../../../../../db/tables.ts';
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { attachmentView, type AttachmentFacts, type AttachmentView } from '../../attachment-view.ts';

/** Every file of a request that this actor may know of, oldest first, with the addresses they may use. */
export async function listAttachments(db: Db, actor: Actor, requestId: string): Promise<AttachmentView[]> {
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => attachmentView(actor, factsOf(row)));
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
  return rows.map((row) => attachmentView(actor, factsOf(row)));
}

/** A row in the words of the rules: the checks of the table keep its closed columns to these lists. */
export const factsOf = (row: Selectable<AttachmentTable>) => row as typeof row & AttachmentFacts;
