/**
 * The promise: with a thousand chats open on one web process, what one side says stands before the other in under 250 ms at
 * the median. `CHATS=1000 node bench/chats.ts`: each chat is a customer whose page listens, fifty agents hold twenty each, and
 * somebody says something five times a second, by the forms of the pages. Counted from the press until what the
 * other side reads anew, because its stream told it to, has the words.
 */
import '../bin/own-node.ts';
import { fork } from 'node:child_process';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Customer, Staff } from '#lib/platform/actor.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { openConversation, takeTurn } from '#lib/chat/server/commands.ts';
import { handOver } from '#lib/chat/server/hand-over.ts';
import { sessionCookie } from '#lib/people/server/session.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { type DatabaseUrls, runEmbedded } from '#lib/postgres/server/supervisor.ts';
import { migrate } from '#lib/platform/server/migrate.ts';
import { takeRequest } from '#lib/requests/server/assignment.ts';
import { buildPages } from '../bin/build.ts';
import { aUtility, ownPlace } from '../tests/support/hearth.ts';
import { memoryOf } from './processes.ts';

const count = Number(process.env.CHATS ?? 1000);
const each = 20;
const messages = Number(process.env.MESSAGES ?? 300);
const perSecond = 5;
const warmUp = 200;
const secret = 'the benchmark signs its sessions with this';

interface Chat {
  reference: string;
  customer: Listener;
  agent: Listener;
}

interface Listener {
  cookie: string;
  /** Who waits to hear of this request. */
  waits: Map<string, () => void>;
}

const { env, folder } = await ownPlace();
const database = await runEmbedded(folder.path);
try {
  await buildPages();
  await migrate(database.urls.owner);
  const chats = await town(database.urls);
  const url = `http://127.0.0.1:${env.PORT}`;
  const own = { ...aUtility, DATABASE_URL: database.urls.web, AUTH_DATABASE_URL: database.urls.auth };
  const server = fork(join(import.meta.dirname, '../bin/web.ts'), {
    env: { ...process.env, ...env, ...own, SECRET: secret, NODE_ENV: 'production', HOST: '127.0.0.1' },
    execArgv: []
  });
  while (!(await fetch(`${url}/ready`).catch(() => null))?.ok) await pause(100);
  // So that what is loaded once is not counted for a chat.
  for (let n = 0; n < warmUp; n++)
    await exchange(url, chats[n % chats.length], n % 2 ? 'agent' : 'customer', false);
  await pause(1000);
  const empty = memoryOf([server.pid ?? 0]);
  const listeners = [...new Set(chats.flatMap(({ customer, agent }) => [customer, agent]))];
  for (let at = 0; at < listeners.length; at += 50)
    await Promise.all(listeners.slice(at, at + 50).map((listener) => listen(url, listener)));
  const open = memoryOf([server.pid ?? 0]);
  say(
    `${count} chats open, ${listeners.length} streams: ${(((open - empty) * 1024) / count).toFixed(1)} KB each (process before ${empty.toFixed(0)} MB)`
  );

  for (const by of ['customer', 'agent'] as const) {
    const times: { heard: number; read: number }[] = [];
    const all: Promise<unknown>[] = [];
    for (let n = 0; n < messages; n++) {
      const chat = chats[Math.floor(Math.random() * chats.length)];
      all.push(exchange(url, chat, by).then((time) => times.push(time)));
      await pause(1000 / perSecond);
    }
    await Promise.all(all);
    for (const what of ['heard', 'read'] as const) {
      const sorted = times.map((time) => time[what]).sort((a, b) => a - b);
      const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
      say(
        `said by the ${by}, ${what} by the other side: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms`
      );
    }
  }
  say(
    `memory at the end: ${(((memoryOf([server.pid ?? 0]) - empty) * 1024) / count).toFixed(1)} KB each chat`
  );
  server.kill('SIGKILL');
} finally {
  await database.stop();
  folder.remove();
}
process.exit();

