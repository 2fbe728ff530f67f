/** The visit of a request, to be put into a calendar. */
import { isCustomer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { latestVisit } from '#lib/requests/server/visits.ts';
import { writeCalendar } from '#lib/visits/server/calendar.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { db, actor, t }, params }) => {
  if (!isCustomer(actor)) refuse('missing', 'requests.not_found');
  const request = await getRequest(db, actor, params.reference);
  const visit = (await latestVisit(db, request.id, config.timeZone)) ?? refuse('missing', 'visits.no_visit');
  return new Response(writeCalendar(t, [visit], config, { method: 'publish' }), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="visit-${request.reference}.ics"`,
      'cache-control': 'no-store'
    }
  });
};
