/** A reading is taken from those who may act, believed or kept apart, and never twice for one day. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { giveReading, metersOf, readingsOf } from './readings.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [ada, ben, stranger, grace] = [
  await aPerson(),
  await aPerson(),
  await aPerson(),
  await aPerson('agent')
];
const [{ account = '' } = {}] = await sql<{ account: string }>(
  `with a as (insert into account (number, holder) values ('40010001', 'Ada Brook') returning id),
        m as (insert into account_member (account_id, person_id, kind, scope)
              select id, $1::uuid, 'holder', 'act' from a union all select id, $2::uuid, 'authorised', 'view' from a),
        p as (insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001'
              from a returning id),
        e as (insert into meter (premises_id, serial, digits, installed_on)
              select id, 'G4-7', 5, '2020-05-01' from p returning id),
        r as (insert into reading (meter_id, read_on, digits, source)
              select id, day::date, digits, 'utility' from e,
                     (values ('2026-01-01', '00100'), ('2026-02-01', '00200')) as v (day, digits))
   select id as account from a`,
  [ada.id, ben.id]
);
const [meter] = await metersOf(database.as(ada), account);
if (!meter) throw new Error('Ada has a meter');
const newest = async () => (await readingsOf(database.as(ada), meter.id))[0];

test('a likely reading counts at once', async () => {
  expect(
    await giveReading(database.as(ada), ada, { meter, digits: '00300', read_on: '2026-03-01' })
  ).toMatchObject({ why: null });
  expect(await newest()).toMatchObject({ digits: '00300', source: 'customer', state: 'accepted', own: true });
  expect((await readingsOf(database.as(ben), meter.id))[0]).toMatchObject({ digits: '00300', own: false });
});

test('of a reading that was brought in nobody is said to have given it', async () => {
  await sql(
    `insert into reading (meter_id, read_on, digits, source) values ($1, '2026-02-27', '00290', 'customer')`,
    [meter.id]
  );
  const rows = await readingsOf(database.as(ada), meter.id);
  expect(rows.find(({ read_on }) => read_on === '2026-02-27')).toMatchObject({ own: false, signed: false });
  expect(rows.find(({ read_on }) => read_on === '2026-03-01')).toMatchObject({ own: true, signed: true });
  await sql(`delete from reading where read_on = '2026-02-27'`);
});

test('an unlikely one is kept apart with the reason, and given again it counts', async () => {
  const read_on = '2026-04-01';
  expect(await giveReading(database.as(ada), ada, { meter, digits: '04120', read_on })).toMatchObject({
    why: 'too_high'
  });
  expect(await newest()).toMatchObject({ digits: '04120', state: 'quarantined', why: 'too_high' });
  await giveReading(database.as(ada), ada, { meter, digits: '00412', read_on });
  expect(await newest()).toMatchObject({
    digits: '00412',
    state: 'accepted',
    why: null,
    replaced: ['04120']
  });
  await giveReading(database.as(ada), ada, { meter, digits: '00412', read_on });
  expect(await newest()).toMatchObject({ replaced: ['04120'] });
  expect(
    (await readingsOf(database.as(ada), meter.id)).filter((one) => one.read_on === read_on)
  ).toHaveLength(1);
});

test('who may only look, and a stranger, give none; staff do on behalf, and it is written down', async () => {
  for (const who of [ben, stranger]) {
    await expect(
      giveReading(database.as(who), who, { meter, digits: '00500', read_on: '2026-05-01' })
    ).rejects.toThrow('row-level security');
  }
  await giveReading(database.as(grace), grace, { meter, digits: '00500', read_on: '2026-05-01' });
  expect(await sql('select action from audit_entry where actor_id = $1', [grace.id])).toEqual([
    { action: 'reading.given' }
  ]);
});

test('a day before the meter hung there is refused in words', async () => {
  await expect(
    giveReading(database.as(ada), ada, { meter, digits: '00100', read_on: '2019-01-01' })
  ).rejects.toMatchObject({ kind: 'invalid', words: 'readings.day_impossible' });
});

test('a stranger sees neither meter nor reading', async () => {
  expect(await metersOf(database.as(stranger), account)).toEqual([]);
  expect(await readingsOf(database.as(stranger), meter.id)).toEqual([]);
});
