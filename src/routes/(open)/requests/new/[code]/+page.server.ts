/** Asking: fill in, attach, review, send. Every step is a plain form post, and all that was typed is kept on the way. */
import { keyOf, textIn, textsIn } from '#lib/platform/posted.ts';
import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { isCustomer, isStaff } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { withNext } from '#lib/people/landing.ts';
import { gateHit } from '#lib/forms/form.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { keepDraft, type DraftTyped } from '#lib/forms/server/drafts.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { receiptOf } from '#lib/requests/server/submit.ts';
import { showSafety } from '#lib/emergencies/server/inbound.ts';
import {
  accountIn,
  accountsFor,
  attachmentsOf,
  beginsWith,
  bringsAnswers,
  formName,
  judge,
  supplyOf,
  textsOf,
  today,
  typeAsked,
  typedSoFar
} from './form-page.ts';
import { answer } from '../../../../form-action.ts';
import { leadToDoing } from './done-here.ts';
import { leadElsewhere } from './elsewhere.ts';
import { besideBegun, leadToBegun, withChat } from './from-chat.ts';
import { moreThanHeld } from './held.ts';
import { addToFirst, receipt, send, timeline } from './submit.ts';
import { subjectOf } from './subject.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { seasonAhead } from './season-ahead.ts';
import { signInFirst } from './visitor.ts';
import { chosenOf, saidOf, whoseProblems } from './whose.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { url, locals } = event;
  if (isStaff(locals.actor))
    redirect(303, `/desk/requests/new?type=${encodeURIComponent(event.params.code)}`);
  rememberVisitor(event);
  await leadToDoing(event);
  const instead = event.request.method === 'GET' ? await seasonAhead(event, config) : [];

  const { type } = await typeAsked(event);
  if (event.request.method === 'GET') await leadToBegun(event, type, url);
  const key = keyOf(url.searchParams.get('key'));
  const kept = await typedSoFar(event, type, key);
  const { typed, isFromChat, offered } = isEmpty(kept)
    ? await withChat(event, type, { url, begun: await beginsWith(event, type, url) })
    : await besideBegun(event, type, { url, begun: kept });
  const attachments = await listUnsent(locals.db, locals.actor, key);
  const reading = judge(type, kept, event);
  const nothing = url.searchParams.has('key') && isEmpty(kept);
  // Back from the receipt, the draft is gone: what it became is shown, not an empty form.
  const sent = nothing ? await receiptOf(locals.db, key) : null;
  const accounts = await accountsFor(event, type);
  const missing = whoseProblems(type, locals.actor, accounts, kept);
  const asksForReview = url.searchParams.get('step') === 'review';
  // What was kept under this key may be of somebody whose session has ended since.
  const hidden = nothing && !locals.person && attachments.length === 0 && !url.searchParams.has('safe');
  if (hidden && asksForReview) signInFirst(url, key);

  return htmlOnly({
    type,
    instead,
    // What is typed now must not take the place of what is hidden.
    key: hidden ? randomUUID() : key,
    signIn: hidden ? withNext('/sign-in', `${url.pathname}?key=${key}`) : null,
    typed,
    isFromChat,
    offered,
    subject: (await subjectOf(event, typed))?.about ?? null,
    sent,
    safe: url.searchParams.get('safe') ?? '',
    about: String(typed['about'] ?? url.searchParams.get('about') ?? ''),
    ...today(),
    accounts,
    attachments,
    // Signed in since, it turned out that no account of theirs is connected: said here, and not after the last look.
    whose: asksForReview && reading.ok ? missing : {},
    unsent: url.searchParams.has('unsent'),
    review:
      asksForReview && reading.ok && Object.keys(missing).length === 0
        ? {
            answers: { ...reading.answers, ...reading.contact, description: reading.description },
            // Also where there was only one to choose: which home it is for is worth a last look.
            account: chosenOf(accounts, typed),
            said: saidOf(accounts, typed),
            // Without the files whose tick was taken away.
            attachments: attachments.filter(({ id }) => attachmentsOf(typed).includes(id))
          }
        : null
  });
};

export const actions: Actions = {
  /** Keeps what was typed, says what is wrong with it, or goes on to the review. */
  review: async (event) => {
    const posted = await postedIn(event);
    return answered(event, posted, async ({ key, safe }) => {
      await posted.keep();
      return `?${new URLSearchParams({ key, step: 'review', safe })}`;
    });
  },
  /** Sends it. What was typed comes from the form or, from the review page, from the draft. */
  send: async (event) => {
    const posted = await postedIn(event);
    await unlessSent(event, posted, posted.key, receipt);
    return answered(
      event,
      posted,
      asThem(event, (filled) => send(event, filled, posted.key))
    );
  },
  /** The same form was sent before with other words, and this is meant as another request. */
  another: async (event) => {
    const posted = await postedIn(event);
    await unlessSent(event, posted, posted.next, receipt);
    return answered(
      event,
      posted,
      asThem(event, (filled) => send(event, filled, posted.next))
    );
  },
  /** … or it is meant to be added to the first. */
  append: async (event) => {
    const posted = await postedIn(event);
    await unlessSent(event, posted, posted.next, timeline);
    return answered(
      event,
      posted,
      asThem(event, (filled) => addToFirst(event, filled))
    );
  }
};

