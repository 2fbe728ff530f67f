/** Planning, and a day on which nobody can come: nothing is offered, everybody is told once and can choose again. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import * as planning from '#lib/slots/server/planning.ts';
import { addExtra, openSlot } from '#lib/slots/server/one-day.ts';
import { closeDay, closeVisits } from './closing-days.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { bookSlot, visitOf } from './booking.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const zone = 'America/New_York';
const clock = { now: new Date(), zone };
const [ada, grace, sam] = [await aPerson(), await aPerson('agent'), await aPerson('supervisor')];
const [hers, desk] = [database.as(ada), database.as(sam)];
const window = {
  ...{ kind: 'visit' as const, skill: 'appliance', weekdays: [1, 2, 3, 4, 5, 6, 7] },
  ...{ from_time: '08:00', to_time: '10:00', capacity: 2, kept_first: 0, charge: 0n, zone }
};
const offered = async () => {
  const { reference } = await aRequest(ada);
  return (await visitOf(hers, ada, await getRequest(hers, ada, reference), clock)).slots;
};

test('a supervisor plans an area, whose weeks are there at once; an agent plans nothing', async () => {
  const area = await planning.addArea(desk, sam, { name: 'Señor’s Mill', prefixes: ['042'] });
  expect(area).toBe('senor-s-mill');
  await planning.addPattern(desk, sam, area, window);
  expect((await offered()).length).toBeGreaterThan(30);
  // An hour that the clocks skip, any spring, is no reason to plan nothing at all.
  await planning.addPattern(desk, sam, area, { ...window, from_time: '02:15', to_time: '02:45' });

  const again = planning.addArea(desk, sam, { name: 'Señor’s Mill', prefixes: ['043'] });
  await expect(again).rejects.toMatchObject({ words: 'slots.area_there' });
  const theirs = async () => planning.addPattern(database.as(grace), grace, area, window);
  await expect(theirs()).rejects.toMatchObject({ kind: 'forbidden' });
});

test('on a closed day nothing is offered, whoever was booked is told once, and finds another time', async () => {
  const [slot] = await offered();
  if (!slot) throw new Error('nothing is offered');
  const { id, reference } = await aRequest(ada);
  await bookSlot(hers, ada, reference, { slot: slot.id, ...clock });
  const closed = { area: 'senor-s-mill', day: slot.on_day, reason: 'weather' };
  expect([await closeDay(desk, sam, closed), await closeDay(desk, sam, closed)]).toEqual([1, 0]);

  expect(
    await sql(
      `select r.status, r.visit_on, v.state, (select count(*)::int from slot_place where subject_id = r.id and state = 'taken') as taken
       from request r join visit v on v.request_id = r.id where r.id = $1`,
      [id]
    )
  ).toEqual([{ status: 'open', visit_on: null, state: 'called_off', taken: 0 }]);
  expect(
    await sql(`select payload->>'kind' as kind from outbox where payload->>'requestId' = $1 order by id`, [
      id
    ])
  ).toEqual([{ kind: 'booked' }, { kind: 'visit_closed' }]);
  const [next] = await offered();
  expect(next?.on_day).not.toBe(slot.on_day);
  await bookSlot(hers, ada, reference, { slot: next?.id ?? '', ...clock });

  await planning.openDay(desk, sam, { ...closed, kind: 'visit', zone });
  expect((await offered())[0]?.on_day).toBe(slot.on_day);
});

test('a window more on one day is offered there and on no other; its like, the past and a closed day are refused', async () => {
  const days = (await offered()).map(({ on_day }) => on_day);
  const [on_day, next] = [days[2] ?? '', days[5] ?? ''];
  const extra = {
    ...{ area: 'senor-s-mill', zone, kind: 'visit' as const, skill: 'appliance', on_day },
    ...{ from_time: '18:00', to_time: '20:00', capacity: 1, kept_first: 0, charge: 0n }
  };
  await addExtra(desk, sam, extra);
  const late = (await offered()).filter(({ from_time }) => from_time === '18:00:00');
  expect(late.map((slot) => slot.on_day)).toEqual([on_day]);
  const week = await planning.weekOf(desk, { area: extra.area, kind: 'visit', from: on_day });
  expect(week.filter((slot) => slot.extra).map(({ from_time }) => from_time)).toEqual(['18:00:00']);

  for (const [other, words] of [
    [{}, 'slots.window_there'],
    [{ on_day: '2020-01-01' }, 'slots.window_past'],
    [{ on_day: '2027-03-14', from_time: '02:45', to_time: '03:15' }, 'slots.window_skipped']
  ] as const)
    await expect(addExtra(desk, sam, { ...extra, ...other })).rejects.toMatchObject({ words });
  await expect(addExtra(database.as(grace), grace, extra)).rejects.toMatchObject({ kind: 'forbidden' });
  await closeDay(desk, sam, { area: extra.area, day: next, reason: 'staff' });
  const there = addExtra(desk, sam, { ...extra, on_day: next });
  await expect(there).rejects.toMatchObject({ words: 'slots.day_is_closed' });
  await planning.openDay(desk, sam, { area: extra.area, kind: 'visit', day: next, zone });
});

test('one window is closed and its day is not: who is in it is told once, and it stays closed when the day was', async () => {
  const [slot, other] = await offered();
  if (!slot || !other) throw new Error('nothing is offered');
  const [{ reference }, beside] = [await aRequest(ada), await aRequest(ada)];
  await bookSlot(hers, ada, reference, { slot: slot.id, ...clock });
  await bookSlot(hers, ada, beside.reference, { slot: other.id, ...clock });
  const closed = { slot: slot.id, reason: 'staff' };
  await expect(closeVisits(database.as(grace), grace, closed)).rejects.toMatchObject({ kind: 'forbidden' });
  expect([await closeVisits(desk, sam, closed), await closeVisits(desk, sam, closed)]).toEqual([1, 0]);
  expect(await getRequest(hers, ada, reference)).toMatchObject({ status: 'open', visit_on: null });
  expect(await getRequest(hers, ada, beside.reference)).toMatchObject({ status: 'scheduled' });
  const ids = async () => (await offered()).map(({ id }) => id);
  expect(await ids()).not.toContain(slot.id);
  await planning.addPattern(desk, sam, 'senor-s-mill', window);
  expect(await ids()).not.toContain(slot.id);

  const day = { area: 'senor-s-mill', day: slot.on_day, reason: 'weather' };
  await closeDay(desk, sam, day);
  await expect(openSlot(desk, sam, slot.id)).rejects.toMatchObject({ words: 'slots.day_is_closed' });
  await planning.openDay(desk, sam, { ...day, kind: 'visit', zone });
  expect(await ids()).not.toContain(slot.id);
  await expect(async () => openSlot(database.as(grace), grace, slot.id)).rejects.toMatchObject({
    kind: 'forbidden'
  });
  await openSlot(desk, sam, slot.id);
  expect(await ids()).toContain(slot.id);
});

test('a window that is taken out keeps who is booked and offers no more; no slot holds fewer than are in it', async () => {
  const pattern = await planning.patternOf(desk, 'senor-s-mill', 'visit');
  // How many are in it depends on the hour at which this runs, by which the first windows of a day are left or not.
  const [booked] = await sql<{ id: string; weekday: number; from_time: string; taken: number }>(
    `select s.id, extract(isodow from s.on_day)::int as weekday, s.from_time, s.taken from slot s where s.taken > 0 limit 1`
  );
  const place = planning.setCapacity(desk, sam, booked?.id ?? '', 0);
  await expect(place).rejects.toMatchObject({ words: 'slots.fewer_than_taken' });
  const its = pattern.find(
    ({ weekday, from_time }) => weekday === booked?.weekday && from_time === booked.from_time
  );
  for (const _ of ['once', 'and a second click']) await planning.removePattern(desk, sam, its?.id ?? '');
  expect(await sql('select capacity, taken from slot where id = $1', [booked?.id])).toEqual([
    { capacity: booked?.taken, taken: booked?.taken }
  ]);
});

test('what is planned goes by a new number of places, and by a window that comes back; what was set by hand stays', async () => {
  const area = await planning.addArea(desk, sam, { name: 'Another', prefixes: ['051'] });
  await planning.addPattern(desk, sam, area, window);
  const places = async () =>
    (
      await sql<{ capacity: number; days: number }>(
        `select capacity, count(*)::int as days from slot where area = $1 and begins_at > now() group by 1 order by 1`,
        [area]
      )
    ).map(({ capacity, days }) => [capacity, days > 1]);
  const [byHand] = await sql<{ id: string }>(
    'select id from slot where area = $1 and begins_at > now() limit 1',
    [area]
  );
  await planning.setCapacity(desk, sam, byHand?.id ?? '', 1);
  await planning.addPattern(desk, sam, area, { ...window, capacity: 4, kept_first: 1 });
  expect(await places()).toEqual([
    [1, false],
    [4, true]
  ]);
  for (const { id } of await planning.patternOf(desk, area, 'visit'))
    await planning.removePattern(desk, sam, id);
  expect(await places()).toEqual([[0, true]]);
  await planning.addPattern(desk, sam, area, { ...window, capacity: 3 });
  expect(await places()).toEqual([[3, true]]);
});

test('a pattern is copied to another area for its own kind alone', async () => {
  const [from, to] = [
    await planning.addArea(desk, sam, { name: 'From', prefixes: ['052'] }),
    await planning.addArea(desk, sam, { name: 'To', prefixes: ['053'] })
  ];
  for (const kind of ['visit', 'delivery'] as const)
    await planning.addPattern(desk, sam, from, { ...window, kind });
  await planning.copyPattern(desk, sam, { kind: 'visit', from, to, zone: window.zone });
  expect(await planning.patternOf(desk, to, 'visit')).toHaveLength(window.weekdays.length);
  expect(await planning.patternOf(desk, to, 'delivery')).toEqual([]);
});
