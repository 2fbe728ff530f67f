/** What is done later for visits and deliveries: the weeks ahead are planned. */
import { sql } from 'kysely';
import { plannedDays } from './planning.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Makes the slots of the weeks ahead from the pattern. */
    'visits.plan_slots': Nothing;
  }
}

export const visitTimetable: Timetable = { 'visits.plan_slots': '23 * * * *' };

export const visitJobs = ({ timeZone }: { timeZone: string }): Handlers<'visits.plan_slots'> => ({
  async 'visits.plan_slots'(db) {
    await sql`select plan_slots(${timeZone}::text, ${plannedDays}::integer)`.execute(db);
  }
});