async function postedIn(event: RequestEvent) {
  rememberVisitor(event);
  const form = await event.request.formData();
  const { type, team_id } = await typeAsked(event);
  const key = keyOf(form.get('key'));
  const typed = await typedSoFar(event, type, key, form);
  const keep = () => keepDraft(event.locals.db, event.locals.actor, { key, form: formName(type), typed });
  return {
    form,
    type,
    team_id,
    key,
    /** The key that the answer to "is this something new?" goes under: its form carries it, so that two clicks are one. */
    next: keyOf(form.get('next')),
    typed,
    safe: textIn(form, 'safe'),
    /** Sent from the review page, which brings no answers, when there is no draft to take them from. */
    empty: isEmpty(typed) && !bringsAnswers(type, form),
    keep
  };
}

type Posted = Awaited<ReturnType<typeof postedIn>>;

/** Where nothing is left to send, it was sent under `as` by the first of two clicks, or we do not know whose it is. */
async function unlessSent(
  event: RequestEvent,
  { empty, key }: Posted,
  as: string,
  place: (reference: string) => string
) {
  if (!empty) return;
  const reference = await receiptOf(event.locals.db, as);
  if (reference) redirect(303, place(reference));
  if (!event.locals.person) signInFirst(event.url, key);
}

/** Goes on with what is all right; what is not is shown again, and kept wherever that leads. */
function answered<Step extends string | object>(
  event: RequestEvent,
  posted: Posted,
  goOn: (filled: Filled) => Promise<Step>
) {
  const { db, actor, t } = event.locals;
  const { key, typed, safe, keep } = posted;
  const step = async () => {
    const judging = await judged(event, posted);
    return 'reading' in judging ? goOn(judging) : judging;
  };
  const told = async (refusal: string) => ({
    ...{ key, typed, safe, refusal },
    attachments: await listUnsent(db, actor, key)
  });
  return answer(t, step, told, { keep });
}

/** A visitor signs in first. */
const asThem =
  <Step>(event: RequestEvent, goOn: (filled: Filled) => Promise<Step>) =>
  (filled: Filled) =>
    isCustomer(event.locals.actor) ? goOn(filled) : signInFirst(event.url, filled.key);

/** Judges what was posted. Gives back a failure for the page, or all that is needed to go on. */
async function judged(event: RequestEvent, posted: Posted) {
  const { form, type, key, typed, safe } = posted;
  const way = gateHit(type, typed);
  if (way === 'emergency') await toldOfDanger(event, posted);
  if (way && way !== 'emergency') await leadElsewhere(event, way.code, { key, typed });

  const reading = judge(type, typed, event);
  const accounts = await accountsFor(event, type);
  const whose = whoseProblems(type, event.locals.actor, accounts, typed);
  // Files that could not be taken: the shell says so in the words of the page. The others are here already.
  const attachmentProblem = textsIn(form, 'attachment_problem').join(' ') || undefined;
  const account = chosenOf(accounts, typed);
  const tooMany = await moreThanHeld(event.locals, type.code, reading, account);
  const isWell = Object.keys({ ...whose, ...tooMany }).length === 0;
  if (reading.ok && !attachmentProblem && isWell)
    return { ...posted, reading, account, said: saidOf(accounts, typed) };

  return fail(422, {
    key,
    typed,
    safe,
    attachments: await listUnsent(event.locals.db, event.locals.actor, key),
    attachmentProblem,
    whose,
    problems: reading.ok ? tooMany : reading.problems
  });
}

/** An answer of the form says by itself that there is danger. */
const toldOfDanger = (event: RequestEvent, { type, typed, key }: Posted) =>
  showSafety(
    event,
    {
      ...{ texts: textsOf(type, typed), channel: 'form', back: event.url.pathname, key },
      account: accountIn(typed),
      supply: supplyOf(type)
    },
    { level: 'reported', hazard: 'gas' }
  );

/** What was posted and is all right. */
export type Filled = Extract<Awaited<ReturnType<typeof judged>>, { reading: unknown }>;

const isEmpty = (typed: DraftTyped) => Object.keys(typed).length === 0;
