/** An answer that means another form: what was typed here goes along, and stays here too for whoever comes back. */
import { subjectFields } from './subject.ts';
import { createHash } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { keyOfDigest } from '#lib/platform/posted.ts';
import { moveFiles } from '#lib/files/server/commands.ts';
import { offerOf } from '#lib/catalogue/server/catalogue.ts';
import { keepDraft, type DraftTyped } from '#lib/forms/server/drafts.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import { formName, typedSoFar, type Event } from './form-page.ts';

/**
 * Leads on to the form of kind `code`, under a key that follows from the first one: a second click leads to the same
 * form, and what was typed there meanwhile stands before what is brought along.
 */
export async function leadElsewhere(event: Event, code: string, from: { key: string; typed: DraftTyped }) {
  const { db, actor } = event.locals;
  const other = await offerOf(db, code);
  if (!other) redirect(303, `/requests/new/${code}`);

  const key = keyOfDigest(createHash('sha256').update(`${from.key} ${code}`).digest('hex'));
  const typed = { ...broughtAlong(from.typed, other.type), ...(await typedSoFar(event, other.type, key)) };
  await keepDraft(db, actor, { key, form: formName(other.type), typed });
  await moveFiles(db, from.key, key);
  redirect(303, `/requests/new/${code}?key=${key}`);
}

/** What has a place in the other form under the same name, and what every form carries. */
function broughtAlong(typed: DraftTyped, other: ServiceType): DraftTyped {
  const places = new Set([
    ...other.fields.filter(({ kind }) => kind !== 'gate').map(({ name }) => name),
    ...extras
  ]);
  return Object.fromEntries(Object.entries(typed).filter(([name]) => places.has(name)));
}

const extras = ['account', 'about', 'attachment', 'said_account', 'said_address', ...subjectFields];
