/** A run on paper: a driver takes it along. */
import { isDay } from '#lib/platform/dates.ts';
import { linesOfRun, stopsOfDay } from '#lib/orders/server/runs.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor, locale } }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const asked = url.searchParams.get('day') ?? '';
  const day = isDay(asked) ? asked : dayAt(new Date(), config.timeZone);
  const stops = await stopsOfDay(db, actor, { day, area: url.searchParams.get('area') });
  const lines = await linesOfRun(
    db,
    stops.map(({ id }) => id),
    locale
  );
  return {
    day,
    stops: stops.map((stop) => ({
      ...{ reference: stop.reference, area_name: stop.area_name, skill: stop.skill, holder: stop.holder },
      ...{ from_time: stop.from_time, to_time: stop.to_time, phone: stop.phone, hazards: stop.hazards },
      first_cylinder: stop.first_cylinder,
      ...{ first: stop.comes_first, wants: stop.care.wants },
      ...{ line: stop.line, town: stop.town, postcode: stop.postcode, notes: stop.access_notes },
      ...{ due: BigInt(stop.total) - BigInt(stop.paid), currency: stop.currency },
      lines: lines.filter(({ order_id }) => order_id === stop.id)
    }))
  };
};
