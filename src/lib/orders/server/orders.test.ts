/** What was ordered is there, comes once, and is delivered only against the code; cylinders are never lost from the ledger. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { paymentToPrint } from '#lib/payments/server/receipt-paper.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { canMove, orderStatuses, type OrderedBy } from '../status.ts';
import { deliverOrder, renewCode } from './delivering.ts';
import { type NewOrder, placeOrder } from './ordering.ts';
import { codeOf, getOrder, linesOf } from './queries.ts';
import { doorPayment, paymentsOf } from './paying.ts';
import { advance, cancelOrder, chooseSlot, missOrder } from './transitions.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const { home, slot, receive } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 8 });
afterAll(() => database.close());
const ada = await aPerson();
const place = await home(ada.id);
const driver = await aPerson('agent');
const week = await slot(500);

const anOrder = (change: Partial<NewOrder> = {}, at = place): NewOrder => ({
  ...{ key: randomUUID(), account: at.account, to: at.to, skill: 'cylinder_delivery', slot: week },
  lines: [{ product: 'CYL-20', quantity: 1, empties: 1 }],
  ...{ currency: 'USD', total: 2199n, pays: 'on_delivery', access_notes: '', locale: 'en' },
  today: new Date().toISOString().slice(0, 10),
  ...change
});
const place1 = (who: Somebody, change: Partial<NewOrder> = {}, at = place) =>
  placeOrder(database.as(who), who, anOrder(change, at));
const stock = async (product = 'CYL-20') =>
  (
    await sql<{ on_hand: number; reserved: number; empties: number }>(
      'select on_hand, reserved, empties from stock where product = $1',
      [product]
    )
  )[0];
const codeFor = async (reference: string, who = ada) => {
  const { id } = await getOrder(database.as(who), who, reference);
  return (await codeOf(database.as(who), id))?.code ?? '';
};
async function onTheWay(reference: string) {
  await advance(database.as(driver), driver, reference, 'packed');
  await advance(database.as(driver), driver, reference, 'on_the_way', { early: true });
}
const handed = (code: string, empties = 1) => ({
  code,
  empties: { 'CYL-20': empties },
  paid: 'cash' as const
});

test('of 200 who want the last cylinder at once, exactly one has it, and nobody else has a place in the slot', async () => {
  await receive('CYL-20', 1);
  const people = [];
  for (let n = 0; n < 200; n++) {
    const one = await aPerson();
    people.push({ one, at: await home(one.id) });
  }
  const ends = await Promise.allSettled(people.map(({ one, at }) => place1(one, {}, at)));
  const [won, ...more] = ends.filter((end) => end.status === 'fulfilled');
  expect(more).toEqual([]);
  for (const end of ends)
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ words: 'orders.sold_out' });
  expect(await stock()).toMatchObject({ on_hand: 1, reserved: 1 });
  expect(await sql('select taken from slot where id = $1', [week])).toEqual([{ taken: 1 }]);
  const [winner] = people.filter((_, n) => ends[n]?.status === 'fulfilled');
  if (winner && won) await cancelOrder(database.as(winner.one), winner.one, won.value, 'customer');
  expect(await stock()).toMatchObject({ on_hand: 1, reserved: 0 });
  expect(await sql('select taken from slot where id = $1', [week])).toEqual([{ taken: 0 }]);
}, 90_000);

test('a second click is the same order, and other content under the same key is not taken', async () => {
  const order = anOrder();
  const [one, two] = await Promise.all([
    placeOrder(database.as(ada), ada, order),
    placeOrder(database.as(ada), ada, order)
  ]);
  expect(two).toBe(one);
  await expect(
    placeOrder(database.as(ada), ada, { ...order, lines: [{ product: 'CYL-20', quantity: 1, empties: 0 }] })
  ).rejects.toMatchObject({ words: 'orders.key_used' });
  await cancelOrder(database.as(ada), ada, one, 'customer');
  await cancelOrder(database.as(ada), ada, one, 'customer');
  expect(await stock()).toMatchObject({ reserved: 0 });
});

test('it costs what the catalogue says that day, whatever was sent', async () => {
  await expect(place1(ada, { total: 1n })).rejects.toMatchObject({ words: 'orders.price_changed' });
  await expect(place1(ada, { lines: [{ product: 'CYL-20', quantity: 99, empties: 0 }] })).rejects.toThrow();
  expect(await stock()).toMatchObject({ reserved: 0 });
});

test('it is delivered only against the code, one out and one in, and the ledger holds at every step', async () => {
  const reference = await place1(ada);
  const code = await codeFor(reference);
  expect(
    await codeOf(database.as(driver), (await getOrder(database.as(driver), driver, reference)).id)
  ).toBeUndefined();
  expect(await deliverOrder(database.as(driver), driver, reference, handed(code))).toBe('moment');
  await onTheWay(reference);
  await expect(
    database
      .as(driver)
      .updateTable('customer_order')
      .set({ status: 'delivered' })
      .where('reference', '=', reference)
      .execute()
  ).rejects.toMatchObject({ constraint: 'order_code_needed' });
  const wrong = code === '111111' ? '222222' : '111111';
  expect(await deliverOrder(database.as(driver), driver, reference, handed(wrong))).toBe('wrong');
  await expect(deliverOrder(database.as(driver), driver, reference, handed(code, 2))).rejects.toMatchObject({
    words: 'orders.empties_too_many'
  });
  expect(
    await deliverOrder(database.as(driver), driver, reference, handed(`${code.slice(0, 3)} ${code.slice(3)}`))
  ).toBe('right');
  expect(await deliverOrder(database.as(driver), driver, reference, handed(code))).toBe('right');
  expect(await stock()).toEqual({ on_hand: 0, reserved: 0, empties: 1 });
  expect(await sql('select held from cylinder_holding where account_id = $1', [place.account])).toEqual([
    { held: 4 }
  ]);
  expect(await sql('select * from stock_out_of_step()')).toEqual([]);
  const order = await getOrder(database.as(ada), ada, reference);
  expect(order).toMatchObject({ status: 'delivered', due: 0n, paid_how: 'cash' });

  // What was paid at the door has a receipt, for whoever sees the account and nobody else.
  const [payment, ...more] = await paymentsOf(database.as(ada), order.id);
  expect([payment, more]).toMatchObject([{ amount: 2199n, method: 'cash' }, []]);
  const receipt = payment?.reference ?? '';
  const found = await doorPayment(database.as(ada), receipt);
  expect(found).toMatchObject({ amount: 2199n, method: 'cash', subject_id: order.id, state: 'paid' });
  const { payment: printed, to } = await paymentToPrint(database.as(ada), receipt, found);
  expect([printed, to]).toMatchObject([{ reference: receipt, amount: 2199n }, { holder: 'Ada Brook' }]);
  expect(await doorPayment(database.as(await aPerson()), receipt)).toBeNull();
  expect((await codeOf(database.as(ada), order.id))?.code).toBe('000000');
});

test('an empty that does not come back costs its deposit, and the cylinder is with the customer', async () => {
  await receive('CYL-20', 1);
  const reference = await place1(ada);
  await onTheWay(reference);
  const hand = async (owed: bigint) =>
    deliverOrder(database.as(driver), driver, reference, {
      ...{ ...handed(await codeFor(reference), 0), paid: null, owed }
    });
  await expect(
    hand(2199n),
    'who was to collect less is told before anything is written'
  ).rejects.toMatchObject({
    ...{ words: 'orders.collect_changed', values: { amount: '6199' } }
  });
  expect(await getOrder(database.as(ada), ada, reference)).toMatchObject({
    status: 'on_the_way',
    due: 2199n
  });
  expect(await hand(6199n)).toBe('right');
  expect(await getOrder(database.as(ada), ada, reference)).toMatchObject({ total: 6199n, due: 6199n });
  expect(await sql('select held from cylinder_holding where account_id = $1', [place.account])).toEqual([
    { held: 5 }
  ]);
  expect(await sql('select * from stock_out_of_step()')).toEqual([]);
  await expect(sql(`update stock_move set reason = 'lost'`)).rejects.toThrow('only ever added to');
});

test('empties given back for good at the door leave the ledger and are owed their deposit, once, and never more than there are', async () => {
  await receive('CYL-20', 1);
  const reference = await place1(ada);
  await onTheWay(reference);
  const by = database.as(driver);
  const [order, code] = [await getOrder(by, driver, reference), await codeFor(reference)];
  const heldNow = async () =>
    (
      await sql<{ held: number }>('select held from cylinder_holding where account_id = $1', [place.account])
    )[0]?.held ?? 0;
  const before = await heldNow();
  const give = (product: string, count: number) =>
    deliverOrder(by, driver, reference, { ...handed(code, 0), surrendered: { [product]: count } });
  for (const [product, count] of [
    ['CYL-20', before + 2],
    ['ALARM', 1],
    ['NOTHING', 1]
  ] as const)
    await expect(give(product, count)).rejects.toMatchObject({ words: 'cylinders.more_than_held' });
  expect(await getOrder(by, driver, reference)).toMatchObject({ status: 'on_the_way' });
  expect([await give('CYL-20', before), await give('CYL-20', before)]).toEqual(['right', 'right']);
  expect(await heldNow()).toBe(1);
  expect(
    await sql('select quantity, refund::int, made_by from cylinder_return where account_id = $1', [
      order.account_id
    ])
  ).toEqual([{ quantity: before, refund: before * 4000, made_by: driver.id }]);
  expect(await sql(`select 1 from outbox where job = 'orders.tell_return'`)).toHaveLength(1);
  expect(await sql('select * from stock_out_of_step()')).toEqual([]);
});

test('after five wrong codes none is taken until the customer makes another', async () => {
  await receive('CYL-20', 1);
  const reference = await place1(ada);
  await onTheWay(reference);
  const code = await codeFor(reference);
  const wrong = code === '111111' ? '222222' : '111111';
  const said = [];
  for (let n = 0; n < 6; n++)
    said.push(await deliverOrder(database.as(driver), driver, reference, handed(wrong)));
  expect(said).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'spent', 'spent']);
  expect(await deliverOrder(database.as(driver), driver, reference, handed(code))).toBe('spent');
  await renewCode(database.as(ada), ada, reference);
  expect(await deliverOrder(database.as(driver), driver, reference, handed(await codeFor(reference)))).toBe(
    'right'
  );
});

test('what came back gives its place back, keeps its stock, and takes a new time', async () => {
  await receive('CYL-20', 1);
  const reference = await place1(ada);
  await onTheWay(reference);
  await missOrder(database.as(driver), driver, reference, 'nobody_home');
  expect(await getOrder(database.as(ada), ada, reference)).toMatchObject({ status: 'missed', slot: null });
  expect(await stock()).toMatchObject({ reserved: 1 });
  const next = await slot(1);
  await chooseSlot(database.as(ada), ada, reference, next);
  await chooseSlot(database.as(ada), ada, reference, next);
  expect(await getOrder(database.as(ada), ada, reference)).toMatchObject({
    status: 'placed',
    slot: { id: next }
  });
  await cancelOrder(database.as(ada), ada, reference, 'customer');
  expect(await stock()).toMatchObject({ reserved: 0 });
});

test('a slot of somewhere else, or for something else, is none', async () => {
  const [visit] = await sql<{ id: string }>(
    `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
     values ('visit', 'mill', 'meter', current_date + 7, '08:00', '12:00', 'America/New_York', 5) returning id`
  );
  await expect(place1(ada, { slot: visit?.id ?? '' })).rejects.toMatchObject({ words: 'slots.slot_gone' });
});

test('whoever only looks at an account neither orders nor reads the code, and a stranger sees nothing', async () => {
  await receive('CYL-20', 1);
  const reference = await place1(ada);
  const ben = await aPerson();
  await aMember(place.account, ben);
  const seen = await getOrder(database.as(ben), ben, reference);
  expect(seen.may_act).toBe(false);
  expect(await linesOf(database.as(ben), seen.id, 'en')).toHaveLength(1);
  expect(await codeOf(database.as(ben), seen.id)).toBeUndefined();
  await expect(cancelOrder(database.as(ben), ben, reference, 'customer')).rejects.toMatchObject({
    kind: 'missing'
  });
  await expect(place1(ben)).rejects.toThrow('row-level security');
  const eve = await aPerson();
  await expect(getOrder(database.as(eve), eve, reference)).rejects.toMatchObject({ kind: 'missing' });
  await expect(
    database.as(ada).updateTable('stock').set({ expected_on: '2030-01-01' }).execute()
  ).resolves.toMatchObject([{ numUpdatedRows: 0n }]);
});

test('the database holds the same table of moves', async () => {
  const kept = await sql<{ from_status: string; to_status: string; by_whom: string }>(
    'select * from order_move'
  );
  const ours = orderStatuses.flatMap((from) =>
    orderStatuses.flatMap((to) =>
      (['customer', 'staff', 'system'] as OrderedBy[])
        .filter((by) => canMove(from, to, by))
        .map((by) => `${from} ${to} ${by}`)
    )
  );
  expect(
    kept.map(({ from_status, to_status, by_whom }) => `${from_status} ${to_status} ${by_whom}`).sort()
  ).toEqual(ours.sort());
});
