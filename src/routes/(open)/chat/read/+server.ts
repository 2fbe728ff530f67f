/** Says how far a customer has read in the chat: an open page tells it when something new is in front of them. */
import { isCustomer, isStaff } from '#lib/platform/actor.ts';
import { numberIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { currentConversation } from '#lib/chat/server/queries.ts';
import { noteReadInChat } from '#lib/chat/server/reading.ts';
import { noteRead } from '#lib/requests/server/read-positions.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals: { db, actor }, request }) => {
  if (isStaff(actor)) refuse('missing', 'errors.missing');
  const number = Math.max(0, Math.min(numberIn(await request.formData(), 'number'), mostEvents));
  const conversation = await currentConversation(db, actor);
  if (conversation?.request_id && number > 0) {
    await noteReadInChat(db, conversation, number);
    if (isCustomer(actor)) await noteRead(db, conversation.request_id, number);
  }
  return new Response(null, { status: 204 });
};

/** More than any timeline has, and a number that the database takes. */
const mostEvents = 1_000_000;
