/** What the desk does with orders: taken down for a customer, a day closed, times that cost, prices that never change the past. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { setRules } from '#lib/slots/server/slot-rules.ts';
import { closeDeliveries, closeWindow } from './closing.ts';
import { type NewOrder, placeOrder } from './ordering.ts';
import { dropPrice, setPrice } from './prices.ts';
import { retireProduct, saveProduct } from './products.ts';
import { getOrder } from './queries.ts';
import { orderRating, rateOrder, recentOrderRatings } from './rating.ts';
import { deliveriesOfDay, orderRun } from './runs.ts';
import { hazardsOf, sayGone } from '#lib/visits/server/hazards.ts';
import { depositsWaiting, handOnDeposit, holdingsOf, returnsOf, takeBack } from './returns.ts';
import { recentMoves } from './stock.ts';
import { cancelOrder, chooseSlot } from './transitions.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const { home, slot, receive, joined, order: placed } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
afterAll(() => database.close());
const [ada, grace, sam] = [await aPerson(), await aPerson('agent'), await aPerson('supervisor')];
const place = await home(ada.id);
const [her, desk, lead] = [database.as(ada), database.as(grace), database.as(sam)];
const week = await slot(50);
const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
await receive('CYL-20', 30);

const order = (change: Partial<NewOrder> = {}) => ({
  ...{ key: randomUUID(), account: place.account, to: place.to, skill: 'cylinder_delivery', slot: week },
  lines: [{ product: 'CYL-20', quantity: 1, empties: 1 }],
  ...{ currency: 'USD', total: 2199n, pays: 'on_delivery' as const, access_notes: '', today, locale: 'en' },
  ...change
});

test('staff take an order down for whoever may act on the account, and it says who did', async () => {
  const taken = order({ by: ada.id });
  const reference = await placeOrder(desk, grace, taken);
  expect(await placeOrder(desk, grace, taken)).toBe(reference);
  expect(await getOrder(her, ada, reference)).toMatchObject({ person_id: ada.id, logged_by: grace.id });
  const stranger = await aPerson();
  await expect(placeOrder(desk, grace, order({ by: stranger.id }))).rejects.toMatchObject({
    words: 'orders.not_theirs'
  });
  await expect(placeOrder(her, ada, order({ by: stranger.id }))).rejects.toThrow();
  await cancelOrder(desk, grace, reference, 'customer');
});

test('a time that costs something is charged as it was when it was chosen, and changes with the time', async () => {
  const dear = await slot(5, 9);
  await sql('update slot set charge = 500 where id = $1', [dear]);
  const reference = await placeOrder(her, ada, order({ slot: dear }));
  expect(await getOrder(her, ada, reference)).toMatchObject({ total: 2699n, slot_charge: 500n });
  await sql('update slot set charge = 900 where id = $1', [dear]);
  expect(await getOrder(her, ada, reference)).toMatchObject({ total: 2699n });
  await chooseSlot(her, ada, reference, week);
  expect(await getOrder(her, ada, reference)).toMatchObject({ total: 2199n, slot_charge: 0n });
  await cancelOrder(her, ada, reference, 'customer');
});

test('cut-offs that supervisors set hold at once; agents and wrong numbers change nothing', async () => {
  const reference = await placeOrder(her, ada, order());
  const rules = {
    notice: 12,
    ahead: 28,
    move_days: 14,
    move_at: '00:00',
    cancel_days: 14,
    cancel_at: '00:00',
    no_access_fee: 0
  };
  await expect(setRules(desk, grace, 'delivery', rules, 'UTC')).rejects.toMatchObject({ kind: 'forbidden' });
  await setRules(lead, sam, 'delivery', rules, 'UTC');
  await expect(cancelOrder(her, ada, reference, 'customer')).rejects.toMatchObject({
    words: 'orders.cannot_cancel'
  });
  await setRules(lead, sam, 'delivery', { ...rules, move_days: 1, cancel_days: 0 }, 'UTC');
  await cancelOrder(her, ada, reference, 'customer');
});

test('a closed day tells everybody once, keeps what they ordered, and lets them choose anew', async () => {
  const day = await slot(5, 11);
  const reference = await placeOrder(her, ada, order({ slot: day }));
  const closed = { area: 'mill', day: inDays(11), reason: 'weather' as const };
  await expect(closeDeliveries(desk, grace, closed)).rejects.toMatchObject({ kind: 'forbidden' });
  expect([await closeDeliveries(lead, sam, closed), await closeDeliveries(lead, sam, closed)]).toEqual([
    1, 0
  ]);
  expect(await getOrder(her, ada, reference)).toMatchObject({ status: 'missed', why: 'weather', slot: null });
  expect(
    await sql(
      `select payload->>'kind' as kind from outbox where job = 'orders.tell_customer' order by id desc limit 1`
    )
  ).toEqual([{ kind: 'closed' }]);
  await chooseSlot(her, ada, reference, week);
  expect(await getOrder(her, ada, reference)).toMatchObject({ status: 'placed', slot: { id: week } });
  await cancelOrder(her, ada, reference, 'customer');
});

test('one window is closed alone: who is in it is told once, and who comes at another hour of the day is not', async () => {
  const [early, late] = [await slot(5, 12), await slot(5, 12)];
  const gone = await placeOrder(her, ada, order({ slot: early }));
  const stays = await placeOrder(her, ada, order({ slot: late }));
  const closed = { slot: early, reason: 'staff' as const };
  await expect(closeWindow(desk, grace, closed)).rejects.toMatchObject({ kind: 'forbidden' });
  expect([await closeWindow(lead, sam, closed), await closeWindow(lead, sam, closed)]).toEqual([1, 0]);
  expect(await getOrder(her, ada, gone)).toMatchObject({ status: 'missed', why: 'staff', slot: null });
  expect(await getOrder(her, ada, stays)).toMatchObject({ status: 'placed', slot: { id: late } });
  await expect(chooseSlot(her, ada, gone, early)).rejects.toMatchObject({ words: 'slots.slot_gone' });
  for (const reference of [gone, stays]) await cancelOrder(her, ada, reference, 'customer');
});

test('a price is set from a day on, and what was ordered keeps its own; agents change nothing', async () => {
  const reference = await placeOrder(her, ada, order());
  const price = { amount: 3000n, deposit: 4000n, from_day: inDays(3) };
  const priced = { price, currency: 'USD', today };
  await expect(setPrice(desk, grace, 'CYL-20', priced)).rejects.toMatchObject({ kind: 'missing' });
  await expect(
    setPrice(lead, sam, 'CYL-20', { ...priced, price: { ...price, from_day: inDays(-1) } })
  ).rejects.toMatchObject({ words: 'orders.price_past' });
  await setPrice(lead, sam, 'CYL-20', priced);
  await expect(setPrice(lead, sam, 'CYL-20', priced)).rejects.toMatchObject({ words: 'orders.price_there' });
  expect(await getOrder(her, ada, reference)).toMatchObject({ total: 2199n });
  await dropPrice(lead, sam, 'CYL-20', { from_day: inDays(3), currency: 'USD' });
  await expect(
    dropPrice(lead, sam, 'CYL-20', { from_day: '2020-01-01', currency: 'USD' })
  ).rejects.toMatchObject({ words: 'orders.price_holds' });
  const words = {
    ...{ name_en: 'Propane', name_es: 'Propano', about_en: '', about_es: '' },
    ...{ least: 1, most: 4, sold_from: null }
  };
  await saveProduct(lead, sam, 'CYL-20', words);
  await retireProduct(lead, sam, 'CYL-20', true);
  await expect(placeOrder(her, ada, order())).rejects.toMatchObject({ words: 'orders.not_sold' });
  await retireProduct(lead, sam, 'CYL-20', false);
  await cancelOrder(her, ada, reference, 'customer');
});

test('a run goes as it was ordered by hand, and what was delivered is rated once by its customer', async () => {
  const day = await slot(5, 13);
  const [one, two] = [
    await placeOrder(her, ada, order({ slot: day })),
    await placeOrder(her, ada, order({ slot: day }))
  ];
  const run = async () =>
    (await deliveriesOfDay(desk, grace, { day: inDays(13) })).map(({ reference }) => reference);
  expect((await run()).toSorted()).toEqual([one, two].toSorted());
  await orderRun(desk, grace, [two, one]);
  expect(await run()).toEqual([two, one]);
  await expect(orderRun(her, ada, [one])).rejects.toMatchObject({ kind: 'missing' });

  const reference = await placed(ada.id, place.account);
  const say = (score: number) => rateOrder(her, ada, reference, { score, words: '' });
  await expect(say(5)).rejects.toMatchObject({ words: 'visits.nothing_to_rate' });
  await sql(`alter table customer_order disable trigger user`);
  await sql(`update customer_order set status = 'delivered', ended_at = now() where reference = $1`, [
    reference
  ]);
  await sql(`alter table customer_order enable trigger user`);
  await say(2);
  await say(3);
  const rated = await orderRating(her, ada, await getOrder(her, ada, reference));
  expect(rated).toEqual({ own: { score: 3, words: '' }, by_other: false });
  expect(await recentOrderRatings(lead)).toMatchObject([{ score: 3, reference }]);
  expect(await recentOrderRatings(desk)).toEqual([]);
});

test('a hazard stays known when somebody names only another one later, for three years', async () => {
  const first = await placeOrder(desk, grace, order({ by: ada.id, hazards: ['electric_fence'] }));
  await cancelOrder(desk, grace, first, 'customer');
  const later = await placeOrder(her, ada, order({ hazards: ['dog'] }));
  const at = async () => (await hazardsOf(desk, grace, [place.premises])).get(place.premises);
  const minded = async () => (await at())?.known;
  expect(await minded()).toEqual(['dog', 'electric_fence']);

  const says = async (hazard: string, ago: string) =>
    sql(
      `update request set answers = jsonb_build_object('hazards', jsonb_build_array($2::text)), premises_id = $3,
              submitted_at = now() - $4::interval where id = $1`,
      [(await aRequest(ada)).id, hazard, place.premises, ago]
    );
  await sql('alter table request disable trigger user');
  await says('key_safe', '2 years');
  await says('asbestos', '4 years');
  await says('dog', '1 day');
  await sql('alter table request enable trigger user');
  expect(await minded()).toEqual(['dog', 'electric_fence', 'key_safe']);
  await cancelOrder(her, ada, later, 'customer');

  // Gone is what staff say is gone, until it is named again; and all but what is ticked, once a form says so.
  const gone = (hazard: string, who = grace) => sayGone(desk, who, { premises: place.premises, hazard });
  await Promise.all([gone('electric_fence'), gone('electric_fence')]);
  await gone('asbestos');
  expect(await at()).toMatchObject({
    known: ['dog', 'key_safe'],
    gone: [{ hazard: 'electric_fence', said_by: grace.name }]
  });
  await expect(sayGone(her, ada, { premises: place.premises, hazard: 'dog' })).rejects.toMatchObject({
    kind: 'missing'
  });
  await expect(gone('nothing_else')).rejects.toMatchObject({ kind: 'missing' });
  const again = await placeOrder(her, ada, order({ hazards: ['electric_fence', 'nothing_else'] }));
  expect(await at()).toEqual({ known: ['electric_fence'], gone: [] });
  await cancelOrder(her, ada, again, 'customer');
  await sql('alter table request disable trigger user');
  await sql(`update request set answers = '{"hazards": ["nothing_else"]}', premises_id = $2 where id = $1`, [
    (await aRequest(ada)).id,
    place.premises
  ]);
  await sql('alter table request enable trigger user');
  expect(await minded()).toEqual([]);
});

test('only staff say that a hazard is gone, in their own name, and it is read by staff alone', async () => {
  const write = (who: typeof ada) =>
    database
      .as(who)
      .insertInto('hazard_gone')
      .values({ premises_id: place.premises, hazard: 'dog', said_by: grace.id })
      .execute();
  await expect(write(ada)).rejects.toThrow(/row-level security/);
  await expect(write(sam)).rejects.toThrow(/row-level security/);
  expect(await her.selectFrom('hazard_gone').selectAll().execute()).toEqual([]);
});

test('a cylinder given back for good is a line in the ledger and a deposit that is owed, once', async () => {
  const eve = await aPerson();
  const there = await home(eve.id, 'act', 0);
  const held = async () => (await holdingsOf(desk, there.account, 'en')).map(({ held }) => held);
  await sql(
    `insert into stock_move (depot, product, kind, held_change, account_id) values ('north', 'CYL-20', 'joined', 2, $1)`,
    [there.account]
  );
  const back = (change: object = {}, key: string = randomUUID()) =>
    takeBack(desk, grace, {
      ...{ key, account: there.account, customer: eve.id, currency: 'USD' },
      back: { product: 'CYL-20', kind: 'surrendered', replaced: false, quantity: 1, serial: null, ...change }
    });
  const key = randomUUID();
  await Promise.all([back({}, key), back({}, key)]);
  expect(await held()).toEqual([1]);
  await expect(back({ quantity: 2 }, key)).rejects.toMatchObject({ words: 'errors.form_used' });
  const [deposit] = (await depositsWaiting(desk, grace)).filter(({ person_id }) => person_id === eve.id);
  expect(deposit).toMatchObject({ amount: 4000n, currency: 'USD' });
  await handOnDeposit(desk, grace, deposit?.id ?? '');
  expect(await depositsWaiting(desk, grace)).toEqual([]);

  // A faulty one that is replaced: one back, one out, nothing owed. More than is with them never comes back.
  await back({ kind: 'faulty', replaced: true, serial: 'AB 12' });
  expect(await held()).toEqual([1]);
  expect(await returnsOf(database.as(eve), there.account, 'en')).toMatchObject([
    { refund: 0n },
    { refund: 4000n }
  ]);
  await back({ kind: 'faulty', serial: 'AB 13' });
  expect(await held()).toEqual([]);
  await expect(back()).rejects.toMatchObject({ words: 'cylinders.more_than_held' });
  await expect(
    takeBack(her, ada, {
      key,
      account: there.account,
      customer: eve.id,
      currency: 'USD',
      back: {
        product: 'CYL-20',
        kind: 'surrendered',
        replaced: false,
        quantity: 1,
        serial: null
      }
    })
  ).rejects.toMatchObject({ kind: 'missing' });
  await expect(
    sql(`update cylinder_holding set held = 7 where account_id = $1`, [there.account])
  ).rejects.toMatchObject({
    constraint: 'holding_is_the_ledger'
  });
  expect(await sql('select * from cylinders_out_of_step()')).toEqual([]);
  expect(await sql('select * from stock_out_of_step()')).toEqual([]);
});

test('the history of the stock goes by time, and has no line of what changed nothing at a depot', async () => {
  await joined(place.account);
  await sql(`insert into stock_move (depot, product, kind, full_change, at)
             values ('north', 'CYL-20', 'received', 1, now() - interval '1 year')`);
  const moves = await recentMoves(desk, 'en', 400);
  const times = moves.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(moves.filter(({ full_change, empty_change }) => !full_change && !empty_change)).toEqual([]);
  expect(moves.length).toBeGreaterThan(1);
});
