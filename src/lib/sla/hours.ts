/** The hours that promises are counted in: the office's, and those of the clock on the wall. */
import { roundTheClock, type Calendar, type Stretch } from './calendar.ts';
import { closedDays, type ClosedDays } from './holidays.ts';

/** Which hours a promise counts: only those when people are at work, or all. */
export type Hours = 'working' | 'clock';

export type Calendars = Record<Hours, Calendar>;

/** When the utility works, as its configuration says. `officeHours` begins on Monday. */
export interface Office {
  timeZone: string;
  officeHours: readonly (readonly Stretch[])[];
  closedDays: ClosedDays;
}

/** The utility's calendars in its own zone. */
export const calendarsOf = ({ timeZone: zone, officeHours, closedDays: rules }: Office): Calendars => ({
  working: { zone, week: officeHours, holidays: closedDays(rules) },
  clock: roundTheClock(zone)
});