/** One message, from the press until the other side hears of it, and until its page has the words. */
async function exchange(url: string, chat: Chat | undefined, by: 'customer' | 'agent', waits = true) {
  if (!chat) throw new Error('no chats');
  const { reference, customer, agent } = chat;
  const [from, to] = by === 'customer' ? [customer, agent] : [agent, customer];
  const text = `A word about it ${randomUUID()}`;
  const began = performance.now();
  const isHeard = waits ? new Promise<void>((heard) => to.waits.set(reference, heard)) : Promise.resolve();
  const path = by === 'customer' ? '/chat?/say' : `/desk/requests/${reference}?/reply`;
  const answer = await fetch(url + path, {
    method: 'POST',
    body: new URLSearchParams({ key: randomUUID(), text, seen: '9999', then: 'open' }),
    headers: { origin: url, cookie: from.cookie, accept: 'text/html' },
    redirect: 'manual'
  });
  if (answer.status !== 303)
    throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
  await isHeard;
  const heard = performance.now() - began;
  const page = await fetch(url + (by === 'customer' ? `/desk/requests/${reference}/__data.json` : '/chat'), {
    headers: { cookie: to.cookie, accept: 'text/html' }
  });
  if (!(await page.text()).includes(text)) throw new Error('the other side does not see it');
  return { heard, read: performance.now() - began };
}

async function listen(url: string, listener: Listener) {
  const request = get(`${url}/live`, { headers: { cookie: listener.cookie }, agent: false });
  const answer = await new Promise<IncomingMessage>((open, fail) =>
    request.on('response', open).on('error', fail)
  );
  if (answer.statusCode !== 200) throw new Error(`no stream: ${answer.statusCode}`);
  answer.on('error', () => {});
  request.on('error', () => {});
  await new Promise<void>((ready) =>
    answer.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('hello')) ready();
      for (const [, reference = ''] of text.matchAll(/"reference":"([^"]+)"/g)) {
        listener.waits.get(reference)?.();
        listener.waits.delete(reference);
      }
    })
  );
}

/** Customers who have asked for a person, and agents who have taken them. */
async function town(urls: DatabaseUrls): Promise<Chat[]> {
  await publish(urls.owner, serviceTypes);
  const owner = new pg.Client({ connectionString: urls.owner });
  owner.on('error', () => {}); // It goes with its database.
  await owner.connect();
  const people = async (role: 'customer' | 'agent', many: number) => {
    const { rows } = await owner.query<{ id: string; email: string }>(
      `insert into person (email, email_verified, name, role, demo)
       select '${role}' || n || '@bench.example', true, 'P ' || n, '${role}', true from generate_series(1, $1) n
       returning id, email`,
      [many]
    );
    const tokens = rows.map(() => randomBytes(24).toString('base64url'));
    await owner.query(
      `insert into sign_in_session (person_id, token, expires_at)
       select id, token, now() + interval '1 day' from unnest($1::uuid[], $2::text[]) as t (id, token)`,
      [rows.map(({ id }) => id), tokens]
    );
    return rows.map(({ id, email }, n) => {
      const token = tokens[n] ?? '';
      const signature = createHmac('sha256', secret).update(token).digest('base64');
      const cookie = `${sessionCookie}=${encodeURIComponent(`${token}.${signature}`)}`;
      const actor = { kind: 'person' as const, id, role, team: null, name: email, email };
      return { actor, listener: { cookie, waits: new Map<string, () => void>() } };
    });
  };
  const [customers, agents] = [
    await people('customer', count),
    await people('agent', Math.ceil(count / each))
  ];
  const db = openDatabase(urls.web, 'hearth_web', { size: 8 });
  const chats: Chat[] = [];
  const next = customers.entries();
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const [n, { actor, listener }] of next) {
        const agent = agents[Math.floor(n / each)];
        if (!agent) throw new Error('too few agents');
        const reference = await chatOf(db, actor as Customer, agent.actor as Staff);
        chats.push({ reference, customer: listener, agent: agent.listener });
      }
    })
  );
  await db.close();
  return chats;
}

async function chatOf(database: ReturnType<typeof openDatabase>, customer: Customer, agent: Staff) {
  const db = database.as(customer);
  const conversation = await openConversation(db, customer, 'en');
  const answer = {
    kind: 'abstain' as const,
    topic: null,
    text: 'I do not know.',
    ways: [],
    understood: null
  };
  for (const text of ['Where is my bill?', 'It should be here by now.'])
    await takeTurn(db, conversation, { key: randomUUID(), text, answer });
  const reference = await handOver(db, customer, conversation, {
    ...{ locale: 'en', wish: 'A person, please.', now: new Date() }
  });
  await takeRequest(database.as(agent), agent, reference, { seen: 9999 });
  return reference;
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
