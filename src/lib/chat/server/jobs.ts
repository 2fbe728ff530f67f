/** What is done later for conversations: forgetting what never became a request. */
import { sql } from 'kysely';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Forgets what was said with the assistant alone: a customer's after 30 days, a visitor's after one. */
    'chat.forget': Nothing;
  }
}

export const chatTimetable: Timetable = { 'chat.forget': '47 * * * *' };

export const chatJobs: Handlers<'chat.forget'> = {
  async 'chat.forget'(db) {
    await sql`delete from conversation where request_id is null
              and (last_at < now() - interval '30 days'
                   or (person_id is null and last_at < now() - interval '1 day'))`.execute(db);
  }
};
