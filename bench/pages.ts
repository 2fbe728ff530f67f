/**
 * The promise: ten times the pages per second of a plain Django application on the same work, at a tenth of its CPU per
 * page. Measured here: list, detail, create and sign-in at 1 and 16 clients on two web processes, and beside them what
 * the same PostgreSQL does bare for the same rows. Run it with `npm run bench`.
 */
import '../bin/own-node.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { runEmbedded, type Embedded } from '#lib/platform/server/embedded/supervisor.ts';
import { buildPages } from '../bin/build.ts';
import { runBare } from './bare.ts';
import { fill } from './fill.ts';
import { cpuOf, machine, memoryOf } from './processes.ts';
import { signIn } from './sessions.ts';
import { prove, writeTargets, type Work } from './targets.ts';
import { needWrk, runWrk } from './wrk.ts';

const folder = process.env.BENCH_DIR ?? join(tmpdir(), 'hearth-bench');
const port = Number(process.env.BENCH_PORT ?? 18_600);
const seconds = Number(process.env.SECS ?? 6);
const runs = Number(process.env.RUNS ?? 3);
const works = (process.env.WORKLOADS ?? 'list detail create sign-in').split(' ') as Work[];
const base = `http://127.0.0.1:${port}`;
const secret = 'the benchmark signs its sessions with this';

/** PostgreSQL's defaults but for these, as the peers have them. */
const settings = {
  shared_buffers: '1GB',
  effective_cache_size: '8GB',
  max_wal_size: '8GB',
  random_page_cost: '1.1',
  jit: 'off',
  max_connections: '200'
};

needWrk();
mkdirSync(folder, { recursive: true });
await buildPages();
let database = await runEmbedded(folder);
database = await withSettings(database);
await fill(database.urls.owner);
const targets = writeTargets(await signIn(database.urls.owner, secret, 2000));
const web = [startWeb(database.urls.web), startWeb(database.urls.web)];
try {
  await untilReady();
  for (const work of works) await measure(work);
} finally {
  for (const child of web) child.kill('SIGTERM');
  await Promise.all(web.map((child) => new Promise((gone) => child.once('exit', gone))));
  await clean(database.urls.owner);
  await database.stop();
}

async function measure(work: Work) {
  const bytes = await prove(work, base, targets[work]);
  await runWrk({ base, targets: targets[work], clients: 16, seconds: 3, seed: 99 });
  for (const clients of [1, 16]) {
    const bare = work === 'sign-in' ? null : await bareBest(work, clients === 1 ? 1 : 8);
    const outcomes = [];
    for (let run = 0; run < runs; run += 1) outcomes.push(await once(work, clients, run));
    tell(work, clients, bytes, outcomes, bare);
  }
}

async function once(work: Work, clients: number, seed: number) {
  const pids = web.flatMap(({ pid }) => pid ?? []);
  const [app, db, all] = [cpuOf(pids), cpuOf([database.pid()]), machine()];
  const load = await runWrk({ base, targets: targets[work], clients, seconds, seed });
  const now = machine();
  return {
    ...load,
    appCpu: (cpuOf(pids) - app) / load.requests,
    dbCpu: (cpuOf([database.pid()]) - db) / load.requests,
    memory: memoryOf(pids),
    busy: (now.busy - all.busy) / (now.all - all.all)
  };
}

async function bareBest(work: Exclude<Work, 'sign-in'>, clients: number) {
  const outcomes = [];
  for (let run = 0; run < runs; run += 1) {
    outcomes.push(await runBare(database.urls.owner, database.pid(), work, { clients, seconds: 3 }));
  }
  return {
    perSecond: median(outcomes.map((one) => one.perSecond)),
    databaseCpu: median(outcomes.map((one) => one.databaseCpu))
  };
}

type Measured = Awaited<ReturnType<typeof once>>;

function tell(
  work: Work,
  clients: number,
  bytes: number,
  runsOf: Measured[],
  bare: Awaited<ReturnType<typeof bareBest>> | null
) {
  const mid = (figure: (one: Measured) => number) => median(runsOf.map(figure));
  const line = {
    work,
    clients,
    per_second: round(
      mid((one) => one.perSecond),
      1
    ),
    p50_ms: round(mid((one) => one.p50)),
    p99_ms: round(mid((one) => one.p99)),
    app_cpu_ms: round(
      mid((one) => one.appCpu),
      3
    ),
    db_cpu_ms: round(
      mid((one) => one.dbCpu),
      3
    ),
    memory_mb: round(
      mid((one) => one.memory),
      0
    ),
    machine_busy: round(mid((one) => one.busy)),
    bare_per_second: bare && round(bare.perSecond, 0),
    bare_db_cpu_ms: bare && round(bare.databaseCpu, 3),
    of_the_limit: bare && round(mid((one) => one.perSecond) / bare.perSecond, 3),
    refused: runsOf.reduce((sum, one) => sum + one.refused, 0),
    broken: runsOf.reduce((sum, one) => sum + one.broken, 0),
    page_bytes: bytes,
    at: new Date().toISOString()
  };
  appendFileSync(join(folder, 'results.jsonl'), `${JSON.stringify(line)}\n`);
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function withSettings(running: Embedded): Promise<Embedded> {
  const client = new pg.Client({ connectionString: running.urls.owner });
  await client.connect();
  for (const [name, value] of Object.entries(settings))
    await client.query(`alter system set ${name} = '${value}'`);
  await client.end();
  await running.stop();
  return runEmbedded(folder);
}

function startWeb(url: string): ChildProcess {
  const env = {
    ...process.env,
    DATABASE_URL: url,
    PORT: String(port),
    WEB_PROCESSES: '2',
    SECRET: secret,
    DATA_DIR: folder,
    TRUST_PROXY: '1',
    DEMO: '0',
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production'
  };
  return spawn(process.execPath, [join(import.meta.dirname, '../bin/web.ts')], { env, stdio: 'inherit' });
}

async function untilReady() {
  for (let tries = 0; tries < 200; tries += 1) {
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
  await client.query('truncate outbox, screen_verdict, draft, throttle');
  await client.query('delete from sign_in_session');
  await client.query('vacuum analyze request, request_event');
  await client.end();
}

function median(of: number[]) {
  const sorted = of.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function round(value: number, digits = 2) {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
