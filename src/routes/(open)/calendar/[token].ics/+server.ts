/** A customer's visits for their calendar program, which does not sign in: whoever knows the address may read it. */
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { readCalendar } from '#lib/visits/server/addresses.ts';
import { writeCalendar } from '#lib/visits/server/calendar.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { db }, params }) => {
  const read = await readCalendar(db, params.token, config.timeZone);
  const { locale, visits } = read ?? refuse('missing', 'errors.missing');
  return new Response(writeCalendar(wordsFor(locale), visits, config, { method: 'publish' }), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex'
    }
  });
};
