/** The worker: takes jobs from the queue and does them, each lane at its own pace, until it is told to stop. */
import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, run, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { system } from '../actor.ts';
import type { JobName } from '../jobs.ts';
import { hangBell } from './notifier.ts';
import { connection, type Db, openDatabase } from './db.ts';
import type { Handlers, Timetable } from './jobs.ts';
import { keepLocksAlive } from './job-locks.ts';
import { log } from './log.ts';
import { patiently } from './retry.ts';
import { startRelay } from './relay.ts';

/** Jobs that share workers, so that a slow kind never keeps a quick kind waiting. */
export interface Lane {
  takes: (job: string) => boolean;
  atOnce: number;
  /** How many jobs are fetched at once; only for lanes whose jobs are short. */
  armful?: number;
}

interface Work {
  /** The address with the worker's login. */
  url: string;
  handlers: Partial<Handlers>;
  timetable: Timetable;
  /** Every job goes to the first lane that takes it. */
  lanes: Lane[];
}

export interface Worker {
  /** Takes no more jobs, finishes those at hand, carries no more of the outbox. */
  stop(): Promise<void>;
  /** Settles when the worker is over; rejects when it broke. */
  over: Promise<void>;
}

export async function startWorker(work: Work): Promise<Worker> {
  const pool = new pg.Pool({
    ...connection(work.url, 'hearth_worker'),
    pipeline: false,
    max: poolSize(work)
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  // The queue would give up at once.
  await patiently(() => pool.query('select'));

  const events: WorkerEvents = new EventEmitter();
  const locks = keepLocksAlive();
  events.on('pool:create', ({ workerPool }) => locks.hold(workerPool.id));

  const database = openDatabase(work.url, 'hearth_worker', {
    size: work.lanes.reduce((size, { atOnce }) => size + atOnce, 2),
    onCommit: () => bell.ring()
  });
  const db = database.as(system);
  const relay = startRelay(db);
  const bell = hangBell(connection(work.url, 'hearth_worker'), relay.nudge, locks.connected);
  const runners = await Promise.all(laneTasks(work, db).map((lane, nth) => start(lane, nth === 0)));

  async function start({ lane, taskList }: { lane: Lane; taskList: TaskList }, keepsTime: boolean) {
    return run({
      pgPool: pool,
      taskList,
      parsedCronItems: keepsTime ? cronItems(work.timetable) : [],
      events,
      logger,
      noHandleSignals: true,
      concurrency: lane.atOnce,
      pollInterval: 2000,
      preset: {
        worker: {
          gracefulShutdownAbortTimeout: 5_000,
          ...(lane.armful && { localQueue: { size: lane.armful }, completeJobBatchDelay: 0 })
        }
      }
    });
  }

  async function stop() {
    await relay.stop();
    await Promise.allSettled(runners.map((runner) => runner.stop()));
    await bell.stop();
    await Promise.all([pool.end(), database.close()]);
  }

  return { stop, over: allOver(runners) };
}

async function allOver(runners: Runner[]) {
  await Promise.race(runners.map((runner) => runner.promise));
}

/** Two for the clock and the notifications of each lane, and one for every job's own book-keeping. */
const poolSize = ({ lanes }: Work) => lanes.reduce((size, lane) => size + 2 + Math.min(lane.atOnce, 4), 0);

function laneTasks({ handlers, lanes }: Work, db: Db) {
  const lists: { lane: Lane; taskList: TaskList }[] = lanes.map((lane) => ({ lane, taskList: {} }));

  // Object.entries forgets that each handler belongs to its name; the queue gives a job back as it was given.
  for (const [job, handle] of Object.entries(handlers) as [
    JobName,
    (db: unknown, payload: unknown) => Promise<void>
  ][]) {
    const list = lists.find(({ lane }) => lane.takes(job));
    if (!list) throw new Error(`No lane takes the job ${job}.`);
    list.taskList[job] = (payload) => handle(db, payload);
  }
  return lists.filter(({ taskList }) => Object.keys(taskList).length > 0);
}

const cronItems = (timetable: Timetable) =>
  parseCronItems(
    Object.entries(timetable).map(([job, match]) => ({
      task: job,
      match,
      // One at a time is enough: what a run leaves undone, the next one does.
      options: { maxAttempts: 1, jobKey: job, jobKeyMode: 'replace' as const }
    }))
  );

const logger = new Logger(() => (level, message) => {
  // The first line says it; the stack behind it may quote what people typed.
  if (level === 'error' || level === 'warning') log.warn(message.split('\n')[0] ?? '');
});
