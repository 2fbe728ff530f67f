/** From a command's transaction, over the outbox and the queue, to the handler: once, in time, and despite crashes. */
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { system } from '../actor.ts';
import type { Jobs } from '../jobs.ts';
import { hangBell } from './notifier.ts';
import { connection, openDatabase } from './db.ts';
import { type Handlers, later } from './jobs.ts';
import { carry, startRelay } from './relay.ts';
import { startWorker, type Worker } from './worker.ts';

const urls = await freshDatabase();
const database = openDatabase(urls.worker, 'hearth_worker');
const db = database.as(system);
const workers: Worker[] = [];

const seen: string[] = [];
let alarm: (payload: Jobs['emergencies.raise_alarm']) => Promise<void>;
const nothing = async () => {};
const handlers: Partial<Handlers> = {
  'requests.tell_customer': async (_db, { requestId, number }) => void seen.push(`${requestId} ${number}`),
  'emergencies.raise_alarm': (_db, payload) => alarm(payload)
};

beforeEach(() => {
  seen.length = 0;
  alarm = nothing;
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(() => database.close());

test('a job queued in a transaction is done after the commit, once', async () => {
  await begin();
  await db.transaction().execute((tx) => later(tx, 'requests.tell_customer', letter('a', 1)));

  await vi.waitFor(() => expect(seen).toEqual(['a 1']), 5000);
  await vi.waitFor(async () => expect(await waiting()).toBe(0), 2000);
  expect(seen).toHaveLength(1);
});

test('a job of a transaction that was rolled back never existed', async () => {
  await begin();
  const failing = db.transaction().execute(async (tx) => {
    await later(tx, 'requests.tell_customer', letter('a', 1));
    throw new Error('changed our mind');
  });
  await expect(failing).rejects.toThrow('changed our mind');
  await later(db, 'requests.tell_customer', letter('b', 2));

  await vi.waitFor(() => expect(seen).toEqual(['b 2']), 5000);
});

test('the database need only say a word, and nobody waits for the next look', async () => {
  const listening = Promise.withResolvers<void>();
  const relay = startRelay(db, 3_600_000);
  const bell = hangBell(connection(urls.worker, 'hearth_worker'), relay.nudge, async () =>
    listening.resolve()
  );
  await listening.promise;
  await new Promise((resolve) => setTimeout(resolve, 300)); // the looks at its start are over
  await later(db, 'requests.tell_customer', letter('a', 1));
  await sql`select pg_notify('hearth', '')`.execute(db);

  await vi.waitFor(async () => expect(await queued()).toBe(1), 3000);
  await Promise.all([relay.stop(), bell.stop()]);
  await sql`delete from graphile_worker._private_jobs`.execute(db);
});

test('a job for later is not done now', async () => {
  await begin();
  await later(db, 'requests.tell_customer', letter('tomorrow', 1), new Date(Date.now() + 86_400_000));
  await later(db, 'requests.tell_customer', letter('now', 1));
  await vi.waitFor(() => expect(seen).toEqual(['now 1']), 3000);

  const due = new Date(Date.now() + 1500);
  await later(db, 'requests.tell_customer', letter('later', 1), due);
  await vi.waitFor(() => expect(seen).toEqual(['now 1', 'later 1']), { timeout: 10_000, interval: 5 });
  expect(Date.now()).toBeGreaterThanOrEqual(due.getTime());
  await sql`delete from graphile_worker._private_jobs`.execute(db);
});

test('two relays at once carry every row exactly once, ten thousand of them', async () => {
  await sql`insert into outbox (job, payload, run_at)
    select 'requests.tell_customer', jsonb_build_object('requestId', 'x', 'number', n), now() + interval '1 hour'
    from generate_series(1, 10000) n`.execute(db);

  const carried = await Promise.all(
    [1, 2, 3].map(async () => {
      let sum = 0;
      for (let armful = 1; armful > 0; sum += armful) armful = await carry(db);
      return sum;
    })
  );

  expect(carried.reduce((a, b) => a + b)).toBe(10_000);
  const { rows } = await sql<{ numbers: number }>`
    select count(distinct payload->>'number')::int as numbers from graphile_worker._private_jobs`.execute(db);
  expect(rows[0]?.numbers).toBe(10_000);
  await sql`delete from graphile_worker._private_jobs`.execute(db);
});

test('what fails is tried again', async () => {
  let tries = 0;
  alarm = async () => {
    if (++tries === 1) throw new Error('the first try fails');
  };
  await begin();
  await later(db, 'emergencies.raise_alarm', { emergencyId: 'a' });

  await vi.waitFor(() => expect(tries).toBe(2), 10_000);
});

test('a stopping worker finishes the job at hand', async () => {
  let done = false;
  const started = Promise.withResolvers<void>();
  alarm = async () => {
    started.resolve();
    await new Promise((resolve) => setTimeout(resolve, 800));
    done = true;
  };
  const worker = await begin();
  await later(db, 'emergencies.raise_alarm', { emergencyId: 'a' });
  await started.promise;
  workers.splice(0);
  await worker.stop();

  expect(done).toBe(true);
  expect(await waiting()).toBe(0);
});

test('the jobs that a killed worker had taken are done by the next one', async () => {
  await later(db, 'requests.tell_customer', letter('orphan', 1));
  await carry(db);
  // What a worker leaves behind that was killed a moment after it took a job.
  await sql`update graphile_worker._private_jobs
            set locked_by = 'pool-dead', locked_at = now() - interval '10 seconds', attempts = 1`.execute(db);

  await begin();
  await vi.waitFor(() => expect(seen).toEqual(['orphan 1']), 8000);
});

test('the jobs of a living worker are left alone', async () => {
  let runs = 0;
  alarm = async () => {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, 9000));
  };
  await begin();
  await later(db, 'emergencies.raise_alarm', { emergencyId: 'a' });
  await vi.waitFor(() => expect(runs).toBe(1), 5000);
  await begin();

  await new Promise((resolve) => setTimeout(resolve, 9500));
  expect(runs).toBe(1);
});

test('the worker comes back after the database threw everybody out', async () => {
  await begin();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const owner = new pg.Client({ connectionString: urls.owner });
  await owner.connect();
  await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()`);
  await owner.end();

  await vi.waitFor(() => later(db, 'requests.tell_customer', letter('after', 1)), 5000);
  await vi.waitFor(() => expect(seen).toContain('after 1'), 10_000);
});

async function begin() {
  const worker = await startWorker({
    url: urls.worker,
    handlers,
    timetable: {},
    lanes: [
      { takes: (job) => job.startsWith('emergencies.'), atOnce: 2 },
      { takes: () => true, atOnce: 4, armful: 100 }
    ]
  });
  workers.push(worker);
  return worker;
}

async function waiting() {
  const { rows } = await sql<{ jobs: number }>`
    select (select count(*) from outbox)::int + (select count(*) from graphile_worker._private_jobs)::int as jobs
  `.execute(db);
  return rows[0]?.jobs;
}

async function queued() {
  const { rows } = await sql<{ jobs: number }>`
    select count(*)::int as jobs from graphile_worker._private_jobs`.execute(db);
  return rows[0]?.jobs;
}

const letter = (requestId: string, number: number) => ({ requestId, number, kind: 'received' }) as const;
