/** Planning, and a day on which nobody can come: nothing is offered, everybody is told once and can choose again. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import * as planning from '#lib/visits/server/planning.ts';
import { closeDay } from './closing-days.ts';
import { getRequest } from './queries.ts';
import { bookSlot, visitOf } from './visits.ts';

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
  await expect(again).rejects.toMatchObject({ words: 'visits.area_there' });
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

test('a window that is taken out keeps who is booked and offers no more; no slot holds fewer than are in it', async () => {
  const pattern = await planning.patternOf(desk, 'senor-s-mill', 'visit');
  const [booked] = await sql<{ id: string; weekday: number; from_time: string }>(
    `select s.id, extract(isodow from s.on_day)::int as weekday, s.from_time from slot s where s.taken = 1 limit 1`
  );
  const place = planning.setCapacity(desk, sam, booked?.id ?? '', 0);
  await expect(place).rejects.toMatchObject({ words: 'visits.fewer_than_taken' });
  const its = pattern.find(
    ({ weekday, from_time }) => weekday === booked?.weekday && from_time === booked.from_time
  );
  for (const _ of ['once', 'and a second click']) await planning.removePattern(desk, sam, its?.id ?? '');
  expect(await sql('select capacity, taken from slot where id = $1', [booked?.id])).toEqual([
    { capacity: 1, taken: 1 }
  ]);
});
