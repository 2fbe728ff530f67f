/** What `start` and `dev` have in common: a database that is ready, parts that are kept running, an orderly end. */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { config } from '#lib/platform/server/config.ts';
import { refuseUnusableDataDir } from '#lib/platform/server/data-dir.ts';
import { type DatabaseServer, runDatabase } from '#lib/postgres/server/database-server.ts';
import { migrate } from '#lib/platform/server/migrate.ts';
import { patiently } from '#lib/platform/server/retry.ts';
import { type Kept, keepRunning } from '#lib/platform/server/processes.ts';
import { step } from '#lib/platform/server/progress.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { catalogueOf } from '#lib/catalogue/local.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { publishArticles, shippedArticles } from '#lib/help/server/publish.ts';
import { seedDemo } from './seed.ts';
import { costOfPlainHttp, mailStays, notApproved, wayIn } from './way-in.ts';

/** Something that runs until it is stopped. */
type Part = { stop(): Promise<void>; kill(): void };

/** What runs, in the order in which it was started. It is stopped the other way round. */
const running: Part[] = [];
const ending = new AbortController();
/** Aborted as soon as the end has begun. */
export const over = ending.signal;

let started = Promise.resolve();

/** Leads one run of Hearth: does what `start` says, and ends everything in order when asked to. */
export function lead(script: 'start' | 'dev', start: () => Promise<void>) {
  // Whoever reads what we say may go away; that is no reason to fall over.
  process.stdout.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  process.on('disconnect', () => void end(0));
  if (process.env.npm_lifecycle_event === script) endWithParent(process.ppid);

  started = start();
  started.catch((problem) => end(1, problem instanceof Error ? problem.message : String(problem)));
}

/** Adds a part to what runs. When the end has begun meanwhile, nothing further is started. */
export function add<T extends Part>(part: T): T {
  running.push(part);
  over.throwIfAborted();
  return part;
}

export async function prepareDatabase(): Promise<DatabaseServer> {
  refuseUnusableDataDir(config.dataDir);
  const database = add(await step('Starting the database', () => runDatabase(config)));
  const { owner } = database.urls;
  await step('Bringing the database up to date', () => steadily(() => migrate(owner)));
  await steadily(() => publish(owner, catalogueOf(config.jurisdiction, serviceTypes)));
  await steadily(() => publishArticles(owner, shippedArticles()));
  if (config.demo) await step('Filling the demo town', () => steadily(() => seedDemo(owner, config)));
  over.throwIfAborted();
  return database;
}

/** The embedded database is started again when it is killed, and what that broke off is done again. */
export const steadily = <T>(work: () => Promise<T>) => (config.databaseUrl ? work() : patiently(work, over));

/** Keeps one of our scripts running. Of the database it gets the addresses in `env`, those of its own logins, alone. */
export function keep(name: string, env: NodeJS.ProcessEnv & { DATABASE_URL: string }): Kept {
  return keepRunning(name, join(import.meta.dirname, `${name}.ts`), {
    env: { ...process.env, ...noDatabase, SECRET: config.secret, ...env },
    stopWithin: 10_000,
    onGivenUp: (sentence) => over.aborted || void end(1, sentence)
  });
}

/** Empty is as if it were not set, also for what the file `.env` says. */
const noDatabase = { WEB_DATABASE_URL: '', AUTH_DATABASE_URL: '', WORKER_DATABASE_URL: '' };

/** Waits until `pages` are served, and says so. */
export async function greet(
  database: DatabaseServer,
  { demo, pages, dev = false }: { demo: boolean; pages: readonly Kept[]; dev?: boolean }
) {
  await step('Waiting for the first page', () => untilReady(pages));
  const ways = await steadily(() => wayIn(database.urls, config, demo));
  if (over.aborted) return;
  const texts = await steadily(() => notApproved(database.urls.owner, config));
  const mail = mailStays(config, { demo, dev });
  const cost = costOfPlainHttp(config);
  process.stdout.write(
    `\nHearth is ready at ${config.origin}\n${ways}${texts}${mail}${cost}\nStop it with Ctrl-C.\n`
  );
}

/** Whatever else may answer at our port: it is ours once those who serve it say that they have it. */
async function untilReady(pages: readonly Kept[]) {
  await Promise.race([Promise.all(pages.map(({ ready }) => ready)), once(over, 'abort')]);
  while (!over.aborted) {
    const answer = await fetch(`${ownAddress()}/ready`, { signal: over }).catch(() => null);
    if (answer?.ok) return;
    await pause(50);
  }
}

/** How this machine reaches its own web process, whatever others call it. */
function ownAddress() {
  const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host === '::' ? '::1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`;
}

/** Stops everything in order. Asked a second time, it does not wait any longer. */
async function end(code: number, sentence?: string) {
  if (over.aborted) return force();
  ending.abort();
  if (sentence) process.stderr.write(`${sentence}\n`);
  await started.catch(() => {});
  await step('Stopping', async () => {
    for (const part of running.toReversed()) await part.stop();
  });
  if (code === 0) process.stdout.write('Hearth has stopped.\n');
  process.exit(code);
}

function force() {
  for (const part of running) part.kill();
  process.exit(1);
}

/**
 * When npm itself is killed, nobody is left to stop us: then we stop ourselves. npm is our parent, because package.json
 * says `exec`: so there is no shell between us, which would swallow npm's SIGTERM. (Windows knows no `exec`, and goes on
 * behind the `||`.)
 */
function endWithParent(parent: number) {
  const watching = setInterval(() => {
    if (process.ppid === parent) return;
    // Asked a second time, the end would not be an orderly one.
    clearInterval(watching);
    void end(0);
  }, 500).unref();
}
