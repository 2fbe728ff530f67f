/** Asking: fill in, attach, review, send. Every step is a plain form post, and all that was typed is kept on the way. */
import { keyOf, textIn, textsIn } from '#lib/platform/posted.ts';
import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { isCustomer, isStaff } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { log } from '#lib/platform/server/log.ts';
import { config, secure } from '#lib/platform/server/runtime.ts';
import { newVisitor, visitorCookie, visitorDigest } from '#lib/people/server/visitor.ts';
import { gateHit } from '#lib/requests/form.ts';
import { listUnsent } from '#lib/requests/server/attachments/listing.ts';
import { keepDraft, type DraftTyped } from '#lib/requests/server/drafts.ts';
import { receiptOf, submitRequest } from '#lib/requests/server/submitting.ts';
import { replyToRequest } from '#lib/requests/server/talking.ts';
import { safetyFirst, showSafety } from '../../../../safety-first.ts';
import {
  accountChosen,
  accountsFor,
  attachmentsOf,
  followed,
  formName,
  judge,
  textsOf,
  today,
  typeAsked,
  typedSoFar
} from './asking.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** What a form begins with: the answer that most people give to the question that nearly every form asks. */
const usual: DraftTyped = { contact_by: 'email' };

export const load: PageServerLoad = async (event) => {
  const { url, locals } = event;
  if (isStaff(locals.actor)) redirect(303, `/desk/requests/new?type=${event.params.code}`);
  rememberVisitor(event);

  const { type } = await typeAsked(event);
  const key = keyOf(url.searchParams.get('key'));
  const typed = await typedSoFar(event, type, key);
  const reading = judge(type, typed, event);
  // Back from the receipt, the draft is gone: what it became is shown, not an empty form.
  const sent =
    url.searchParams.has('key') && Object.keys(typed).length === 0 ? await receiptOf(locals.db, key) : null;
  const reviewing = url.searchParams.get('step') === 'review' && reading.ok;

  return htmlOnly({
    type,
    key,
    typed: Object.keys(typed).length > 0 ? typed : usual,
    sent,
    safe: url.searchParams.get('safe') ?? '',
    about: String(typed['about'] ?? url.searchParams.get('about') ?? ''),
    ...today(),
    accounts: await accountsFor(event, type),
    attachments: await listUnsent(locals.db, locals.actor, key),
    review: reviewing ? { ...reading.answers, ...reading.contact, description: reading.description } : null
  });
};

export const actions: Actions = {
  /** Keeps what was typed, says what is wrong with it, or goes on to the review. */
  review: async (event) => {
    const step = await filledIn(event);
    if (!('reading' in step)) return step;
    redirect(303, `?key=${step.key}&step=review&safe=${step.safe}`);
  },
  /** Sends it. What was typed comes from the form or, from the review page, from the draft. */
  send: async (event) => {
    const posted = await postedIn(event);
    // The review page sends only its key. Clicked a second time, the draft is gone and the receipt is there.
    if (Object.keys(posted.typed).length === 0) await showReceipt(event, posted.key);
    const outcome = await keptUnlessSent(posted, async () => {
      const step = await judged(event, posted);
      return 'reading' in step ? send(event, step) : step;
    });
    return 'sent' in outcome ? toReceipt(outcome.sent) : outcome;
  },
  /** The same form was sent before with other words, and this is meant as another request. */
  another: async (event) => {
    const posted = await postedIn(event);
    const next = nextKey(posted.form);
    if (Object.keys(posted.typed).length === 0) await showReceipt(event, next);
    await posted.keep();
    const step = await judged(event, posted);
    if (!('reading' in step)) return step;
    const outcome = await send(event, step, next);
    return 'sent' in outcome ? toReceipt(outcome.sent) : outcome;
  },
  /** … or it is meant to be added to the first. */
  append: async (event) => {
    const step = await filledIn(event);
    if (!('reading' in step)) return step;
    if (!isCustomer(event.locals.actor)) return signInFirst(event, step.key);
    const first = textIn(step.form, 'first');
    const { key, reading, typed } = step;
    const said = { text: reading.description, attachments: attachmentsOf(typed) };
    const reply = { key: nextKey(step.form), form: key, ...said };
    await replyToRequest(event.locals.db, event.locals.actor, first, reply);
    redirect(303, `/requests/${first}`);
  }
};

