/** The embedded database comes back whatever is killed, and there is never a second one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { borrowEmbedded, type Embedded, runEmbedded } from './supervisor.ts';

const folder = throwAwayFolder();
const dataDir = folder.path;
let embedded: Embedded | null = null;

afterAll(async () => {
  await embedded?.stop();
  folder.remove();
});

test('a first start makes a database in UTF-8 that sorts the same on every machine', async () => {
  embedded = await runEmbedded(dataDir);

  const locale = `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
    from pg_database where datname = current_database()`;
  expect(await ask(embedded.urls.owner, locale)).toEqual([
    { encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' }
  ]);
  expect(await ask(embedded.urls.owner, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  expect(await ask(embedded.urls.owner, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
});

test('the web process cannot become the owner or the worker', async () => {
  const { web } = running().urls;
  await expect(ask(web, 'set role hearth')).rejects.toThrow('permission denied');
  await expect(ask(web, 'set role hearth_worker')).rejects.toThrow('permission denied');
  await expect(ask(web.replace('web_login', 'hearth'), 'select 1')).rejects.toThrow(
    'password authentication failed'
  );
});

test('a second Hearth on the same folder is refused and disturbs nothing', async () => {
  await expect(runEmbedded(dataDir)).rejects.toThrow(/^Hearth already runs here: process \d+ holds /);
  expect(await ask(running().urls.web, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a tool uses the database that runs, and leaves it running', async () => {
  const borrowed = await borrowEmbedded(dataDir);
  expect(await ask(borrowed.urls.owner, 'select 1 as one')).toEqual([{ one: 1 }]);
  await borrowed.stop();
  expect(await ask(running().urls.web, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('when PostgreSQL is killed it is started again, with everything that was committed', async () => {
  const killed = running().pid();
  await ask(running().urls.owner, 'create table kept as select 42 as answer');
  process.kill(killed, 'SIGKILL');

  await expect
    .poll(() => ask(running().urls.owner, 'select * from kept').catch(() => null), { timeout: 20_000 })
    .toEqual([{ answer: 42 }]);
  expect(running().pid()).not.toBe(killed);
});

test('what a killed Hearth left running is replaced at the next start', async () => {
  await running().stop();
  const leftover = await startAndKillHearth();

  embedded = await runEmbedded(dataDir);
  expect(running().pid()).not.toBe(leftover);
  expect(await ask(embedded.urls.web, 'select 1 as one')).toEqual([{ one: 1 }]);
});

/** Runs the supervisor in a process of its own and kills that with SIGKILL. Returns PostgreSQL's number. */
async function startAndKillHearth() {
  const script = `const { runEmbedded } = await import(${JSON.stringify(import.meta.resolve('./supervisor.ts'))});
    const embedded = await runEmbedded(${JSON.stringify(dataDir)});
    console.log(embedded.pid());
    setInterval(() => {}, 1000);`;
  const hearth = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit']
  });
  const [pid] = await once(hearth.stdout, 'data');
  hearth.kill('SIGKILL');
  await once(hearth, 'exit');
  await pause(100);
  return Number(pid);
}

function running() {
  if (!embedded) throw new Error('the first test did not start the database');
  return embedded;
}

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
