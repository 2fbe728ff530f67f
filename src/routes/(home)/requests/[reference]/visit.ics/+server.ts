/** The visit of a request, to be put into a calendar. */
import { isCustomer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { sendVisit } from '../../../../visit-calendar.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const { db, actor } = locals;
  if (!isCustomer(actor)) refuse('missing', 'requests.not_found');
  return sendVisit(locals, await getRequest(db, actor, params.reference));
};
