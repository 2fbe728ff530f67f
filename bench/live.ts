/**
 * The promise: a process that keeps thousands of pages live costs a few times what Node's bare HTTP server costs, and
 * tells a change to everybody who may hear it in well under a second. `STREAMS=2000 node bench/live.ts`.
 */
import '../bin/own-node.ts';
import { type ChildProcess, fork } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { sessionCookie } from '#lib/people/server/session.ts';
import { type DatabaseUrls, runEmbedded } from '#lib/postgres/server/supervisor.ts';
import { migrate } from '#lib/platform/server/migrate.ts';
import { buildPages } from '../bin/build.ts';
import { ownPlace } from '../tests/support/hearth.ts';
import { cpuOf, memoryOf } from './processes.ts';

const count = Number(process.env.STREAMS ?? 2000);
/** How many hear of a change: the customer, and a tenth of all, who are supervisors. */
const hearing = 1 + count / 10;
const rounds = 200;
const secret = 'the benchmark signs its sessions with this';

const places = [await ownPlace(), await ownPlace()];
const database = await runEmbedded(places[0]?.folder.path ?? '');
try {
  await buildPages();
  await migrate(database.urls.owner);
  const raw = await measure(
    'bare Node',
    'bench/raw-streams.ts',
    places[1]?.env ?? {},
    Array.from({ length: count }, () => '')
  );
  const { cookies, change, idle } = await town(database.urls);
  const web = {
    ...places[0]?.env,
    DATABASE_URL: database.urls.web,
    AUTH_DATABASE_URL: database.urls.auth,
    SECRET: secret,
    NODE_ENV: 'production'
  };
  const hearth = await measure('Hearth', 'bin/web.ts', web, cookies, change, idle);
  say(
    `Hearth / bare: memory × ${(hearth.perStream / raw.perStream).toFixed(1)}, time to the last × ${(hearth.p50 / raw.p50).toFixed(1)}`
  );
} finally {
  await database.stop();
  for (const { folder } of places) folder.remove();
}
process.exit();

/** Opens all streams on a process of its own and tells `rounds` changes, one after the other. */
async function measure(
  name: string,
  script: string,
  env: NodeJS.ProcessEnv,
  cookies: string[],
  change?: () => Promise<void>,
  queries?: () => Promise<number>
) {
  const url = `http://127.0.0.1:${env.PORT}`;
  const server = fork(join(import.meta.dirname, '..', script), {
    env: { ...process.env, ...env },
    execArgv: []
  });
  await untilItAnswers(url);
  await pause(1000);
  const empty = memoryOf([server.pid ?? 0]);
  const first = await openAll(url, cookies);
  const perStream = ((memoryOf([server.pid ?? 0]) - empty) * 1024) / count;
  say(`${name}: ${count} streams, ${perStream.toFixed(1)} KB each (empty process ${empty.toFixed(0)} MB)`);

  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const all = first.heard(hearing);
    const since = performance.now();
    const told = change ? change() : fetch(`${url}/tell?to=${hearing}`);
    // Counted from the commit: what it took to write is another matter.
    const from = change ? await told.then(() => performance.now()) : since;
    await all;
    times.push(performance.now() - from);
    await pause(20);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  say(
    `${name}: the last of ${hearing} is told after p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`
  );
  if (queries) await tellIdle(name, server, queries);

  first.close();
  await pause(3000);
  const second = await openAll(url, cookies);
  const again = ((memoryOf([server.pid ?? 0]) - empty) * 1024) / count;
  say(`${name}: after all went and came again, ${again.toFixed(1)} KB each`);
  second.close();
  server.kill('SIGKILL');
  return { perStream, p50: at(0.5) };
}

