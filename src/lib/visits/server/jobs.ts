/** What is done later for visits: reminders, and owning up to those that nobody came to. */
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import { missVisits, remindVisits, type Place } from './reminding.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Reminds whoever is visited tomorrow. */
    'visits.remind': Nothing;
    /** Owns up to visits that nobody came to, and to what is owed for them. */
    'visits.miss': Nothing;
  }
}

export const visitTimetable: Timetable = { 'visits.remind': '11 * * * *', 'visits.miss': '*/10 * * * *' };

export const visitJobs = (place: Place): Handlers<'visits.remind' | 'visits.miss'> => ({
  'visits.remind': (db) => remindVisits(db, place),
  'visits.miss': (db) => missVisits(db, place)
});
