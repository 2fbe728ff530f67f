/** Proves that no request is lost or doubled while processes and the database are killed under people who ask. */
import '../bin/own-node.ts';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { borrowEmbedded } from '#lib/postgres/server/supervisor.ts';
import { ownPlace, startHearth, stopHearth } from '../tests/support/hearth.ts';
import { aftermath } from './verify.ts';
import { type Asked, keepAsking, signIn } from './customers.ts';
import { keepChatting, type Said } from './chatting.ts';
import { killOne } from './chaos.ts';

const kills = Number(process.env.KILLS ?? 30);
const longest = 150_000;

const { env, folder } = await ownPlace();
const hearth = await startHearth({ ...env, DEMO: '1', LOG_LEVEL: 'error' });
try {
  process.exitCode = (await prove()) ? 0 : 1;
} finally {
  await stopHearth(hearth);
  folder.remove();
}
process.exit();

async function prove() {
  const since = new Date();
  await countNobody();
  const cookies = await Promise.all(
    ['ada', 'ben'].map((name) => signIn(hearth.url, `${name}@customer.example`))
  );
  const over = new AbortController();
  const clients = Array.from({ length: 8 }, (_, number) =>
    keepAsking(hearth.url, cookies[number % 2] ?? '', number, over.signal)
  );
  const talks = cookies.map((cookie) => keepChatting(hearth.url, cookie, over.signal));

  const killed = await killFor(longest);
  over.abort();
  if (hearth.child.exitCode !== null) {
    say(`✗ Hearth itself gave up:\n${hearth.output().slice(-3000)}`);
    return false;
  }
  const asked = (await Promise.all(clients)).flat();
  return report({ asked, said: (await Promise.all(talks)).flat() }, killed, since);
}

/** Two people ask here as often as hundreds would: the budget of an hour would end the proof after seconds. */
async function countNobody() {
  const { urls } = await borrowEmbedded(env.DATA_DIR);
  const owner = new pg.Client(urls.owner);
  await owner.connect();
  await owner.query(
    `create or replace function spend_budget() returns trigger language plpgsql as $$ begin return null; end $$`
  );
  await owner.end();
}

/** Kills one process after the other, with as much time between as it takes to get going, and not always that. */
async function killFor(time: number) {
  const killed: Record<string, number> = {};
  const end = Date.now() + time;
  for (let count = 0; count < kills && Date.now() < end && hearth.child.exitCode === null;) {
    await pause(1000 + Math.random() * 1000);
    const victim = killOne(hearth.child.pid ?? 0, env.DATA_DIR);
    if (!victim) continue;
    killed[victim] = (killed[victim] ?? 0) + 1;
    count += 1;
  }
  return killed;
}

async function report(
  { asked, said }: { asked: Asked[]; said: Said[] },
  killed: Record<string, number>,
  since: Date
) {
  const { urls } = await borrowEmbedded(env.DATA_DIR);
  const found = await aftermath(urls.owner, env.DATA_DIR, { asked, said }, since);
  const tries = asked.reduce((sum, one) => sum + one.tries, 0);
  const receipts = asked.filter(({ reference }) => reference).length;
  const files = asked.filter(({ files }) => files > 0).length;

  say(
    `killed: ${Object.entries(killed)
      .map(([name, count]) => `${count} × ${name}`)
      .join(', ')}`
  );
  say(`asked: ${asked.length} forms in ${tries} tries, ${files} of them with a file; ${receipts} receipts`);
  say(`said in the chat: ${said.length} messages`);
  for (const { name, count, wrong } of found) say(`${wrong ? '✗' : '✓'} ${name}: ${count}`);
  const enough = receipts > 0 && Object.values(killed).reduce((sum, count) => sum + count, 0) >= kills;
  if (!enough) say(`✗ fewer than ${kills} kills, or no receipt at all: this proves nothing`);
  return enough && found.every(({ wrong }) => !wrong);
}

function say(line: string) {
  process.stdout.write(`${line}\n`);
}