/** What it costs that nothing happens. */
async function tellIdle(name: string, server: ChildProcess, queries: () => Promise<number>) {
  const used = () => ({ cpu: cpuOf([server.pid ?? 0]), database: cpuOf([database.pid()]) });
  const before = { ...used(), queries: await queries() };
  await pause(10_000);
  const after = used();
  const cpu = (after.cpu - before.cpu) / 10;
  const inDatabase = (after.database - before.database) / 10;
  say(
    `${name}: idle, ${cpu.toFixed(0)} ms of CPU, ${inDatabase.toFixed(0)} ms of the database's, and ${(((await queries()) - before.queries) / 10).toFixed(1)} transactions a second`
  );
}

async function openAll(url: string, cookies: string[]) {
  let heard = 0;
  let wanted = Infinity;
  let done = () => {};
  const requests: { destroy(): void }[] = [];
  for (let at = 0; at < cookies.length; at += 100) {
    await Promise.all(
      cookies.slice(at, at + 100).map(async (cookie) => {
        const request = get(`${url}/live`, { headers: { cookie }, agent: false });
        requests.push(request);
        const answer = await new Promise<IncomingMessage>((open, fail) =>
          request.on('response', open).on('error', fail)
        );
        if (answer.statusCode !== 200) throw new Error(`no stream: ${answer.statusCode}`);
        answer.on('error', () => {});
        await new Promise<void>((ready) =>
          answer.setEncoding('utf8').on('data', (text: string) => {
            if (text.includes('hello')) ready();
            heard += text.split('event: change').length - 1;
            if (heard >= wanted) done();
          })
        );
        request.on('error', () => {});
      })
    );
  }
  return {
    heard: (times: number) =>
      new Promise<void>((told) => {
        heard = 0;
        wanted = times;
        done = told;
      }),
    close: () => requests.forEach((request) => request.destroy())
  };
}

/** So many people with a session each, a request, and somebody who changes it. */
async function town(urls: DatabaseUrls) {
  const client = new pg.Client({ connectionString: urls.owner });
  client.on('error', () => {}); // It goes with its database.
  await client.connect();
  const tokens = Array.from({ length: count }, () => randomBytes(24).toString('base64url'));
  await client.query(
    `insert into person (email, email_verified, name, role, demo)
     select 'p' || n || '@bench.example', true, 'P ' || n, case when n % 10 = 0 then 'supervisor' else 'customer' end, true
     from generate_series(1, $1) n`,
    [count]
  );
  await client.query(
    `insert into sign_in_session (person_id, token, expires_at)
     select p.id, t.token, now() + interval '1 day'
     from (select id, row_number() over () as n from person) p
     join unnest($1::text[]) with ordinality as t (token, n) on t.n = p.n`,
    [tokens]
  );
  await client.query(`begin`);
  await client.query(`insert into service_type (code, version) values ('GENERAL', 1)`);
  await client.query(
    `insert into service_type_version (code, version, definition) values ('GENERAL', 1, '{}')`
  );
  await client.query(`commit`);
  const { rows } = await client.query<{ id: string }>(
    `insert into request (reference, requester_id, service_type, service_version, description, channel)
     select '7KQ4-M2XR', (select id from person where role = 'customer' limit 1), 'GENERAL', 1, 'x', 'web' returning id`
  );
  return {
    cookies: tokens.map((token) => {
      const signature = createHmac('sha256', secret).update(token).digest('base64');
      return `${sessionCookie}=${encodeURIComponent(`${token}.${signature}`)}`;
    }),
    /** As the product does it: written, committed, and then the bell is rung. */
    async change() {
      await client.query(`insert into request_event (request_id, number, kind) values ($1, 0, 'details')`, [
        rows[0]?.id
      ]);
      void client.query('notify hearth');
    },
    async idle() {
      await client.query('select pg_stat_clear_snapshot()');
      const { rows: found } = await client.query<{ n: string }>(
        'select xact_commit as n from pg_stat_database where datname = current_database()'
      );
      return Number(found[0]?.n);
    }
  };
}

async function untilItAnswers(url: string) {
  while (!(await fetch(`${url}/health`).catch(() => null))) await pause(50);
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
