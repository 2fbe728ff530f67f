/** What tests of access to an account need of its worker: its jobs, and the letters that they write. */
import { system } from '#lib/platform/actor.ts';
import { accessJobs } from '#lib/accounts/server/access-jobs.ts';
import type { Database } from '#lib/platform/server/db.ts';
import type { Post } from '#lib/platform/server/mail.ts';
import type { makersOn } from './makers.ts';

type Sql = Awaited<ReturnType<typeof makersOn>>['sql'];

const nowhere: Post = { send: async () => {}, close: () => {} };

/** `run` does one of the jobs, `post` all that wait, and gives the letters. */
export function accessPost(worker: Database, sql: Sql, secret: string) {
  const head = { origin: 'http://localhost', utilityName: 'Gas', utilityPhone: '1', secret };

  const run = (job: keyof ReturnType<typeof accessJobs>, payload: object, box = nowhere) =>
    accessJobs(box, { ...head, timeZone: 'America/New_York' })[job](worker.as(system), payload as never);

  async function post() {
    const sent: { to: string; subject: string; text: string }[] = [];
    const box: Post = { send: async (mail) => void sent.push(mail), close: () => {} };
    const waiting = await sql<{ job: 'accounts.tell_access'; payload: object }>(
      'delete from outbox returning job, payload'
    );
    for (const { job, payload } of waiting) await run(job, payload, box);
    return sent;
  }
  return { run, post };
}
