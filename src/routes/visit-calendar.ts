/** The visit of a request as a file for a calendar. */
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { latestVisit } from '#lib/visits/server/booking.ts';
import { writeCalendar } from '#lib/visits/server/calendar.ts';

export async function sendVisit(
  { db, t }: Pick<App.Locals, 'db' | 't'>,
  { id, reference }: { id: string; reference: string }
) {
  const visit = (await latestVisit(db, id, config.timeZone)) ?? refuse('missing', 'visits.no_visit');
  return new Response(writeCalendar(t, [visit], config, { method: 'publish' }), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="visit-${reference}.ics"`,
      'cache-control': 'no-store'
    }
  });
}
