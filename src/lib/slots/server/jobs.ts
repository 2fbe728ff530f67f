/** What is done later for slots: the weeks ahead are planned. */
import { sql } from 'kysely';
import { plannedDays } from './planning.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Makes the slots of the weeks ahead from the pattern. */
    'slots.plan': Nothing;
  }
}

export const slotTimetable: Timetable = { 'slots.plan': '23 * * * *' };

export const slotJobs = ({ timeZone }: { timeZone: string }): Handlers<'slots.plan'> => ({
  async 'slots.plan'(db) {
    await sql`select plan_slots(${timeZone}::text, ${plannedDays}::integer)`.execute(db);
  }
});
