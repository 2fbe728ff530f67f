/** Photos that go along with a meter reading: what is on the dial, beside what was typed. */
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { mostPhotos, type FileProblem } from '../limits.ts';
import { attachmentView, type AttachmentView } from '../view.ts';
import { idsOf, type FilesOfForm } from './attach.ts';
import { unsent } from './unsent.ts';

/** What is wrong with the files that were chosen as photos, of the first that is none. */
export async function problemWithPhotos(
  db: Db,
  { formKey, attachments }: FilesOfForm
): Promise<FileProblem | null> {
  const wanted = idsOf(attachments);
  if (wanted.length === 0) return null;
  if (wanted.length > mostPhotos) return { reason: 'too_many', limit: mostPhotos };
  const rows = await db
    .selectFrom('attachment')
    .select(['name', 'kind', 'state'])
    .where('form_key', '=', formKey)
    .where('id', 'in', wanted)
    .where(unsent)
    .execute();
  const other = rows.find(({ kind, state }) => kind !== 'image' && state !== 'rejected');
  return other ? { reason: 'no_photo', name: other.name } : null;
}

/** The photos of each of these readings, as far as this actor may see them. */
export async function photosOf(db: Db, actor: Actor, readings: readonly string[]) {
  const photos: Record<string, AttachmentView[]> = {};
  if (readings.length === 0) return photos;
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('reading_id', 'in', readings)
    .orderBy('received_at')
    .orderBy('id')
    .execute();
  for (const row of rows)
    if (row.reading_id) (photos[row.reading_id] ??= []).push(attachmentView(actor, row));
  return photos;
}
