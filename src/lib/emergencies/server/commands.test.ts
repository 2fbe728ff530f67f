/** From what somebody wrote to a record that the desk sees, and from there to its end. */
import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody, system, type Actor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { canGo, emergencyStatuses } from '../life.ts';
import { addToEmergency, moveEmergency, openEmergency, type NewEmergency } from './commands.ts';
import { emergencyPulse, listOpen, listOver } from './queries.ts';
import { readLog } from './reading-log.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
const db = worker.as(system);

const ada = await aPerson();
const grace = await aPerson('agent', { name: 'Grace Hill' });
const sam = await aPerson('supervisor', { name: 'Sam Reed', locale: 'es' });

afterAll(() => Promise.all([web.close(), worker.close()]));

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
    const { id } = await open(await aPerson());
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

  test('who types on, or clicks twice, is one call; after it is over the same form may open another', async () => {
    const form = randomUUID();
    const eve = await aPerson();
    const [first, again] = await Promise.all([open(eve, { form }), open(eve, { form })]);
    expect(again).toEqual(first);
    const kinds = (await readLog(web.as(grace), { ids: [first.id] })).map(({ kind }) => kind);
    expect(kinds).toEqual(['received', 'shown', 'shown']);
    const steps = `select from outbox where job = 'emergencies.escalate' and payload->>'emergencyId' = $1`;
    expect(await sql(steps, [first.id])).toHaveLength(1);

    await moveEmergency(web.as(grace), grace, first.reference, { to: 'stood_down', reason: 'drill' });
    expect((await open(eve, { form })).id).not.toBe(first.id);
  });

  test('nothing is added to an emergency that does not exist', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await addToEmergency(web.as(nobody), { id, kind: 'said_safe' })).toBe(false);
  });
});

describe('moving', () => {
  test('every step is signed and timed, in the row and in the log', async () => {
    const { id, reference } = await open(await aPerson());
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
    const { reference } = await open(await aPerson());
    const moving = moveEmergency(web.as(ada), ada, reference, { to: 'stood_down', reason: 'said_safe' });
    await expect(moving).rejects.toMatchObject({ kind: 'missing' });
  });

  test('the second of two who press the same button is told so', async () => {
    const { reference } = await open(await aPerson());
    const both = await Promise.allSettled(
      [grace, sam].map((who) => moveEmergency(web.as(who), who, reference, { to: 'acknowledged' }))
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { kind: 'conflict' } });
  });

  test('nobody stands one down without saying why', async () => {
    const { id, reference } = await open(await aPerson());
    await expect(moveEmergency(web.as(grace), grace, reference, { to: 'stood_down' })).rejects.toMatchObject({
      kind: 'invalid'
    });
    await moveEmergency(web.as(grace), grace, reference, { to: 'stood_down', reason: 'false_alarm' });
    expect((await readLog(web.as(grace), { ids: [id] })).at(-1)?.payload).toEqual({ reason: 'false_alarm' });
  });

  test('the database allows exactly the moves of the rule, to staff alone', async () => {
    for (const from of emergencyStatuses) {
      for (const to of emergencyStatuses.filter((status) => status !== from)) {
        const { id } = await open(await aPerson());
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
    const { id } = await open(await aPerson());
    const end = (who: typeof db) =>
      who.updateTable('emergency').set({ status: 'stood_down' }).where('id', '=', id).execute();
    await expect(end(db)).rejects.toThrow('permission denied');
    await expect(sql(`update emergency set status = 'stood_down' where id = $1`, [id])).rejects.toThrow(
      'only staff move an emergency'
    );
  });
});

const open = (actor: Actor, more: Partial<NewEmergency> = {}) =>
  openEmergency(web.as(actor), {
    verdict: 'emergency',
    hazard: 'gas',
    channel: 'form',
    text: 'I smell gas',
    locale: 'en',
    wordingVersion: 'US 1',
    ...more
  });

/** All there are for somebody, whole. */
const listEmergencies = async (as: ReturnType<typeof web.as>) => [
  ...(await listOpen(as)),
  ...(await listOver(as, 1000))
];
