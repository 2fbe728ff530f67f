/** Sending what was filled in: as a request, as another one, or as more about the first. */
import { randomUUID } from 'node:crypto';
import { fail } from '@sveltejs/kit';
import { isCustomer, type PersonActor } from '#lib/platform/actor.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { textIn } from '#lib/platform/posted.ts';
import type { Words } from '#lib/platform/words.ts';
import { allAnswers, changedAnswers } from '#lib/forms/answers.ts';
import { sayOf } from '#lib/forms/field-messages.ts';
import { keptOf } from '#lib/requests/said-account.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { getRequest, type RequestRow } from '#lib/requests/server/queries.ts';
import { receiptOf, submitRequest } from '#lib/requests/server/submit.ts';
import { replyToRequest } from '#lib/requests/server/messages.ts';
import { attachmentsOf, followed } from './form-page.ts';
import { attachedTo, subjectOf } from './subject.ts';
import type { Filled } from './+page.server.ts';
import type { RequestEvent } from './$types';

/** Where it leads: to what was received, or to the talk about it. */
export const receipt = (reference: string) => `/requests/${reference}/receipt`;
export const timeline = (reference: string) => `/requests/${reference}`;

/** Sends it under a key. Where the key was used for other content, the page asks what this is meant to be. */
export async function send(event: RequestEvent, filled: Filled, as: string) {
  const { type, team_id, key, typed, reading, account, said } = filled;
  const { db, actor, locale } = event.locals;
  try {
    const { reference } = await submitRequest(db, customer(actor), {
      key: as,
      form: key,
      type,
      team: team_id,
      answers: reading.answers,
      contact: { ...reading.contact, ...keptOf(said) },
      description: reading.description,
      account: account?.id ?? null,
      premises: account?.premises_id ?? null,
      attachments: attachmentsOf(typed),
      channel: 'web',
      locale,
      linkedTo: await followed(event, typed),
      attached: attachedTo(await subjectOf(event, typed), account),
      now: new Date()
    });
    return receipt(reference);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind !== 'conflict') throw refusal;
    return askWhatItIs(filled, randomUUID(), String(refusal.values['reference']));
  }
}

/** Adds to the first request what this form says that the first one did not: as a message, with the files. */
export async function addToFirst({ locals }: RequestEvent, filled: Filled) {
  const { db, actor, t } = locals;
  const reference = textIn(filled.form, 'first');
  const first = await getRequest(db, actor, reference);
  const chosen = attachmentsOf(filled.typed);
  const files = (await listUnsent(db, actor, filled.key)).filter(({ id }) => chosen.includes(id));
  const text =
    whatIsNew(filled, first, t) || (files.length > 0 && t('requests.added_files', { count: files.length }));
  if (!text) return askWhatItIs(filled, filled.next, reference, t('requests.nothing_to_add'));

  try {
    const said = { text, attachments: files.map(({ id }) => id) };
    await replyToRequest(db, customer(actor), reference, { key: filled.next, form: filled.key, ...said });
    return timeline(reference);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    // The other of two clicks was a little faster, and took the files along.
    if (refusal.kind === 'conflict' && (await receiptOf(db, filled.next))) return timeline(reference);
    if (refusal.kind !== 'forbidden') throw refusal;
    return askWhatItIs(filled, filled.next, reference, t(refusal.words, refusal.values));
  }
}

/** The description, when it has changed, and every other answer that has. Each line says what it is about. */
function whatIsNew({ type, reading, account }: Filled, first: RequestRow, t: Words): string {
  const { description } = reading;
  const changes = changedAnswers(type, allAnswers(first), allAnswers(reading), t.locale)
    .filter(({ name }) => name !== 'description')
    .map(({ label, value }) => sayOf(label, value ?? t('form.answer_taken_back'), t));
  if (account && account.id !== first.account_id)
    changes.push(sayOf(t('requests.for_which_account'), account.number, t));

  const told = description === first.description ? '' : description;
  const list = [t('requests.added_changes', { count: changes.length }), ...changes].join('\n');
  return [told, changes.length > 0 ? list : ''].filter(Boolean).join('\n\n');
}

/** The page asks: is this another request, or more about the first? */
const askWhatItIs = ({ key, typed, safe }: Filled, next: string, first: string, problem?: string) =>
  fail(409, { key, typed, safe, next, first, firstProblem: problem });

const customer = (actor: App.Locals['actor']): PersonActor =>
  isCustomer(actor) ? actor : refuse('missing', 'requests.not_found');
