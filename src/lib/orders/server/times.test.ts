/** Which times can be taken for an order: those offered to whoever orders, with what is kept for priority customers, and no others. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { placeOrder } from './ordering.ts';
import { getOrder } from './queries.ts';
import { makeRefill } from '#lib/refills/server/making.ts';
import { timesFor } from './times.ts';
import { chooseSlot } from './transitions.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const { home, slot, receive, plan } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
const worker = openDatabase(urls.worker, 'hearth_worker', { size: 2 });
afterAll(() => Promise.all([database.close(), worker.close()]));
const [ada, ben, grace] = [await aPerson(), await aPerson(), await aPerson('agent')];
const [hers, his] = [await home(ada.id), await home(ben.id)];
await receive('CYL-20', 30);
await sql(`insert into priority_service (premises_id, needs) values ($1, '{age}')`, [hers.premises]);

const place = (who: Somebody, at: typeof hers, slot: string, by?: string) =>
  placeOrder(database.as(who), who, {
    ...{ key: randomUUID(), account: at.account, to: at.to, skill: 'cylinder_delivery', slot },
    lines: [{ product: 'CYL-20', quantity: 1, empties: 1 }],
    ...{ currency: 'USD', total: 2199n, pays: 'on_delivery', access_notes: '', locale: 'en' },
    today: new Date().toISOString().slice(0, 10),
    ...(by !== undefined && { by })
  });
const kept = async (days: number) => {
  const id = await slot(2, days);
  await sql('update slot set kept_first = 2 where id = $1', [id]);
  return id;
};
const move = (who: Somebody, reference: string, to: string) =>
  chooseSlot(database.as(who), who, reference, to);

test('who is served first takes, and moves to, a time that is kept for them; nobody else does, whatever they say', async () => {
  const [one, two] = [await kept(7), await kept(8)];
  const offered = await timesFor(database.as(ada), ada, {
    ...{ premises: hers.premises, skill: 'cylinder_delivery' }
  });
  expect(offered.map(({ id }) => id)).toEqual([one, two]);
  const reference = await place(ada, hers, one);
  await move(ada, reference, two);
  expect(await getOrder(database.as(ada), ada, reference)).toMatchObject({ slot: { id: two } });
  expect(await sql('select taken_first from slot where id = $1', [two])).toEqual([{ taken_first: 1 }]);
  // The desk takes it down for them.
  await place(grace, hers, one, ada.id);

  await expect(place(ben, his, two)).rejects.toMatchObject({ words: 'slots.slot_full' });
  const open = await slot(5, 9);
  const other = await place(ben, his, open);
  await expect(move(ben, other, two)).rejects.toMatchObject({ words: 'slots.slot_full' });
  await database
    .as(ben)
    .updateTable('slot_place')
    .set({ comes_first: true })
    .where('state', '=', 'taken')
    .execute();
  expect(await sql('select taken_first from slot where id = $1', [open])).toEqual([{ taken_first: 0 }]);
});

test('a refill that comes by itself to somebody served first takes a kept time too', async () => {
  const cara = await aPerson();
  const id = await plan(cara.id, undefined, { days: 5 });
  await sql(
    `insert into priority_service (premises_id, needs) select premises_id, '{age}' from refill_plan where id = $1`,
    [id]
  );
  await sql('update slot set kept_first = capacity');
  await kept(5);
  await makeRefill(worker.as(system), id, { timeZone: 'UTC', currency: 'USD' });
  expect(await sql('select outcome, why from refill_turn where plan_id = $1', [id])).toEqual([
    { outcome: 'ordered', why: null }
  ]);
});

test('inside the notice, agreed with somebody else, or in another area: none of it is taken from a customer', async () => {
  await sql(`insert into area (code, name) values ('hill', 'Hillside')`);
  await sql(`insert into depot_area (area, depot) values ('hill', 'north')`);
  const [soon] = await sql<{ id: string }>(
    `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
     select 'delivery', 'mill', 'cylinder_delivery', at::date, at::time, at::time + interval '30 minutes', 'UTC', 5
     from (select (now() at time zone 'UTC') + interval '1 hour' as at) soon returning id`
  );
  const [arranged, elsewhere, open] = [await slot(1, 10), await slot(5, 10), await slot(5, 11)];
  await sql('update slot set arranged = true where id = $1', [arranged]);
  await sql(`update slot set area = 'hill' where id = $1`, [elsewhere]);
  const reference = await place(ben, his, open);
  for (const slot of [soon?.id ?? '', arranged, elsewhere, randomUUID()]) {
    await expect(place(ben, his, slot)).rejects.toMatchObject({ words: 'slots.slot_gone' });
    await expect(move(ben, reference, slot)).rejects.toMatchObject({ words: 'slots.slot_gone' });
  }
  // Staff know whether the lorry can still take it along; but not what is agreed with somebody, or drives elsewhere.
  for (const slot of [arranged, elsewhere])
    await expect(move(grace, reference, slot)).rejects.toMatchObject({ words: 'slots.slot_gone' });
  await move(grace, reference, soon?.id ?? '');
  expect(await getOrder(database.as(ben), ben, reference)).toMatchObject({ slot: { id: soon?.id } });
});
