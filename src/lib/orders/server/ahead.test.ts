/** What is waited for goes to who has waited longest; and stock changes only by a line that says why. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { orderSettings, ordersOn } from '../../../../tests/support/orders.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { orderJobs } from './jobs.ts';
import { placeOrder } from './ordering.ts';
import { getOrder, lineOf } from './queries.ts';
import { changeStock, recentMoves, type StockChange, stockList } from './stock.ts';
import { cancelOrder, chooseSlot } from './transitions.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const { home, slot } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
const worker = openDatabase(urls.worker, 'hearth_worker', { size: 2 });
afterAll(() => Promise.all([database.close(), worker.close()]));
const grace = await aPerson('agent');
const week = await slot(50);
const today = new Date().toISOString().slice(0, 10);
const jobs = orderJobs({ send: async () => {}, close: () => {} }, orderSettings);
const came = () => jobs['orders.stock_came'](worker.as(system), { depot: 'north', product: 'CYL-20' });
const change = (one: Partial<StockChange>) =>
  changeStock(database.as(grace), grace, {
    ...{ key: randomUUID(), depot: 'north', product: 'CYL-20' },
    ...{ kind: 'received', full: 1, empty: 0, reason: '' },
    ...one
  });

async function order(who: Somebody, at: string | null) {
  const place = await home(who.id);
  return placeOrder(database.as(who), who, {
    ...{ key: randomUUID(), account: place.account, to: place.to, skill: 'cylinder_delivery', slot: at },
    lines: [{ product: 'CYL-20', quantity: 1, empties: 1 }],
    ...{ currency: 'USD', total: 2199n, pays: 'on_delivery', access_notes: '', today, locale: 'en' }
  });
}
const line = async (who: Somebody, reference: string) =>
  lineOf(database.as(who), (await getOrder(database.as(who), who, reference)).id);
const told = async () =>
  (await sql<{ n: number }>(`select count(*)::int as n from order_event where kind = 'available'`))[0]?.n;

test('who ordered ahead is served in their order, and nobody who comes later is served before', async () => {
  const [ada, ben, eve] = [await aPerson(), await aPerson(), await aPerson()];
  const first = await order(ada, null);
  const second = await order(ben, null);
  expect([await line(ada, first), await line(ben, second)]).toMatchObject([
    { place: 1, served: false },
    { place: 2, served: false }
  ]);
  await came();
  expect(await told()).toBe(0);

  await change({ full: 1 });
  await came();
  await came();
  expect(await told()).toBe(1);
  expect([await line(ada, first), await line(ben, second)]).toMatchObject([
    { served: true },
    { served: false }
  ]);
  await expect(order(eve, week)).rejects.toMatchObject({ words: 'orders.sold_out' });
  await expect(chooseSlot(database.as(ben), ben, second, week)).rejects.toMatchObject({
    words: 'orders.not_your_turn'
  });
  await chooseSlot(database.as(ada), ada, first, week);
  expect(await getOrder(database.as(ada), ada, first)).toMatchObject({
    status: 'placed',
    slot: { id: week }
  });

  await cancelOrder(database.as(ada), ada, first, 'customer');
  await came();
  expect(await told()).toBe(2);
  await chooseSlot(database.as(ben), ben, second, week);
});

test('stock is counted, filled and written off with a reason, never below what is promised', async () => {
  await expect(change({ kind: 'counted', full: 3 })).rejects.toMatchObject({
    words: 'orders.reason_missing'
  });
  await expect(change({ kind: 'counted', full: 0, reason: 'broken' })).rejects.toMatchObject({
    words: 'orders.stock_promised'
  });
  await expect(change({ kind: 'filled', full: 5 })).rejects.toMatchObject({ words: 'orders.stock_below' });
  await change({ kind: 'counted', full: 4, empty: 6, reason: 'yearly count' });
  await change({ kind: 'counted', full: 4, empty: 6, reason: 'yearly count' });
  await change({ kind: 'filled', full: 5 });
  await change({ kind: 'written_off', full: 2, reason: 'dented' });
  const db = database.as(grace);
  expect((await stockList(db, 'en')).find(({ product }) => product === 'CYL-20')).toMatchObject({
    ...{ on_hand: 7, reserved: 1, empties: 1 }
  });
  expect((await recentMoves(db, 'en')).map(({ kind }) => kind)).toEqual([
    'written_off',
    'filled',
    'counted',
    'received'
  ]);
  expect(await sql('select * from stock_out_of_step()')).toEqual([]);
  const ada = await aPerson();
  await expect(
    changeStock(database.as(ada), ada, {
      key: randomUUID(),
      depot: 'north',
      product: 'CYL-20',
      kind: 'received',
      full: 1,
      empty: 0,
      reason: ''
    })
  ).rejects.toMatchObject({ kind: 'missing' });
});

test('what came is one line in the ledger, however often its form is sent', async () => {
  const key = randomUUID();
  const lines = () => sql(`select full_change from stock_move where form_key = $1`, [key]);
  await Promise.all([change({ key, full: 3 }), change({ key, full: 3 }), change({ key, full: 3 })]);
  await change({ key, full: 3 });
  expect(await lines()).toEqual([{ full_change: 3 }]);
  await expect(change({ key, full: 4 })).rejects.toMatchObject({ words: 'errors.form_used' });
  expect(await lines()).toHaveLength(1);
});
