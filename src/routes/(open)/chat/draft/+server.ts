/** Keeps a message while it is being typed. */
import { isStaff } from '#lib/platform/actor.ts';
import { isBlank } from '#lib/platform/cleaning.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { currentConversation } from '#lib/chat/server/queries.ts';
import { noteTyping } from '#lib/chat/server/typing.ts';
import { keepTyping } from '#lib/forms/server/autosave.ts';
import { keepMessage, messageIn } from '../messages.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  if (isStaff(event.locals.actor)) refuse('missing', 'errors.missing');
  rememberVisitor(event);
  const message = messageIn(await event.request.formData());
  const { db, actor } = event.locals;
  return keepTyping(async () => {
    await noteTyping(db, await currentConversation(db, actor), !isBlank(message.text));
    return keepMessage(event, message);
  });
};
