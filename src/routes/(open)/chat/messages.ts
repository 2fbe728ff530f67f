/** A message in the chat: read for danger first, then kept, then answered by the assistant or given to our people. */
import { fail, type RequestEvent } from '@sveltejs/kit';
import { isCustomer, isStaff, type Actor, type Customer, type VisitorActor } from '#lib/platform/actor.ts';
import { isBlank, lengthOf } from '#lib/platform/cleaning.ts';
import { keyOf, textIn, textsIn } from '#lib/platform/posted.ts';
import { refuse, type Refusal } from '#lib/platform/refusal.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { concludeAnswer, isUnjudged } from '#lib/chat/server/answered.ts';
import { answerTo, passingOn } from '#lib/chat/server/answering.ts';
import { openConversation, takeTurn } from '#lib/chat/server/commands.ts';
import { handOver, type Caller } from '#lib/chat/server/hand-over.ts';
import { noteTyping } from '#lib/chat/server/typing.ts';
import { currentConversation, linesOf, type Conversation } from '#lib/chat/server/queries.ts';
import { chosenIn, mostOfLine, type Way } from '#lib/chat/turn.ts';
import { notThat } from '#lib/help/bot.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { forgetDraft, goOnAfter, keepDraft } from '#lib/forms/server/drafts.ts';
import { replyToRequest } from '#lib/requests/server/messages.ts';
import { answer } from '../../form-action.ts';

type Event = Pick<RequestEvent, 'locals' | 'cookies' | 'getClientAddress'>;

export interface Message {
  key: string;
  text: string;
  safe: string;
  /** What was chosen of what the assistant offered. */
  topic: string;
  attachments: string[];
  attachmentProblem?: string | undefined;
  /** They have asked for a person with it: the assistant is not asked. */
  forPerson?: boolean;
}

export const messageIn = (form: FormData): Message => ({
  key: keyOf(form.get('key')),
  text: textIn(form, 'text'),
  safe: textIn(form, 'safe'),
  topic: textIn(form, 'topic'),
  attachments: textsIn(form, 'attachment'),
  // Files that could not be taken: the shell says so in the words of the page. The others are here already.
  attachmentProblem: textsIn(form, 'attachment_problem').join(' ') || undefined
});

export const keepMessage = ({ locals }: Event, { key, text }: Message) =>
  keepDraft(locals.db, locals.actor, { key, form: 'chat', typed: { text } });

/** Sends a message and goes on, or gives back what the page needs to show it again. */
export function sendMessage(event: Event, message: Message, next = async () => '/chat#end') {
  const { db, actor, t } = event.locals;
  if (isStaff(actor)) refuse('missing', 'errors.missing');
  rememberVisitor(event);
  let { key } = message;
  let isSent = false;
  const again = async (why: { problem?: Problem | undefined; refusal?: string }) => {
    const unsent = await listUnsent(db, actor, key);
    return { ...message, problem: undefined, refusal: undefined, ...why, key, unsent };
  };
  const send = async () => {
    const choice = await chosen(event, message.topic);
    const text = choice?.label ?? message.text;
    const problem = problemWith(text);
    if (problem || message.attachmentProblem) return fail(422, await again({ problem }));
    await say(event, { ...message, text }, choice?.topic ?? '');
    isSent = true;
    return next();
  };
  const told = async (refusal: string, { kind }: Refusal) => {
    // Its key was used for other words: under one of its own it can be sent again.
    if (kind === 'conflict' && !isSent) key = await goOnAfter(db, key, message.text);
    return again({ refusal });
  };
  return answer(t, send, told, { keep: async () => isSent || keepMessage(event, { ...message, key }) });
}

/** To the people who have taken over, or to the assistant. */
async function say(event: Event, { key, text, safe, forPerson, attachments }: Message, topic: string) {
  const { db, actor, locale, t } = event.locals;
  const conversation = await openConversation(db, asker(actor), locale);
  const { reference } = conversation;
  if (reference) {
    await replyToRequest(db, asker(actor), reference, { key, text, attachments });
    return noteTyping(db, conversation, false);
  }
  const lines = await linesOf(db, conversation.id);
  // Danger was heard in it and they said that they are safe: what is left of it is nothing to guess at.
  const answered =
    forPerson || safe !== ''
      ? passingOn(t)
      : await answerTo(db, actor, { text, topic: topic || null, lines }, t);
  const isForPerson = await takeTurn(db, conversation, { key, text, answer: answered });
  await forgetDraft(db, key);
  if (isForPerson) await toPerson(event, conversation);
}

/** Of what was offered, only what still is can be chosen; its label stands for what was said. */
async function chosen({ locals: { db, actor, t } }: Event, topic: string): Promise<Way | null | undefined> {
  const conversation = topic === '' ? null : await currentConversation(db, actor);
  if (!conversation) return null;
  if (topic === notThat)
    return (await isUnjudged(db, conversation.id)) ? { label: t('chat.not_that'), topic } : null;
  return chosenIn(await linesOf(db, conversation.id), topic);
}

/** A person takes over at once from a customer. A visitor is asked who they are first, and can always call. */
export async function toPerson({ locals }: Event, conversation: Conversation, caller?: Caller) {
  const { db, actor, locale, t } = locals;
  await concludeAnswer(db, conversation.id, 'person');
  if (!isCustomer(actor) && !caller) return;
  const asked = { locale, wish: t('chat.person_wish'), now: new Date(), ...(caller && { caller }) };
  await handOver(db, asker(actor), conversation, asked);
}

export const asker = (actor: Actor): Customer | VisitorActor =>
  isCustomer(actor) || actor.kind === 'visitor' ? actor : refuse('missing', 'errors.missing');

type Problem = 'chat.empty' | 'chat.too_long';

function problemWith(text: string): Problem | undefined {
  if (isBlank(text)) return 'chat.empty';
  return lengthOf(text) > mostOfLine ? 'chat.too_long' : undefined;
}
