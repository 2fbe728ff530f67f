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
const {
  'emergencies.escalate': escalate,
  'emergencies.watch': watch,
  'emergencies.forget_verdicts': forget
} = emergencyJobs(post, duty);

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

test('once it is acknowledged, letters urge until somebody is sent and there: before, after, and every hour', async () => {
  const { id, reference } = await open(await aPerson());
  await moveEmergency(web.as(grace), grace, reference, { to: 'acknowledged' });
  const urgedAt = async (minutes: number) => {
    sent.length = calls.length = 0;
    await cameIn(id, minutes);
    await watch(db, {});
    // The same minute once more.
    await watch(db, {});
    expect(sent.map(({ to }) => to).sort()).toEqual(
      sent.flatMap((_, nth) => duty.dutyEmails[nth % 2] ?? []).sort()
    );
    return [...new Set(sent.map(({ subject }) => subject.replace(/^.*: /, '')))].sort();
  };

  expect(await urgedAt(20)).toEqual([]);
  expect(await urgedAt(35)).toEqual(['nobody has been sent, 25 minutes left']);
  expect(sent[0]?.text).toContain(`https://hearth.example/desk/emergencies/${reference}`);
  expect(JSON.stringify([sent, calls])).not.toContain('I smell gas');
  expect(JSON.parse(calls[0]?.body ?? '{}')).toMatchObject({ type: 'emergency.dispatched_near', reference });
  expect(await urgedAt(70)).toEqual(['nobody has been sent, 10 minutes late']);
  expect(await urgedAt(80)).toEqual([]);
  expect(await urgedAt(125)).toEqual([
    'nobody has been sent, 65 minutes late',
    'nobody is there, 5 minutes late'
  ]);

  await moveEmergency(web.as(grace), grace, reference, { to: 'dispatched' });
  expect(await urgedAt(185)).toEqual(['nobody is there, 65 minutes late']);
  await moveEmergency(web.as(grace), grace, reference, { to: 'attended' });
  expect(await urgedAt(500)).toEqual([]);
  const urged = (await readLog(web.as(grace), { ids: [id] })).filter(({ kind }) => kind === 'urged');
  expect(urged.map(({ payload }) => `${String(payload['clock'])} ${String(payload['state'])}`)).toEqual([
    'dispatched near',
    'dispatched late',
    'dispatched late',
    'attended late',
    'attended late'
  ]);
});

test('a warning that reached nobody is said again a minute later', async () => {
  const { id, reference } = await open(await aPerson());
  await moveEmergency(web.as(grace), grace, reference, { to: 'acknowledged' });
  await cameIn(id, 35);
  mailWorks = false;
  answer = 500;
  await watch(db, {});
  expect((await readLog(web.as(grace), { ids: [id] })).map(({ kind }) => kind)).not.toContain('urged');

  mailWorks = true;
  await watch(db, {});
  expect(sent).toHaveLength(2);
  expect((await readLog(web.as(grace), { ids: [id] })).at(-1)).toMatchObject({
    kind: 'urged',
    payload: { letters: 2, of: 2, webhook: 'failed' }
  });
});

test('an alarm whose next step was lost is taken up where it was, and one that is on its way is left alone', async () => {
  const [lost, begun, young] = [
    await open(await aPerson()),
    await open(await aPerson()),
    await open(await aPerson())
  ];
  await escalate(db, { emergencyId: begun.id });
  await sql('delete from outbox');
  await Promise.all([cameIn(lost.id, 21), cameIn(begun.id, 60), cameIn(young.id, 19)]);
  await sql(
    `update emergency_entry set at = now() - interval '21 minutes' where emergency_id = $1 and kind = 'escalated'`,
    [begun.id]
  );

  await watch(db, {});
  const taken = await sql(
    `select payload->>'emergencyId' as id, (payload->>'step')::int as step from outbox where job = 'emergencies.escalate'`
  );
  expect(taken).toHaveLength(2);
  expect(taken).toEqual(
    expect.arrayContaining([
      { id: lost.id, step: 0 },
      { id: begun.id, step: 1 }
    ])
  );
});

/** As if it had come in so many minutes ago. */
const cameIn = (id: string, minutes: number) =>
  sql(`update emergency set received_at = now() - $2 * interval '1 minute' where id = $1`, [id, minutes]);

test('what the screen said is forgotten after a year', async () => {
  await sql(`insert into screen_verdict (level, channel, digest, at)
             select 'clear', 'form', days::text, now() - make_interval(days => days) from unnest(array[0, 360, 370]) days`);
  await forget(db, {});
  expect(await sql('select digest from screen_verdict order by digest')).toEqual([
    { digest: '0' },
    { digest: '360' }
  ]);
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
