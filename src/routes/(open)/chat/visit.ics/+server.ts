/** The visit that somebody without an account has booked, to be put into a calendar. */
import { currentConversation } from '#lib/chat/server/queries.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { sendVisit } from '../../../visit-calendar.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  const { db, actor } = locals;
  const conversation = isStaff(actor) ? null : await currentConversation(db, actor);
  if (!conversation?.reference) refuse('missing', 'visits.no_visit');
  return sendVisit(locals, await getRequest(db, actor, conversation.reference));
};
