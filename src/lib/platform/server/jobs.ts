/** Work for later: queued in the transaction that causes it, done by the worker after the commit. */
import type { JobName, Jobs } from '../jobs.ts';
import type { Db } from './db.ts';
import { prepared } from './prepared.ts';

/** What a module does later. Each handler must be safe to run twice. */
export type Handlers<Name extends JobName = JobName> = {
  [Job in Name]: (db: Db, payload: Jobs[Job]) => Promise<void>;
};

/** When the clock starts which job: the five fields of a crontab, in UTC. */
export type Timetable = Partial<Record<JobName, string>>;

/** Queues a job. If the transaction is rolled back, the job never existed. */
export async function later<Name extends JobName>(tx: Db, job: Name, payload: Jobs[Name], runAt?: Date) {
  const asked = { job, payload: JSON.stringify(payload) };
  await (runAt ? queueAt(tx, { ...asked, run_at: runAt }) : queue(tx, asked));
}

const queue = prepared((db, asked: { job: string; payload: string }) =>
  db.insertInto('outbox').values(asked)
);
const queueAt = prepared((db, asked: { job: string; payload: string; run_at: Date }) =>
  db.insertInto('outbox').values(asked)
);
