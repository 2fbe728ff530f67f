/** What every measurement stands on: the filled database, customers who are signed in, and web processes in front. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { runEmbedded, type Embedded } from '#lib/postgres/server/supervisor.ts';
import { buildPages } from '../bin/build.ts';
import { aUtility } from '../tests/support/hearth.ts';
import { fill } from './fill.ts';
import { signIn, signInStaff } from './sessions.ts';
import { writeTargets, type Work } from './targets.ts';
import { needWrk } from './wrk.ts';

/** Where the database lies, for the next run too. */
export const folder = process.env.BENCH_DIR ?? join(tmpdir(), 'hearth-bench');
const usual = 'list detail create sign-in queue desk teams';
export const works = (process.env.WORKLOADS ?? usual).split(' ') as Work[];

const port = Number(process.env.BENCH_PORT ?? 18_600);
export const base = `http://127.0.0.1:${port}`;
const secret = 'the benchmark signs its sessions with this';

export interface Ground {
  database: Embedded;
  /** A file of targets for each piece of work. */
  targets: Record<Work, string>;
  /** The web processes, which share the port. */
  web: number[];
  /** Ends the web processes and waits for them: what Node writes at its end is there afterwards. */
  stopWeb(): Promise<void>;
  /** Ends everything, and takes out of the database what the measurements put in. */
  clear(): Promise<void>;
}

/** Builds, fills and starts what is to be measured. `options` are for the Node of the web processes. */
export async function lay(processes: number, options: readonly string[] = []): Promise<Ground> {
  needWrk();
  mkdirSync(folder, { recursive: true });
  await buildPages();
  const database = await withSettings(await runEmbedded(folder));
  await fill(database.urls.owner);
  const { owner } = database.urls;
  const targets = writeTargets(await signIn(owner, secret, 2000), await signInStaff(owner, secret));
  const web = Array.from({ length: processes }, () => startWeb(database.urls, processes, options));
  const worker = startWorker(database.urls);
  const stopWeb = async () => {
    await Promise.all(web.map(ended));
  };
  const clear = async () => {
    await stopWeb();
    await ended(worker);
    await clean(database.urls.owner);
    await database.stop();
  };
  try {
    await untilReady();
  } catch (problem) {
    await clear();
    throw problem;
  }
  return { database, targets, web: web.flatMap(({ pid }) => pid ?? []), stopWeb, clear };
}

/** PostgreSQL's defaults but for these, as the peers have them. */
const settings = {
  shared_buffers: '1GB',
  effective_cache_size: '8GB',
  max_wal_size: '8GB',
  random_page_cost: '1.1',
  jit: 'off',
  max_connections: '200'
};

async function withSettings(running: Embedded): Promise<Embedded> {
  const client = new pg.Client({ connectionString: running.urls.owner });
  await client.connect();
  for (const [name, value] of Object.entries(settings))
    await client.query(`alter system set ${name} = '${value}'`);
  await client.end();
  await running.stop();
  return runEmbedded(folder);
}

async function ended(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((over) => child.once('exit', over));
  child.kill('SIGTERM');
  await gone;
}

/** Letters, words and clocks, beside the pages, as in use. What it uses is not in the figures of the pages. */
function startWorker(urls: Embedded['urls']): ChildProcess {
  const env = {
    ...{ ...aUtility, ...process.env, DATABASE_URL: urls.worker, SECRET: secret, DATA_DIR: folder },
    ...{ DEMO: '0', LOG_LEVEL: 'error', NODE_ENV: 'production' }
  };
  const worker = join(import.meta.dirname, '../bin/worker.ts');
  return spawn(process.execPath, [worker], { env, stdio: 'inherit' });
}

function startWeb(urls: Embedded['urls'], processes: number, options: readonly string[]): ChildProcess {
  const env = {
    ...aUtility,
    ...process.env,
    DATABASE_URL: urls.web,
    AUTH_DATABASE_URL: urls.auth,
    PORT: String(port),
    WEB_PROCESSES: String(processes),
    SECRET: secret,
    DATA_DIR: folder,
    TRUST_PROXY: '1',
    DEMO: '0',
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production'
  };
  const web = join(import.meta.dirname, '../bin/web.ts');
  return spawn(process.execPath, [...options, web], { env, stdio: 'inherit' });
}

async function untilReady() {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${base}/ready`).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error('the web processes did not become ready');
}

/** What the run created is taken out again, so that the next one measures the same set. */
async function clean(owner: string) {
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  await client.query(`set session_replication_role = replica`);
  const since = `select id from request where submitted_at > '2026-01-01'`;
  for (const table of ['request_event', 'message', 'promise', 'submission', 'request_reference']) {
    await client.query(`delete from ${table} where request_id in (${since})`);
  }
  await client.query(`delete from request where submitted_at > '2026-01-01'`);
  await client.query(
    `delete from request_words w where not exists (select 1 from request r where r.id = w.request_id)`
  );
  await client.query('truncate outbox, screen_verdict, draft, throttle, letter, caught_mail, words_due');
  await client.query('delete from sign_in_session');
  await client.query('vacuum analyze request, request_event');
  await client.end();
}
