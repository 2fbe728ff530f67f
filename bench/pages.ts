/**
 * The promise: ten times the pages per second of a plain Django application on the same work, at a tenth of its CPU per
 * page. Measured here: list, detail, create and sign-in at 1 and 16 clients on two web processes, and beside them what
 * the same PostgreSQL does bare for the same rows. Run it with `npm run bench`; with DJANGO_RESULTS=<file of the peers'
 * lines> it ends with both ratios to Django.
 */
import '../bin/own-node.ts';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBare, runBare, type BareWork } from './bare.ts';
import { besideDjango } from './django.ts';
import { base, folder, lay, works } from './ground.ts';
import { cpuOf, machine, memoryOf } from './processes.ts';
import { prove, type Work } from './targets.ts';
import { runWrk } from './wrk.ts';

const seconds = Number(process.env.SECS ?? 6);
const runs = Number(process.env.RUNS ?? 3);

const { database, targets, web, clear } = await lay(2);
try {
  for (const work of works) await measure(work);
} finally {
  await clear();
}
const { DJANGO_RESULTS } = process.env;
if (DJANGO_RESULTS) process.stdout.write(besideDjango(DJANGO_RESULTS));

async function measure(work: Work) {
  const bytes = await prove(work, base, targets[work]);
  await runWrk({ base, targets: targets[work], clients: 16, seconds: 3, seed: 99 });
  for (const clients of [1, 16]) {
    const bare = isBare(work) ? await bareBest(work, clients === 1 ? 1 : 8) : null;
    const outcomes = [];
    for (let run = 0; run < runs; run += 1) {
      // A seed used before would send forms with the keys of before, which are not stored again.
      outcomes.push(await once(work, clients, 100 * clients + run));
    }
    tell(work, clients, bytes, outcomes, bare);
  }
}

async function once(work: Work, clients: number, seed: number) {
  const [app, db, all] = [cpuOf(web), cpuOf([database.pid()]), machine()];
  const load = await runWrk({ base, targets: targets[work], clients, seconds, seed });
  const now = machine();
  return {
    ...load,
    appCpu: (cpuOf(web) - app) / load.requests,
    dbCpu: (cpuOf([database.pid()]) - db) / load.requests,
    memory: memoryOf(web),
    busy: (now.busy - all.busy) / (now.all - all.all)
  };
}

async function bareBest(work: BareWork, clients: number) {
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

function median(of: number[]) {
  const sorted = of.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function round(value: number, digits = 2) {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
