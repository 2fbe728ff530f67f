/** From what somebody wrote to the people on call: the record, its life, and who is told when nobody answers. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody, system, type Actor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { sign } from '#lib/platform/server/webhook.ts';
import { canGo, emergencyStatuses } from '../life.ts';
import { addToEmergency, moveEmergency, openEmergency } from './commands.ts';
import { emergencyJobs } from './jobs.ts';
import { emergencyPulse, listEmergencies, readLog } from './queries.ts';

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

const ada = await aPerson();
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

describe('opening', () => {
  test.each<[string, Actor]>([
    ['a visitor', nobody],
    ['a customer', ada],
    ['staff', grace]
  ])('%s may, and gets an id to add to, and the desk sees it with its log', async (_who, actor) => {
    const { id, reference } = await open(actor);
    expect(
      await addToEmergency(web.as(actor), { id, kind: 'contact_given', phone: '555', place: 'Elm 4' })
    ).toBe(true);
    expect(await addToEmergency(web.as(actor), { id, kind: 'said_safe' })).toBe(true);

    const row = (await listEmergencies(web.as(grace))).find((one) => one.id === id);
    expect(row).toMatchObject({ reference, status: 'received', hazard: 'gas', phone: '555', place: 'Elm 4' });
    expect(row?.text).toBe('I smell gas');
    expect(row?.safe_said_at).toBeInstanceOf(Date);
    expect((await readLog(web.as(grace), { ids: [id] })).map((entry) => entry.kind)).toEqual([
      'received',
      'shown',
      'contact_given',
      'said_safe'
    ]);
  });

  test('customers and visitors see none, not even their own', async () => {
    await open(ada);
    expect(await listEmergencies(web.as(ada))).toEqual([]);
    expect(await listEmergencies(web.as(nobody))).toEqual([]);
    expect(await readLog(web.as(ada))).toEqual([]);
  });

  test('starts the minute, and beats the pulse', async () => {
    const before = await emergencyPulse(web.as(nobody));
    const { id } = await open(ada);
    const after = await emergencyPulse(web.as(nobody));
    expect(after.newest).toBeGreaterThan(before.newest);
    expect(after.unacknowledged).toBe(before.unacknowledged + 1);

    const jobs = await sql<{ job: string; seconds: number }>(
      `select job, extract(epoch from run_at - created_at)::float8 as seconds from outbox
       where payload->>'emergencyId' = $1 order by run_at`,
      [id]
    );
    expect(jobs.map(({ job, seconds }) => [job, Math.round(seconds)])).toEqual([
      ['emergencies.raise_alarm', 0],
      ['emergencies.escalate', 60]
    ]);
  });

  test('nothing is added to an emergency that does not exist', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await addToEmergency(web.as(nobody), { id, kind: 'said_safe' })).toBe(false);
  });
});

describe('moving', () => {
  test('every step is signed and timed, in the row and in the log', async () => {
    const { id, reference } = await open(ada);
    for (const to of ['acknowledged', 'dispatched', 'attended', 'made_safe'] as const)
      await moveEmergency(web.as(grace), grace, reference, { to });

    const row = (await listEmergencies(web.as(grace))).find((one) => one.id === id);
    expect(row).toMatchObject({ status: 'made_safe', acknowledged_name: 'Grace Hill' });
    for (const time of [row?.acknowledged_at, row?.dispatched_at, row?.attended_at, row?.made_safe_at])
      expect(time).toBeInstanceOf(Date);
    const log = await readLog(web.as(sam), { ids: [id] });
    expect(log.slice(2).map(({ kind, actor_name }) => [kind, actor_name])).toEqual([
      ['acknowledged', 'Grace Hill'],
      ['dispatched', 'Grace Hill'],
      ['attended', 'Grace Hill'],
      ['made_safe', 'Grace Hill']
    ]);
  });

  test('a customer is refused as if there were no emergency', async () => {
    const { reference } = await open(ada);
    const moving = moveEmergency(web.as(ada), ada, reference, { to: 'stood_down', reason: 'said_safe' });
    await expect(moving).rejects.toMatchObject({ kind: 'missing' });
  });

  test('the second of two who press the same button is told so', async () => {
    const { reference } = await open(ada);
    const both = await Promise.allSettled(
      [grace, sam].map((who) => moveEmergency(web.as(who), who, reference, { to: 'acknowledged' }))
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { kind: 'conflict' } });
  });

  test('nobody stands one down without saying why', async () => {
    const { id, reference } = await open(ada);
    await expect(moveEmergency(web.as(grace), grace, reference, { to: 'stood_down' })).rejects.toMatchObject({
      kind: 'invalid'
    });
    await moveEmergency(web.as(grace), grace, reference, { to: 'stood_down', reason: 'false_alarm' });
    expect((await readLog(web.as(grace), { ids: [id] })).at(-1)?.payload).toEqual({ reason: 'false_alarm' });
  });

  test('the database allows exactly the moves of the rule, to staff alone', async () => {
    for (const from of emergencyStatuses) {
      for (const to of emergencyStatuses.filter((status) => status !== from)) {
        const { id } = await open(ada);
        await sql('alter table emergency disable trigger emergency_guard');
        await sql('update emergency set status = $2 where id = $1', [id, from]);
        await sql('alter table emergency enable trigger emergency_guard');
        const tried = (who: typeof grace) =>
          web
            .as(who)
            .updateTable('emergency')
            .set({ status: to })
            .where('id', '=', id)
            .executeTakeFirstOrThrow();

        expect((await tried(ada)).numUpdatedRows).toBe(0n);
        const moved = await tried(grace).then(
          ({ numUpdatedRows }) => numUpdatedRows === 1n,
          () => false
        );
        expect(moved, `${from} to ${to}`).toBe(canGo(from, to));
      }
    }
  });

  test('no job and no timer ends an emergency, nor anybody who does not say who they are', async () => {
    const { id } = await open(ada);
    const end = (who: typeof db) =>
      who.updateTable('emergency').set({ status: 'stood_down' }).where('id', '=', id).execute();
    await expect(end(db)).rejects.toThrow('permission denied');
    await expect(sql(`update emergency set status = 'stood_down' where id = $1`, [id])).rejects.toThrow(
      'only staff move an emergency'
    );
  });
});

describe('while nobody acknowledges', () => {
  test('the people on call are told one after the other, by letter and webhook, and the log says so', async () => {
    const { id, reference } = await open(ada);
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
    const { id } = await open(ada);
    await escalate(db, { emergencyId: id });
    const [call] = calls;
    const seconds = Number(/^t=(\d+),/.exec(call?.signature ?? '')?.[1]);
    expect(call?.signature).toBe(sign(duty.dutyWebhookSecret, call?.body ?? '', seconds));
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(10);
  });

  test('a webhook that fails is tried three times, and holds up no letter', async () => {
    answer = 500;
    const { id } = await open(ada);
    await escalate(db, { emergencyId: id });
    expect(calls).toHaveLength(3);
    expect(sent).toHaveLength(1);
    expect((await readLog(web.as(grace), { ids: [id] })).at(-1)?.payload).toMatchObject({
      webhook: 'failed'
    });
  });

  test('a mail server that is down stops nothing: the webhook is called, and the next step comes', async () => {
    mailWorks = false;
    const { id } = await open(ada);
    await escalate(db, { emergencyId: id });
    expect(calls).toHaveLength(1);
    expect((await readLog(web.as(grace), { ids: [id] })).at(-1)?.payload).toMatchObject({
      letters: 0,
      of: 1
    });
    expect(await nextSteps(id)).toEqual(['1']);
  });

  test('a step that runs twice writes once, and goes on once', async () => {
    const { id } = await open(ada);
    await escalate(db, { emergencyId: id });
    await escalate(db, { emergencyId: id });
    expect(sent).toHaveLength(1);
    expect(await nextSteps(id)).toEqual(['1']);
  });

  test('without a list all supervisors and admins are told, each in their language', async () => {
    const { id } = await open(ada);
    const jobs = emergencyJobs(post, { ...duty, dutyEmails: [], dutyWebhook: null });
    await jobs['emergencies.escalate'](db, { emergencyId: id });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: sam.email });
    expect(sent[0]?.subject).toContain('EMERGENCIA');
  });

  test('once it is acknowledged nobody else is woken', async () => {
    const { id, reference } = await open(ada);
    await moveEmergency(web.as(grace), grace, reference, { to: 'acknowledged' });
    await escalate(db, { emergencyId: id });
    expect([sent, calls]).toEqual([[], []]);
    expect(await nextSteps(id)).toEqual([]);
  });
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
