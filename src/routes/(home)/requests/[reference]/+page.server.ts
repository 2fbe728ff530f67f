/** One request as its customer follows it, and what they can do about it. */
import { keyOf, textIn, textsIn } from '#lib/platform/posted.ts';
import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { isCustomer, type PersonActor } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { canCancel, canConfirm, canFollowUp, canReopen, canReply } from '#lib/requests/access.ts';
import { writePosition } from '#lib/requests/feed.ts';
import { listUnsent } from '#lib/requests/server/attachments/listing.ts';
import { keepDraft, findDraft } from '#lib/requests/server/drafts.ts';
import type { RequestRow } from '#lib/requests/server/finding.ts';
import { followRequest } from '#lib/requests/server/following.ts';
import { hub } from '#lib/requests/server/live.ts';
import { cancelRequest, confirmRequest, reopenRequest } from '#lib/requests/server/moving.ts';
import { replyToRequest } from '#lib/requests/server/talking.ts';
import { dayAt, stepsOf, tellPlace, tellPromises, tellStatus } from '#lib/requests/telling.ts';
import { safetyFirst } from '../../../safety-first.ts';
import type { Answers } from '#lib/requests/form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { db, actor, locale, t } }) => {
  const position = writePosition(hub.position());
  const followed = await followRequest(db, actor, params.reference);
  const { request, definition, timeline, promises, attachments, linked, survivor, before } = followed;
  const now = new Date();
  const today = dayAt(now, config.timeZone);
  const key = keyOf(url.searchParams.get('key'));
  const draft = url.searchParams.has('key') ? await findDraft(db, key) : null;

  return htmlOnly({
    position,
    key,
    safe: url.searchParams.get('safe') ?? '',
    typed: typeof draft?.typed['text'] === 'string' ? draft.typed['text'] : '',
    unsent: url.searchParams.has('key') ? await listUnsent(db, actor, key) : [],
    request: {
      reference: request.reference,
      status: request.status,
      submitted_at: request.submitted_at,
      resolved_at: request.resolved_at,
      closed_at: request.closed_at,
      agent: request.agent_name,
      team: request.team_name,
      account: request.account_number,
      premises: request.premises_line,
      private: request.private,
      description: request.description,
      answers: answersOf(request)
    },
    definition,
    timeline: timeline.map(({ actor_id, ...entry }) => ({
      ...entry,
      own: actor.kind === 'person' && actor_id === actor.id
    })),
    promises: tellPromises(promises, t, config.timeZone, now),
    attachments,
    linked,
    survivor,
    told: tellStatus(request, t, config.timeZone, now),
    place: tellPlace(before, t),
    steps: stepsOf(request, t),
    type: definition.name[locale],
    may: {
      reply: canReply(actor, request, now),
      followUp: canFollowUp(actor, request, now),
      cancel: canCancel(actor, request, today),
      reopen: canReopen(actor, request, now),
      confirm: canConfirm(actor, request)
    }
  });
};

export const actions: Actions = {
  reply: async (event) => {
    const form = await event.request.formData();
    const { key, text, safe, attachments } = replyIn(form);
    const { db, actor, t } = event.locals;
    await keepDraft(db, actor, { key, form: `reply:${event.params.reference}`, typed: { text } });
    await safetyFirst(event, { texts: [text], channel: 'message', back: event.url.pathname, key, safe });

    // Files that could not be taken: the shell says so in the words of the page. The others are here already.
    const attachmentProblem = textsIn(form, 'attachment_problem').join(' ') || undefined;
    const unsent = await listUnsent(db, actor, key);
    const again = { key, text, safe, unsent, attachmentProblem };
    const problem = problemWith(text);
    if (problem || attachmentProblem) return fail(422, { ...again, problem });
    try {
      await replyToRequest(db, customer(actor), event.params.reference, { key, text, attachments });
    } catch (refusal) {
      if (refusal instanceof Refusal && refusal.kind === 'forbidden') {
        return fail(409, { ...again, refusal: t(refusal.words, refusal.values) });
      }
      // Its key was used for another message: with one of its own it can be sent again.
      if (refusal instanceof Refusal && refusal.kind === 'conflict') {
        return fail(409, { ...again, key: randomUUID(), refusal: t(refusal.words, refusal.values) });
      }
      throw refusal;
    }
    redirect(303, `${event.url.pathname}#end`);
  },
  cancel: (event) =>
    act(event, (actor) =>
      cancelRequest(event.locals.db, actor, event.params.reference, {
        today: dayAt(new Date(), config.timeZone)
      })
    ),
  reopen: (event) => act(event, (actor) => reopenRequest(event.locals.db, actor, event.params.reference)),
  confirm: (event) => act(event, (actor) => confirmRequest(event.locals.db, actor, event.params.reference))
};

/** A second click finds the thing done: that is shown as a sentence over the page, with nothing lost. */
async function act(event: RequestEvent, command: (actor: PersonActor) => Promise<unknown>) {
  try {
    await command(customer(event.locals.actor));
  } catch (refusal) {
    if (refusal instanceof Refusal && (refusal.kind === 'forbidden' || refusal.kind === 'conflict')) {
      return fail(409, { refusal: event.locals.t(refusal.words, refusal.values) });
    }
    throw refusal;
  }
  redirect(303, event.url.pathname);
}

/** Everything that was answered, as the form had it. */
function answersOf({ answers, contact, description }: RequestRow): Answers {
  // submitRequest is the only writer of both columns.
  return { ...(answers as Answers), ...(contact as Answers), description };
}

const customer = (actor: App.Locals['actor']): PersonActor =>
  isCustomer(actor) ? actor : refuse('missing', 'requests.not_found');

function problemWith(text: string): 'requests.reply_empty' | 'requests.reply_too_long' | undefined {
  if (text.trim() === '') return 'requests.reply_empty';
  return text.length > 10_000 ? 'requests.reply_too_long' : undefined;
}

function replyIn(form: FormData) {
  const text = form.get('text');
  return {
    key: keyOf(form.get('key')),
    text: typeof text === 'string' ? text.replace(/\r\n?/g, '\n') : '',
    safe: textIn(form, 'safe'),
    attachments: form.getAll('attachment').filter((id) => typeof id === 'string')
  };
}
