/** While nobody acknowledges an emergency, the people on call are told, one way or another. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system, type Actor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { sign } from '#lib/platform/server/webhook.ts';
import { moveEmergency, openEmergency } from './commands.ts';
import { emergencyJobs } from './jobs.ts';
import { readLog } from './reading-log.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
const db = worker.as(system);

const calls: { body: string; signature: string }[] = [];
let answer = 200;
const pager = createServer((req, res) => {
  let body = '';
  req.on('data', (part: Buffer) => (body += part.toString()));
  req.on('end', () => {
    calls.push({ body, signature: String(req.headers['hearth-signature']) });
    res.writeHead(answer).end();
  });
}).listen(0, '127.0.0.1');
await once(pager, 'listening');
const address = pager.address();
const dutyWebhook = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;

const sent: Mail[] = [];
let mailWorks = true;
const duty = {
  origin: 'https://hearth.example',
  timeZone: 'America/New_York',
  dutyEmails: ['first@duty.example', 'second@duty.example'],
  dutyWebhook,
  dutyWebhookSecret: 'a secret of both sides'
};
const post = {
  async send(mail: Mail) {
    if (!mailWorks) throw new Error('the mail server is down');
    sent.push(mail);
  },
  close: () => {}
};
const { 'emergencies.escalate': escalate } = emergencyJobs(post, duty);

const grace = await aPerson('agent', { name: 'Grace Hill' });
const sam = await aPerson('supervisor', { name: 'Sam Reed', locale: 'es' });

beforeEach(() => {
  sent.length = calls.length = 0;
  mailWorks = true;
  answer = 200;
});
afterAll(async () => {
  pager.close();
  await Promise.all([web.close(), worker.close()]);
});

test('the people on call are told one after the other, by letter and webhook, and the log says so', async () => {
  const { id, reference } = await open(await aPerson());
  await escalate(db, { emergencyId: id });
  await escalate(db, { emergencyId: id, step: 1 });

  expect(sent.map(({ to }) => to)).toEqual(['first@duty.example', 'second@duty.example']);
  expect(sent[0]?.text).toContain(`https://hearth.example/desk/emergencies/${reference}`);
  expect(JSON.stringify([sent, calls])).not.toContain('I smell gas');
  const log = await readLog(web.as(grace), { ids: [id] });
  expect(log.filter(({ kind }) => kind === 'escalated').map(({ payload }) => payload)).toEqual([
    { step: 0, letters: 1, of: 1, webhook: 'taken' },
    { step: 1, letters: 1, of: 1, webhook: 'taken' }
  ]);
  expect(await nextSteps(id)).toEqual(['1', '2']);
});

test('the webhook can check that it was us', async () => {
  const { id } = await open(await aPerson());
  await escalate(db, { emergencyId: id });
  const [call] = calls;
  const seconds = Number(/^t=(\d+),/.exec(call?.signature ?? '')?.[1]);
  expect(call?.signature).toBe(sign(duty.dutyWebhookSecret, call?.body ?? '', seconds));
  expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(10);
});

test('a webhook that fails is tried three times, and holds up no letter', async () => {
  answer = 500;
  const { id } = await open(await aPerson());
  await escalate(db, { emergencyId: id });
  expect(calls).toHaveLength(3);
  expect(sent).toHaveLength(1);
  expect((await readLog(web.as(grace), { ids: [id] })).at(-1)?.payload).toMatchObject({
    webhook: 'failed'
  });
});

test('a mail server that is down stops nothing: the webhook is called, and the next step comes', async () => {
  mailWorks = false;
  const { id } = await open(await aPerson());
  await escalate(db, { emergencyId: id });
  expect(calls).toHaveLength(1);
  expect((await readLog(web.as(grace), { ids: [id] })).at(-1)?.payload).toMatchObject({
    letters: 0,
    of: 1
  });
  expect(await nextSteps(id)).toEqual(['1']);
});

test('a step that runs twice writes once, and goes on once', async () => {
  const { id } = await open(await aPerson());
  await escalate(db, { emergencyId: id });
  await escalate(db, { emergencyId: id });
  expect(sent).toHaveLength(1);
  expect(await nextSteps(id)).toEqual(['1']);
});

test('without a list all supervisors and admins who have not left are told, each in their language', async () => {
  const [ruth, left] = [await aPerson('admin', { name: 'Ruth Cole' }), await aPerson('admin')];
  await sql('update person set deactivated_at = now() where id = $1', [left.id]);
  const { id } = await open(await aPerson());
  const jobs = emergencyJobs(post, { ...duty, dutyEmails: [], dutyWebhook: null });
  await jobs['emergencies.escalate'](db, { emergencyId: id });
  const told = new Map(sent.map(({ to, subject }) => [to, subject]));
  expect([...told.keys()].sort()).toEqual([ruth.email, sam.email].sort());
  expect(told.get(sam.email)).toContain('EMERGENCIA');
});

test('once it is acknowledged nobody else is woken', async () => {
  const { id, reference } = await open(await aPerson());
  await moveEmergency(web.as(grace), grace, reference, { to: 'acknowledged' });
  await escalate(db, { emergencyId: id });
  expect([sent, calls]).toEqual([[], []]);
  expect(await nextSteps(id)).toEqual([]);
});

const open = (actor: Actor) =>
  openEmergency(web.as(actor), {
    verdict: 'emergency',
    hazard: 'gas',
    channel: 'form',
    text: 'I smell gas',
    locale: 'en',
    wordingVersion: 'US 1'
  });

/** Which further steps wait in the outbox, beside the first, which the opening queued. */
async function nextSteps(id: string) {
  const rows = await sql<{ step: string }>(
    `select payload->>'step' as step from outbox where job = 'emergencies.escalate'
     and payload->>'emergencyId' = $1 and payload ? 'step' order by id`,
    [id]
  );
  return rows.map(({ step }) => step);
}
