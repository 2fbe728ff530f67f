/** What is known here of a line of the chat: what was said before, and what its record carries. */
import { currentConversation, lastSaid } from '#lib/chat/server/queries.ts';
import type { Stored, Told } from '#lib/forms/server/told-by-route.ts';
import { keepMessage, messageIn } from './messages.ts';
import type { RequestEvent } from './$types';

export async function inbound(event: RequestEvent, form: FormData): Promise<Told> {
  const conversation = await currentConversation(event.locals.db, event.locals.actor);
  return {
    channel: 'chat',
    request: conversation?.request_id ?? null,
    ...(form.has('text') && { keep: () => keepMessage(event, messageIn(form)) })
  };
}

export async function stored({ locals: { db, actor } }: RequestEvent, form: FormData): Promise<Stored> {
  const conversation = form.has('text') ? await currentConversation(db, actor) : null;
  const last = conversation && (await lastSaid(db, conversation));
  return { texts: last ? [last] : [], heard: true };
}
