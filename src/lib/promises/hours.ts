/** The hours that promises are counted in: the office's, and those of the clock on the wall. */
import { roundTheClock, type Calendar, type Stretch } from './calendar.ts';
import { holidays, type Jurisdiction } from './holidays.ts';

/** Which hours a promise counts: only those when people are at work, or all. */
export type Hours = 'working' | 'clock';

export type Calendars = Record<Hours, Calendar>;

/** The utility's calendars in its own zone. */
export const calendarsOf = (zone: string, jurisdiction: Jurisdiction): Calendars => ({
  working: { zone, week: officeWeek, holidays: holidays(jurisdiction, 2020, 2060) },
  clock: roundTheClock(zone)
});

const weekday: Stretch[] = [{ from: '08:00', to: '18:00' }];
const saturday: Stretch[] = [{ from: '09:00', to: '13:00' }];

const officeWeek = [weekday, weekday, weekday, weekday, weekday, saturday, []];
