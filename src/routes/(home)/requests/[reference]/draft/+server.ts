/** Keeps a reply while it is being typed. */
import { canFollowUp, canReply } from '#lib/requests/access.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { keepTyping } from '#lib/forms/server/autosave.ts';
import { customer, keepReply, replyIn } from '../reply.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { db, actor } = event.locals;
  const request = await getRequest(db, customer(actor), event.params.reference);
  const now = new Date();
  // Where it has ended, what is written goes on in a new one.
  if (!canReply(actor, request, now) && !canFollowUp(actor, request, now))
    refuse('missing', 'requests.not_found');

  const reply = replyIn(await event.request.formData());
  return keepTyping(() => keepReply(event, reply));
};
