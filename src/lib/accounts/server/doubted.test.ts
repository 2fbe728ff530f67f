/** A doubted reading reaches the desk, and counts when staff say so: never by a customer, never unseen, never twice. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { countDoubted, decideReading, doubtedReadings } from './doubted.ts';
import { giveReading, metersOf, readingsOf } from './readings.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

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
    await decideReading(atDesk, grace, { id, digits: '04120', to });
    expect(await newest()).toMatchObject({ state: to, why: 'too_high' });
    expect(await deeds()).toContainEqual({ action: `reading.${to}`, subject_id: id });
    expect(await countDoubted(atDesk)).toBe(0);
    await expect(decideReading(atDesk, grace, { id, digits: '04120', to: 'rejected' })).rejects.toMatchObject(
      { kind: 'conflict' }
    );
  }
);

test('what was given again meanwhile is not decided upon unseen', async () => {
  const { id = '' } = (await newest()) ?? {};
  await giveReading(database.as(ada), ada, { meter, digits: '09999', read_on: '2026-03-01' });
  await expect(decideReading(atDesk, grace, { id, digits: '04120', to: 'accepted' })).rejects.toMatchObject({
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
