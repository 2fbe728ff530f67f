/** What an order says beforehand: no more empties than there are, and nothing before its day that nobody agreed to. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { deliverOrder } from './delivering.ts';
import { type NewOrder, placeOrder } from './ordering.ts';
import { codeOf, eventsOf, getOrder } from './queries.ts';
import { advance, cancelOrder } from './transitions.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const { home, slot, receive } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 2 });
afterAll(() => database.close());
const [ada, driver] = [await aPerson(), await aPerson('agent')];
const at = await home(ada.id, 'act', 1);
const week = await slot(50);
const by = database.as(driver);

const anOrder = (change: Partial<NewOrder> = {}): NewOrder => ({
  ...{ key: randomUUID(), account: at.account, to: at.to, skill: 'cylinder_delivery', slot: week },
  lines: [{ product: 'CYL-20', quantity: 1, empties: 1 }],
  ...{ currency: 'USD', total: 2199n, pays: 'on_delivery', access_notes: '', locale: 'en' },
  today: new Date().toISOString().slice(0, 10),
  ...change
});
const place = (change: Partial<NewOrder> = {}) => placeOrder(database.as(ada), ada, anOrder(change));
const codeOfOrder = async (reference: string) => {
  const { id } = await getOrder(by, driver, reference);
  return (await codeOf(database.as(ada), id))?.code ?? '';
};
const handed = (code: string) => ({ code, empties: { 'CYL-20': 1 }, paid: 'cash' as const });

test('no more empties are promised than are with the account by the ledger, whoever writes', async () => {
  await receive('CYL-20', 2);
  const lines = (empties: number) => [{ product: 'CYL-20', quantity: 2, empties }];
  await expect(place({ lines: lines(2), total: 4398n })).rejects.toMatchObject({
    words: 'orders.empties_gone'
  });
  const forThem = anOrder({ by: ada.id, lines: lines(2), total: 4398n });
  await expect(placeOrder(by, driver, forThem)).rejects.toMatchObject({
    words: 'orders.empties_gone'
  });
  const reference = await place({ lines: lines(1), total: 8398n });
  await cancelOrder(database.as(ada), ada, reference, 'customer');
});

test('what leaves before its day is asked about once, and both its leaving and its coming say so', async () => {
  await receive('CYL-20', 1);
  const reference = await place();
  const { id } = await getOrder(by, driver, reference);
  await advance(by, driver, reference, 'packed');
  const send = (early: boolean) => advance(by, driver, reference, 'on_the_way', { early });
  await expect(send(false)).rejects.toMatchObject({ words: 'orders.not_its_day' });
  await send(true);
  expect(await deliverOrder(by, driver, reference, handed(await codeOfOrder(reference)))).toBe('right');
  const said = (await eventsOf(by, id)).filter(({ kind }) => kind === 'on_the_way' || kind === 'delivered');
  expect(said.map(({ kind, payload }) => [kind, payload.early])).toEqual([
    ['on_the_way', true],
    ['delivered', true]
  ]);
});

test('what left on its day by an older page is asked about before it is handed over early', async () => {
  await receive('CYL-20', 1);
  const reference = await place();
  const { id } = await getOrder(by, driver, reference);
  await advance(by, driver, reference, 'packed');
  await advance(by, driver, reference, 'on_the_way', { early: true });
  await sql(`alter table order_event disable trigger user`);
  await sql(`update order_event set payload = '{}' where order_id = $1`, [id]);
  await sql(`alter table order_event enable trigger user`);
  const code = await codeOfOrder(reference);
  await expect(deliverOrder(by, driver, reference, handed(code))).rejects.toMatchObject({
    words: 'orders.not_its_day'
  });
  expect(await deliverOrder(by, driver, reference, { ...handed(code), early: true })).toBe('right');
});
