/** What is done later for the desk: who looked at a request once is forgotten. */
import { sql } from 'kysely';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Forgets who looked at what, and did not say goodbye. */
    'desk.forget_presence': Nothing;
  }
}

export const deskTimetable: Timetable = { 'desk.forget_presence': '41 * * * *' };

export const deskJobs: Handlers<'desk.forget_presence'> = {
  async 'desk.forget_presence'(db) {
    await sql`delete from presence where seen_at < now() - interval '1 hour'`.execute(db);
  }
};
