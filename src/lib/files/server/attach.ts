/** What a file belongs to, once the form that it was chosen on is sent: bound in that very transaction, and for good. */
import type { Visibility } from '#lib/events/visibility.ts';
import { isKey } from '#lib/platform/posted.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { personLimits } from '../limits.ts';
import type { Kind } from '../limits.ts';
import { unsent } from './unsent.ts';

/** The files of a form that is being sent. */
export interface FilesOfForm {
  formKey: string;
  attachments: readonly string[];
}

/** Each subject has a column of its own, and in the database a rule of who binds to it and who sees it (decision 14). */
export type Subject = { request_id: string } | { reading_id: string };

interface Along {
  visibility?: Visibility;
  /** Where nothing else is taken. */
  kind?: Kind;
}

/**
 * Only the sender's own files of this very form go along, each once; what else is named is left out. Returns those that
 * belong to it now.
 */
export async function attachFiles(
  tx: Db,
  { formKey, attachments }: FilesOfForm,
  subject: Subject,
  { visibility, kind }: Along = {}
) {
  const wanted = idsOf(attachments).slice(0, personLimits.files);
  if (wanted.length === 0 || !isKey(formKey)) return [];

  await tx
    .updateTable('attachment')
    .set({ ...subject, ...(visibility && { visibility }), expires_at: null })
    .where('id', 'in', wanted)
    .where('form_key', '=', formKey)
    .where(unsent)
    .where('state', 'in', ['received', 'ready'])
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? null))
    .execute();
  const sent = await tx
    .selectFrom('attachment')
    .select('id')
    .where('id', 'in', wanted)
    .where('form_key', '=', formKey)
    .where((is) => is.and(subject))
    .execute();
  const there = new Set(sent.map((row) => row.id));
  return wanted.filter((id) => there.has(id));
}

export const idsOf = (attachments: readonly string[]) => [...new Set(attachments)].filter(isKey);