async function postedIn(event: RequestEvent) {
  const form = await event.request.formData();
  const { type, team_id } = await typeAsked(event);
  const key = keyOf(form.get('key'));
  const typed = await typedSoFar(event, type, key, form);
  const keep = () => keepDraft(event.locals.db, event.locals.actor, { key, form: formName(type), typed });
  return { form, type, team_id, key, typed, safe: textIn(form, 'safe'), keep };
}

type Posted = Awaited<ReturnType<typeof postedIn>>;

/** Keeps, screens and judges what was posted. Gives back a failure for the page, or all that is needed to go on. */
async function filledIn(event: RequestEvent) {
  const posted = await postedIn(event);
  await posted.keep();
  return judged(event, posted);
}

/** What is being sent is kept as a draft wherever else it leads: to the safety page, to a problem, to an error. */
async function keptUnlessSent<Step extends object>({ keep }: Posted, goOn: () => Promise<Step>) {
  const step = await goOn().catch(async (thrown: unknown) => {
    // Where it leads stays true, also when it cannot be kept.
    await keep().catch((error: unknown) => log.warn('a draft could not be kept', { error }));
    throw thrown;
  });
  if (!('sent' in step)) await keep();
  return step;
}

async function judged(event: RequestEvent, posted: Posted) {
  const { form, type, key, typed, safe } = posted;
  const inbound = { texts: textsOf(type, typed), channel: 'form', back: event.url.pathname, key, safe };
  await safetyFirst(event, inbound);

  const way = gateHit(type, typed);
  if (way === 'emergency') await showSafety(event, inbound, { level: 'reported', hazard: 'gas' });
  if (way && way !== 'emergency') redirect(303, `/requests/new/${way.code}`);

  const reading = judge(type, typed, event);
  const account = await accountChosen(event, type, typed);
  const accountProblem = type.needs.account === 'required' && isCustomer(event.locals.actor) && !account;
  // Files that could not be taken: the shell says so in the words of the page. The others are here already.
  const attachmentProblem = textsIn(form, 'attachment_problem').join(' ') || undefined;
  if (reading.ok && !attachmentProblem && !accountProblem) return { ...posted, reading, account };

  return fail(422, {
    key,
    typed,
    safe,
    attachments: await listUnsent(event.locals.db, event.locals.actor, key),
    attachmentProblem,
    accountProblem: (reading.ok && !attachmentProblem) || undefined,
    problems: reading.ok ? undefined : reading.problems
  });
}

async function showReceipt({ locals }: RequestEvent, key: string) {
  const reference = await receiptOf(locals.db, key);
  if (reference) toReceipt(reference);
}

type Filled = Exclude<Awaited<ReturnType<typeof filledIn>>, { status: number }>;

/** The key that the answer to "is this something new?" goes under: its form carries it, so that two clicks are one. */
const nextKey = (form: FormData) => keyOf(form.get('next'));

async function send(event: RequestEvent, step: Filled, as = step.key) {
  const { type, team_id, key, typed, safe, reading, account } = step;
  const { db, actor, locale } = event.locals;
  if (!isCustomer(actor)) return signInFirst(event, key);
  try {
    const { reference } = await submitRequest(db, actor, {
      key: as,
      form: key,
      type,
      team: team_id,
      answers: reading.answers,
      contact: reading.contact,
      description: reading.description,
      account: account?.id ?? null,
      premises: account?.premises_id ?? null,
      attachments: attachmentsOf(typed),
      channel: 'web',
      locale,
      linkedTo: await followed(event, typed),
      now: new Date()
    });
    return { sent: reference };
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind !== 'conflict') throw refusal;
    return fail(409, { key, typed, safe, next: randomUUID(), first: String(refusal.values['reference']) });
  }
}

function toReceipt(reference: string): never {
  redirect(303, `/requests/${reference}/receipt`);
}

/** A visitor may fill everything in; to send it we must know who asks. The draft waits, also in another browser. */
function signInFirst({ url }: RequestEvent, key: string): never {
  const back = `${url.pathname}?key=${key}&step=review`;
  redirect(303, `/sign-in?next=${encodeURIComponent(back)}&draft=1`);
}

/** Drafts and uploads of somebody who is not signed in are known by a signed cookie. */
function rememberVisitor({ cookies, locals }: RequestEvent) {
  if (locals.person || visitorDigest(cookies.get(visitorCookie), config.secret)) return;
  cookies.set(visitorCookie, newVisitor(config.secret), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: 30 * 24 * 3600
  });
}
