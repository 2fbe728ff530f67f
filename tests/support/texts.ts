/** Customers who are texted: a gateway, the worker that sends to it, and somebody whose number is proved. */
import { afterAll, beforeEach } from 'vitest';
import type { Customer } from '#lib/platform/actor.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail, Post } from '#lib/platform/server/mail.ts';
import { openTexts } from '#lib/platform/server/text-gateway.ts';
import { openAuth } from '#lib/people/server/auth.ts';
import { changeDetails } from '#lib/people/server/details.ts';
import { askForCode, confirmCode } from '#lib/people/server/text-number.ts';
import { textJobs } from '#lib/people/server/text-jobs.ts';
import { freshDatabase } from './database.ts';
import { makersOn } from './makers.ts';
import { textGateway } from './text-gateway.ts';

export const origin = 'https://service.northgate.example';

export async function texting() {
  const urls = await freshDatabase();
  const { aPerson, sql } = await makersOn(urls.owner);
  const web = openDatabase(urls.web, 'hearth_web');
  const worker = openDatabase(urls.worker, 'hearth_worker');
  const authDatabase = openDatabase(urls.auth, 'hearth_auth');
  afterAll(() => Promise.all([web.close(), worker.close(), authDatabase.close()]));
  const db = worker.as(system);
  const secret = 'a secret of tests, of thirty-two signs';
  const auth = openAuth({ database: authDatabase, secret, origin });
  const { office, sent, told } = await textGateway();
  const settings = { secret, origin, utilityName: 'Northgate Gas', timeZone: 'UTC', hearsReplies: false };
  const jobs = textJobs(openTexts(office), settings);
  const mails: Mail[] = [];
  const post: Post = { send: async (mail) => void mails.push(mail), texts: settings, close: () => {} };

  let nth = 0;
  const from = () => ({ address: `203.0.113.${(nth += 1)}`, jurisdiction: 'US' as const });

  beforeEach(async () => {
    sent.length = 0;
    mails.length = 0;
    Object.assign(told, { status: 202, silent: false });
    await sql('delete from outbox');
  });

  async function someone(phone: string | null = `+1207555${1000 + (nth += 1)}`) {
    const one = await aPerson();
    await sql('update person set phone = $2 where id = $1', [one.id, phone]);
    return { ...one, role: 'customer' } satisfies Customer;
  }

  /** Does what was queued for the worker, of texts, and what that queues; of the rest, says what it was. */
  async function work(): Promise<string[]> {
    const rows = await sql<{ job: string; payload: never }>('delete from outbox returning job, payload');
    const rest: string[] = [];
    for (const { job, payload } of rows) {
      if (job === 'people.text_code' || job === 'people.text_news') await jobs[job](db, payload);
      else rest.push(job);
    }
    return rows.length === 0 ? [] : [...rest, ...(await work())].toSorted();
  }

  async function codeSentTo(ada: Customer) {
    await askForCode(auth, ada, from());
    await work();
    return /\b\d{6}\b/.exec(sent.at(-1)?.text ?? '')?.[0] ?? '';
  }

  /** Somebody who is texted at this number. */
  async function texted(phone?: string) {
    const ada = await someone(phone);
    await confirmCode(auth, ada, await codeSentTo(ada), from());
    await work();
    sent.length = 0;
    return ada;
  }

  const wish = (ada: Customer, said: Parameters<typeof changeDetails>[3]) =>
    changeDetails(web.as(ada), ada, ada.id, said);

  return {
    ...{ db, web, auth, sql, aPerson, jobs, post, mails, sent, told, from },
    ...{ someone, work, codeSentTo, texted, wish }
  };
}
