/** A customer's reply: kept until it is sent, and never lost by a refusal. */
import { fail, type RequestEvent } from '@sveltejs/kit';
import { isCustomer, type PersonActor } from '#lib/platform/actor.ts';
import { isBlank, lengthOf } from '#lib/platform/cleaning.ts';
import { keyOf, textIn, textsIn } from '#lib/platform/posted.ts';
import { refuse, type Refusal } from '#lib/platform/refusal.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { goOnAfter, keepDraft, replyForm } from '#lib/forms/server/drafts.ts';
import { replyToRequest } from '#lib/requests/server/messages.ts';
import { mostOfMessage } from '#lib/forms/typed.ts';
import { answer } from '../../../form-action.ts';

/** What is needed here of a request to the page or to its draft. */
interface Event extends Pick<RequestEvent, 'locals' | 'url'> {
  params: { reference: string };
}

interface Reply {
  key: string;
  text: string;
  safe: string;
  attachments: string[];
  attachmentProblem: string | undefined;
}

export const replyIn = (form: FormData): Reply => ({
  key: keyOf(form.get('key')),
  text: textIn(form, 'text'),
  safe: textIn(form, 'safe'),
  attachments: textsIn(form, 'attachment'),
  // Files that could not be taken: the shell says so in the words of the page. The others are here already.
  attachmentProblem: textsIn(form, 'attachment_problem').join(' ') || undefined
});

export const keepReply = ({ locals, params }: Event, { key, text }: Reply) =>
  keepDraft(locals.db, locals.actor, { key, form: replyForm(params.reference), typed: { text } });

/** Sends it and goes back to the end of the page, or gives back what that needs to show it again. */
export function sendReply(event: Event, reply: Reply) {
  const { db, actor, t } = event.locals;
  let { key } = reply;
  const again = async (why: { problem?: Problem; refusal?: string }) => ({
    ...{ ...reply, ...why, key },
    unsent: await listUnsent(db, actor, key)
  });
  const send = async () => {
    const problem = problemWith(reply.text);
    if (problem || reply.attachmentProblem) return fail(422, await again(problem ? { problem } : {}));
    await replyToRequest(db, customer(actor), event.params.reference, reply);
    return `${event.url.pathname}#end`;
  };
  const told = async (refusal: string, { kind }: Refusal) => {
    // Its key was used for another message: under one of its own it can be sent again, with its files.
    if (kind === 'conflict') key = await goOnAfter(db, key, reply.text);
    return again({ refusal });
  };
  return answer(t, send, told, { keep: () => keepReply(event, { ...reply, key }) });
}

type Problem = 'requests.reply_empty' | 'requests.reply_too_long';

function problemWith(text: string): Problem | undefined {
  if (isBlank(text)) return 'requests.reply_empty';
  return lengthOf(text) > mostOfMessage ? 'requests.reply_too_long' : undefined;
}

export const customer = (actor: App.Locals['actor']): PersonActor =>
  isCustomer(actor) ? actor : refuse('missing', 'requests.not_found');
