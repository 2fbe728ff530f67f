/** The hours of the office, from the utility's calendar: no database is asked, for this page stands without one. */
import { htmlOnly } from '#lib/platform/html-only.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { config } from '#lib/platform/server/config.ts';
import { calendarsOf } from '#lib/sla/hours.ts';
import { nextClosedDay, openingLines } from '#lib/sla/open-hours.ts';

const { working } = calendarsOf(config);

export const load = () =>
  htmlOnly({
    address: config.officeAddress,
    opening: openingLines(working.week),
    closedOn: nextClosedDay(working, todayAt(config.timeZone))
  });
