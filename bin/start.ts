/** Starts all of Hearth and keeps it running: database, migrations, first data, pages, web and worker. */
import './own-node.ts';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { config } from '#lib/platform/server/config.ts';
import { type DatabaseServer, runDatabase } from '#lib/platform/server/database-server.ts';
import { migrate } from '#lib/platform/server/migrate.ts';
import { keepRunning } from '#lib/platform/server/processes.ts';
import { refuseTakenPort } from '#lib/platform/server/port.ts';
import { step } from '#lib/platform/server/progress.ts';
import { serviceTypes } from '#lib/requests/catalogue/all.ts';
import { publish } from '#lib/requests/server/catalogue.ts';
import { buildPages } from './build.ts';
import { seedDemo } from './seed.ts';
import { isDemo, wayIn } from './way-in.ts';

/** What runs, in the order in which it was started. It is stopped the other way round. */
const running: { stop(): Promise<void>; kill(): void }[] = [];
const stopping = new AbortController();

// Whoever reads what we say may go away; that is no reason to fall over.
process.stdout.on('error', () => {});
process
  .on('SIGINT', () => void end(0))
  .on('SIGTERM', () => void end(0))
  .on('SIGHUP', () => void end(0));
process.on('disconnect', () => void end(0));
if (process.env.npm_lifecycle_event === 'start') endWithParent(process.ppid);

const started = start();
started.catch((problem) => end(1, problem instanceof Error ? problem.message : String(problem)));

async function start() {
  await refuseTakenPort(config);
  const built = buildPages(stopping.signal);
  built.catch(() => {});
  const database = await prepareDatabase();
  await built;
  const demo = await isDemo(database.urls, config);
  keepServing(database, demo);
  await step('Waiting for the first page', untilReady);
  greet(await wayIn(database.urls, config, demo));
}

async function prepareDatabase() {
  const database = await step('Starting the database', () => runDatabase(config));
  running.push(database);
  stopping.signal.throwIfAborted();
  await step('Bringing the database up to date', () => migrate(database.urls.owner));
  stopping.signal.throwIfAborted();
  await publish(database.urls.owner, serviceTypes);
  if (config.demo) await step('Filling the demo town', () => seedDemo(database.urls.owner, config));
  stopping.signal.throwIfAborted();
  return database;
}

/** The web comes last, so that it is stopped first: what its last requests leave for later is then still taken. */
function keepServing({ urls }: DatabaseServer, demo: boolean) {
  stopping.signal.throwIfAborted();
  running.push(keep('worker', urls.worker, demo));
  const web = Array.from({ length: config.webProcesses }, () => keep('web', urls.web, demo));
  running.push({
    stop: async () => void (await Promise.all(web.map((one) => one.stop()))),
    kill: () => web.forEach((one) => one.kill())
  });
}

function keep(name: 'web' | 'worker', url: string, demo: boolean) {
  const settled = { DATABASE_URL: url, DEMO: demo ? '1' : '0', SECRET: config.secret };
  return keepRunning(name, join(import.meta.dirname, `${name}.ts`), {
    env: { ...process.env, ...settled, NODE_ENV: 'production' },
    stopWithin: 30_000,
    onGivenUp: (sentence) => void end(1, sentence)
  });
}

async function untilReady() {
  const { signal } = stopping;
  while (!signal.aborted) {
    const answer = await fetch(`${ownAddress()}/ready`, { signal }).catch(() => null);
    if (answer?.ok) return;
    await pause(50);
  }
}

/** How this machine reaches its own web process, whatever others call it. */
function ownAddress() {
  const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host === '::' ? '::1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`;
}

function greet(ways: string) {
  if (stopping.signal.aborted) return;
  process.stdout.write(`\nHearth is ready at ${config.origin}\n${ways}\nStop it with Ctrl-C.\n`);
}

/** Stops everything in order. Asked a second time, it does not wait any longer. */
async function end(code: number, sentence?: string) {
  if (stopping.signal.aborted) return force();
  stopping.abort();
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
  setInterval(() => process.ppid !== parent && void end(0), 500).unref();
}
