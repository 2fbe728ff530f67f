/** What is done later in the help centre: forgetting what readers said of articles, which the counts of each day outlive. */
import { sql } from 'kysely';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Forgets what readers said long ago. */
    'help.forget': Nothing;
  }
}

export const helpTimetable: Timetable = { 'help.forget': '34 3 * * *' };

export const helpJobs: Handlers<'help.forget'> = {
  async 'help.forget'(db) {
    await sql`delete from article_answer where created_at < now() - interval '1 year'`.execute(db);
  }
};
