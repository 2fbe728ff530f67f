/** Nothing is overbooked, nobody loses a place by moving, and what is held runs out. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { areaOf, giveBack, holdPlace, movePlace, offeredSlots, placeOf, takePlace } from './slots.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web', { size: 8 });
afterAll(() => database.close());
await sql(`insert into area (code, name) values ('mill', 'Millbrook')`);
await sql(`insert into area_postcode values ('010', 'mill')`);

let hour = 0;
async function aSlot(capacity: number, { day = 5, from = '', to = '', kept = 0 } = {}) {
  const begins = from || `${String(hour++ % 20).padStart(2, '0')}:15`;
  const [row] = await sql<{ id: string; begins_at: Date; ends_at: Date }>(
    `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity, kept_first)
     values ('visit', 'mill', 'meter', current_date + $1::int, $2::time, coalesce(nullif($3, '')::time, $2::time + interval '2 hours'),
             'America/New_York', $4, $5) returning id, begins_at, ends_at`,
    [day, begins, to, capacity, kept]
  );
  if (!row) throw new Error('no slot');
  return row;
}
const ada = await aPerson();
const db = database.as(ada);
const inOne = <T>(act: (tx: typeof db) => Promise<T>) => db.transaction().execute(act);
const aSubject = async () => ({ kind: 'request' as const, id: (await aRequest(ada)).id });
const taken = async (slot: string) =>
  (await sql<{ taken: number }>('select taken from slot where id = $1', [slot]))[0]?.taken;
const sitting = async (slot: string) =>
  (
    await sql<{ n: number }>(
      `select count(*)::int as n from slot_place where slot_id = $1 and state in ('held', 'taken')`,
      [slot]
    )
  )[0]?.n;

test('of 200 who want 10 places at once, exactly 10 have one', async () => {
  const { id: slot } = await aSlot(10);
  const subjects = [];
  for (let n = 0; n < 200; n++) subjects.push(await aSubject());
  // As many at a time as there are connections; the rest press on as these come back.
  const ends: PromiseSettledResult<unknown>[] = [];
  const left = [...subjects];
  const one = async () => {
    for (let subject = left.pop(); subject; subject = left.pop()) {
      const wanted = { slot, subject };
      ends.push(...(await Promise.allSettled([inOne((tx) => takePlace(tx, wanted))])));
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  expect(ends).toHaveLength(200);
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  for (const end of ends)
    if (end.status === 'rejected')
      expect(end.reason).toMatchObject({ kind: 'conflict', words: 'slots.slot_full' });
  expect([await taken(slot), await sitting(slot)]).toEqual([10, 10]);
}, 60_000);

test('a mover keeps the old place where the new one is refused, and gives it back with the new one', async () => {
  const [from, full, free] = [await aSlot(1), await aSlot(0), await aSlot(1)];
  const subject = await aSubject();
  await inOne((tx) => takePlace(tx, { slot: from.id, subject }));
  await expect(inOne((tx) => movePlace(tx, { slot: full.id, subject }))).rejects.toMatchObject({
    words: 'slots.slot_full'
  });
  expect(await placeOf(db, subject)).toMatchObject({ slot: from.id, sequence: 0 });
  await inOne((tx) => movePlace(tx, { slot: free.id, subject }));
  expect(await placeOf(db, subject)).toMatchObject({ slot: free.id, sequence: 1 });
  expect([await taken(from.id), await taken(free.id)]).toEqual([0, 1]);
});

test('two who change places crosswise both end with one', async () => {
  const [a, b] = [await aSlot(2), await aSlot(2)];
  const [one, two] = [await aSubject(), await aSubject()];
  await inOne((tx) => takePlace(tx, { slot: a.id, subject: one }));
  await inOne((tx) => takePlace(tx, { slot: b.id, subject: two }));
  await Promise.all([
    inOne((tx) => movePlace(tx, { slot: b.id, subject: one })),
    inOne((tx) => movePlace(tx, { slot: a.id, subject: two }))
  ]);
  expect([await taken(a.id), await taken(b.id)]).toEqual([1, 1]);
});

test('what is held is full for others until it runs out, and is then offered and taken', async () => {
  const { id: slot } = await aSlot(1);
  const [first, second] = [await aSubject(), await aSubject()];
  const offered = async () =>
    (await offeredSlots(db, { kind: 'visit', area: 'mill', skill: 'meter' }, new Date())).some(
      ({ id }) => id === slot
    );
  await inOne((tx) => holdPlace(tx, { slot, subject: first }, 15));
  expect(await offered()).toBe(false);
  await expect(inOne((tx) => takePlace(tx, { slot, subject: second }))).rejects.toMatchObject({
    words: 'slots.slot_full'
  });
  await sql(`update slot_place set hold_until = now() - interval '1 second' where slot_id = $1`, [slot]);
  expect(await offered()).toBe(true);
  await inOne((tx) => takePlace(tx, { slot, subject: second }));
  expect([await taken(slot), await sitting(slot)]).toEqual([1, 1]);
  await inOne((tx) => giveBack(tx, second));
  expect(await taken(slot)).toBe(0);
});

test('a closed slot is neither offered nor taken, and a kept place only by priority services', async () => {
  const [closed, kept] = [await aSlot(5), await aSlot(1, { kept: 1 })];
  await sql(`update slot set closed_reason = 'weather', closed_at = now() where id = $1`, [closed.id]);
  const subject = await aSubject();
  for (const [slot, words] of [
    [closed.id, 'slots.slot_gone'],
    [kept.id, 'slots.slot_full']
  ] as const)
    await expect(inOne((tx) => takePlace(tx, { slot, subject }))).rejects.toMatchObject({ words });
  await sql(`update request set comes_first = 'vulnerable' where id = $1`, [subject.id]);
  await inOne((tx) => takePlace(tx, { slot: kept.id, subject }));
  expect(await taken(kept.id)).toBe(1);
});

test('a window past midnight ends on the next day', async () => {
  const { begins_at, ends_at } = await aSlot(1, { from: '22:00', to: '00:30' });
  expect(ends_at.getTime() - begins_at.getTime()).toBe(2.5 * 3_600_000);
});

test('a stranger takes no place for somebody else, and sees none', async () => {
  const { id: slot } = await aSlot(3);
  const subject = await aSubject();
  await inOne((tx) => takePlace(tx, { slot, subject }));
  const eve = database.as(await aPerson());
  expect(await placeOf(eve, subject)).toBeUndefined();
  await expect(eve.transaction().execute((tx) => holdPlace(tx, { slot, subject }, 5))).rejects.toThrow(
    'row-level security'
  );
  await eve.transaction().execute((tx) => giveBack(tx, subject));
  expect(await taken(slot)).toBe(1);
});

test('an area is known by the post code', async () => {
  expect([await areaOf(db, '01 002'), await areaOf(db, '99999')]).toEqual(['mill', null]);
});
