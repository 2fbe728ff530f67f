/** The chat: with the assistant first, with a person whenever one is wanted. Works as a page that posts. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { isCustomer, isStaff, type Customer } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isBlank } from '#lib/platform/cleaning.ts';
import { keyOf, numberIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { writePosition } from '#lib/events/position.ts';
import { isAtWork } from '#lib/chat/server/office.ts';
import { endConversation, openConversation } from '#lib/chat/server/commands.ts';
import { chatsBefore, currentConversation, linesOf } from '#lib/chat/server/queries.ts';
import { findDraft, textOfReply } from '#lib/forms/server/drafts.ts';
import { beginLearning } from '#lib/help/server/teaching.ts';
import { canReply } from '#lib/requests/access.ts';
import { followRequest } from '#lib/requests/server/customer-queries.ts';
import { hub } from '#lib/requests/server/live.ts';
import { noteRead } from '#lib/requests/server/read-positions.ts';
import { isEnded } from '#lib/requests/status.ts';
import { tellPlace, tellStatus } from '#lib/requests/status-text.ts';
import { isLookedAt } from '../../looking.ts';
import { messageIn, sendMessage, toPerson } from './saying.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db, actor } = event.locals;
  if (isStaff(actor)) redirect(303, '/desk');
  const { searchParams } = event.url;
  const position = writePosition(hub.position());
  const key = keyOf(searchParams.get('key'));
  const draft = searchParams.has('key') ? await findDraft(db, key) : null;
  const conversation = await currentConversation(db, actor);
  if (!conversation?.request_id) beginLearning(db);
  return htmlOnly({
    position,
    key,
    nextKey: keyOf(null),
    safe: searchParams.get('safe') ?? '',
    typed: draft?.form === 'chat' ? textOfReply(draft.typed) : '',
    open: isAtWork(new Date()),
    ended: searchParams.has('ended'),
    begun: conversation !== null,
    wishes: searchParams.has('person'),
    lines: conversation && !conversation.request_id ? await linesOf(db, conversation.id) : [],
    talk:
      conversation?.reference && isCustomer(actor) ? await talk(event, actor, conversation.reference) : null
  });
};

/** What is said with our people: the timeline of the request that the conversation has become. */
async function talk({ request: asked, locals: { db, t } }: RequestEvent, actor: Customer, reference: string) {
  const { request, timeline, attachments } = await followRequest(db, actor, reference, null);
  const now = new Date();
  const last = timeline.at(-1)?.number ?? 0;
  const waits = request.agent_name === null && !isEnded(request.status);
  if (isLookedAt(asked)) await noteRead(db, actor, request.id, last);
  return {
    reference: request.reference,
    description: request.description,
    timeline: timeline.map(({ actor_id, ...entry }) => ({ ...entry, own: actor_id === actor.id })),
    attachments,
    agent: request.agent_name,
    waits,
    told: tellStatus(request, t, config.timeZone, now),
    place: waits ? tellPlace(await chatsBefore(db, request.id), t) : null,
    concluded: isEnded(request.status),
    mayReply: canReply(actor, request, now)
  };
}

export const actions: Actions = {
  say: async (event) => {
    const step = await sendMessage(event, messageIn(await event.request.formData()));
    return 'sent' in step ? redirect(303, '/chat#end') : step;
  },
  person: async (event) => {
    customerOrVisitor(event);
    rememberVisitor(event);
    const message = messageIn(await event.request.formData());
    // What they have begun to write goes first, read for danger like everything else.
    const step = isBlank(message.text) ? null : await sendMessage(event, message);
    if (step && !('sent' in step)) return step;
    const { db, actor, locale } = event.locals;
    if (!isCustomer(actor)) redirect(303, '/chat?person#end');
    await toPerson(event, await openConversation(db, actor, locale));
    redirect(303, '/chat#end');
  },
  end: async (event) => {
    const { db, actor } = customerOrVisitor(event);
    const rating = numberIn(await event.request.formData(), 'rating');
    const conversation = await currentConversation(db, actor);
    if (conversation) await endConversation(db, conversation, rating >= 1 && rating <= 5 ? rating : null);
    redirect(303, '/chat?ended');
  }
};

const customerOrVisitor = ({ locals }: RequestEvent) =>
  isStaff(locals.actor) ? refuse('missing', 'errors.missing') : locals;
