/** A doubted reading reaches the desk, and counts when staff say so: never by a customer, never unseen, never twice. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { system } from '#lib/platform/actor.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { accountJobs } from './jobs.ts';
import { countDoubted, decideReading, doubtedReadings } from './doubted.ts';
import { giveReading, metersOf, readingsOf } from './readings.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const [ada, stranger, grace] = [await aPerson(), await aPerson(), await aPerson('agent')];
const [{ account = '' } = {}] = await sql<{ account: string }>(
  `with a as (insert into account (number, holder) values ('40010001', 'Ada Brook') returning id),
        m as (insert into account_member (account_id, person_id, kind, scope)
              select id, $1::uuid, 'holder', 'act' from a),
        p as (insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001'
              from a returning id),
        e as (insert into meter (premises_id, serial, digits, installed_on)
              select id, 'G4-7', 5, '2020-05-01' from p returning id),
        r as (insert into reading (meter_id, read_on, digits, source)
              select id, day::date, digits, 'utility' from e,
                     (values ('2026-01-01', '00200'), ('2026-02-01', '00300')) as v (day, digits))
   select id as account from a`,
  [ada.id]
);
const [meter] = await metersOf(database.as(ada), account);
if (!meter) throw new Error('Ada has a meter');
const atDesk = database.as(grace);
const newest = async () => (await readingsOf(atDesk, meter.id))[0];
const deeds = () => sql('select action, subject_id from audit_entry where actor_id = $1', [grace.id]);

beforeEach(async () => {
  await sql('delete from outbox');
  await sql(`delete from reading where source = 'customer'`);
  await giveReading(database.as(ada), ada, { meter, digits: '04120', read_on: '2026-03-01' });
});

test('the desk sees whose it is, why it is doubted and what was likely meant', async () => {
  expect(await countDoubted(atDesk)).toBe(1);
  const seen = {
    digits: '04120',
    why: 'too_high',
    meant: '00412',
    serial: 'G4-7',
    unit: 'ccf',
    implied: { last: { read_on: '2026-02-01', digits: '00300' }, used: 3820, days: 28, absurd: true },
    holder: 'Ada Brook',
    account_number: '40010001',
    person_id: ada.id
  };
  expect(await doubtedReadings(atDesk)).toMatchObject([seen]);
  expect(await doubtedReadings(atDesk, ada.id)).toMatchObject([seen]);
  expect(await doubtedReadings(atDesk, stranger.id)).toEqual([]);
  expect(await countDoubted(database.as(stranger))).toBe(0);
});

test.each(['accepted', 'rejected'] as const)(
  'staff have it %s once, and that is written down',
  async (to) => {
    const { id = '' } = (await newest()) ?? {};
    await decideReading(atDesk, grace, { id, digits: '04120', to, sure: true });
    expect(await newest()).toMatchObject({ state: to, why: 'too_high' });
    expect(await deeds()).toContainEqual({ action: `reading.${to}`, subject_id: id });
    expect(await countDoubted(atDesk)).toBe(0);
    await expect(decideReading(atDesk, grace, { id, digits: '04120', to: 'rejected' })).rejects.toMatchObject(
      { kind: 'conflict' }
    );
  }
);

test('what would be absurd is accepted only by who says that they looked; it is rejected without', async () => {
  const { id = '' } = (await newest()) ?? {};
  await expect(decideReading(atDesk, grace, { id, digits: '04120', to: 'accepted' })).rejects.toMatchObject({
    kind: 'invalid',
    words: 'readings.absurd'
  });
  expect(await newest()).toMatchObject({ state: 'quarantined' });
  await decideReading(atDesk, grace, { id, digits: '04120', to: 'rejected' });
  expect(await newest()).toMatchObject({ state: 'rejected' });
});

test('what was given again meanwhile is not decided upon unseen', async () => {
  const { id = '' } = (await newest()) ?? {};
  await giveReading(database.as(ada), ada, { meter, digits: '09999', read_on: '2026-03-01' });
  await expect(
    decideReading(atDesk, grace, { id, digits: '04120', to: 'accepted', sure: true })
  ).rejects.toMatchObject({
    kind: 'conflict',
    words: 'readings.decided'
  });
  expect(await newest()).toMatchObject({ digits: '09999', state: 'quarantined' });
});

test('whoever gave it does not decide about it, and what is not there is not there', async () => {
  const { id = '' } = (await newest()) ?? {};
  for (const who of [ada, stranger]) {
    await expect(
      decideReading(database.as(who), who, { id, digits: '04120', to: 'accepted' })
    ).rejects.toMatchObject({ kind: 'missing' });
  }
  for (const none of ['', 'nonsense', ada.id]) {
    await expect(
      decideReading(atDesk, grace, { id: none, digits: '04120', to: 'accepted' })
    ).rejects.toMatchObject({ kind: 'missing' });
  }
  expect(await newest()).toMatchObject({ state: 'quarantined' });
});

test.each([
  ['accepted', 'it counts'],
  ['rejected', 'we cannot use it']
] as const)('%s, whoever gave it is told once, while they may act', async (to, words) => {
  const { id = '' } = (await newest()) ?? {};
  await decideReading(atDesk, grace, { id, digits: '04120', to, sure: true });
  const letters = await deliver();
  expect(letters.map(({ to: mailbox }) => mailbox)).toEqual([ada.email]);
  expect(letters[0]?.text).toContain(words);
  expect(letters[0]?.text).toContain('04120');
});

test('a reading taken at the desk is told to the holder; who may no more act, or wants none, is not told', async () => {
  await sql(`delete from reading where source = 'customer'`);
  await giveReading(atDesk, grace, { meter, digits: '05120', read_on: '2026-03-01' });
  const { id = '' } = (await newest()) ?? {};
  await decideReading(atDesk, grace, { id, digits: '05120', to: 'rejected' });
  expect((await deliver()).map(({ to }) => to)).toEqual([ada.email]);

  await sql(`update reading set state = 'quarantined', digits = '06120' where id = $1`, [id]);
  await decideReading(atDesk, grace, { id, digits: '06120', to: 'accepted', sure: true });
  await sql(`insert into contact_wish (person_id, muted) values ($1, '{reading}')`, [ada.id]);
  expect(await deliver()).toEqual([]);
});

/** Does what is queued, as the worker would, each job twice; answers with the letters. */
async function deliver() {
  const sent: Mail[] = [];
  const post = { send: async (mail: Mail) => void sent.push(mail), close: () => {} };
  const letterhead = { origin: 'http://hearth.example', utilityName: 'Gas', utilityPhone: '1' };
  const jobs = accountJobs(post, { ...letterhead, timeZone: 'UTC', secret: 's', postRoom: null });
  const db = worker.as(system);
  for (const told of await queued<'accounts.tell_decided'>('accounts.tell_decided'))
    await jobs['accounts.tell_decided'](db, told);
  for (const told of await queued<'accounts.send_decided'>('accounts.send_decided'))
    for (const _ of [1, 2]) await jobs['accounts.send_decided'](db, told);
  return sent;
}

const queued = async <Job extends keyof Jobs>(job: Job) =>
  (await sql<{ payload: Jobs[Job] }>('delete from outbox where job = $1 returning payload', [job])).map(
    ({ payload }) => payload
  );
