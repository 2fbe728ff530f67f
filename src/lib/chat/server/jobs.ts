/** What is done later for conversations: giving back what nobody holds any more, ending, forgetting. */
import { sql } from 'kysely';
import { config } from '#lib/platform/server/config.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { type Handlers, later, type Timetable } from '#lib/platform/server/jobs.ts';
import type { Locale } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Looks three times a minute whether somebody who talks with a customer is still there. */
    'chat.watch': Nothing;
    'chat.give_back': Nothing;
    /** Ends what has long gone silent, and forgets what never became a request. */
    'chat.forget': Nothing;
  }
}

type ChatJob = 'chat.watch' | 'chat.give_back' | 'chat.forget';

export const chatTimetable: Timetable = { 'chat.watch': '* * * * *', 'chat.forget': '47 * * * *' };

export const chatJobs: Handlers<ChatJob> = {
  async 'chat.watch'(db) {
    const now = Date.now();
    await Promise.all(
      [0, 20, 40].map((seconds) => later(db, 'chat.give_back', {}, new Date(now + seconds * 1000)))
    );
  },

  'chat.give_back': (db) => giveBack(db, config.chatSilence),

  async 'chat.forget'(db) {
    // Whoever still waits for our answer, over a weekend say, finds the chat as they left it.
    await sql`update conversation c set ended_at = now() from request r
              where r.id = c.request_id and c.ended_at is null
              and (r.status in ('closed', 'cancelled', 'merged') or r.updated_at < now() - interval '14 days'
                   or (r.updated_at < now() - interval '2 days' and (
                     select m.author_role from message m where m.request_id = r.id and m.visibility = 'public'
                       and m.author_role in ('customer', 'agent', 'supervisor', 'admin')
                     order by m.id desc limit 1) <> 'customer'))`.execute(db);
    // Two statements: each has an index that begins with what is old.
    await sql`delete from conversation where request_id is null and last_at < now() - interval '30 days'`.execute(
      db
    );
    await sql`delete from conversation where request_id is null and person_id is null
              and last_at < now() - interval '1 day'`.execute(db);
    await sql`update bot_answer set question = null
              where question is not null and at < now() - interval '30 days'`.execute(db);
    await sql`delete from bot_answer where at < now() - interval '1 year'`.execute(db);
  }
};

/** Back into the queue with what is in hands that went silent, and the customer is told, in one transaction. */
export const giveBack = (db: Db, silentSeconds: number) =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ request_id: string; locale: Locale }>`
      select request_id, locale from return_abandoned_chats(make_interval(secs => ${silentSeconds}))`.execute(
      tx
    );
    for (const { request_id, locale } of rows)
      await sql`select say_in_chat(${request_id}::uuid, ${wordsFor(locale)('chat.agent_gone')})`.execute(tx);
  });
