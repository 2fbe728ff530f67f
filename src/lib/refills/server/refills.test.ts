/** Refills that come by themselves: ordered once for each turn, whoever runs twice or dies; by the rules, and told. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { system, type Customer } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { getOrder } from '#lib/orders/server/queries.ts';
import { cancelOrder } from '#lib/orders/server/transitions.ts';
import {
  changeAtDesk,
  changeRefills,
  endRefills,
  pauseRefills,
  resumeRefills,
  skipTurn,
  startRefills
} from './commands.ts';
import { refillJobs } from './jobs.ts';
import { getRefills, refillsOf, turnsOf } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const { home, slot, receive, joined, plan } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
const worker = openDatabase(urls.worker, 'hearth_worker', { size: 4 });
afterAll(() => Promise.all([database.close(), worker.close()]));

const sent: Mail[] = [];
const post = { send: async (mail: Mail) => void sent.push(mail), close: () => {} };
const head = {
  origin: 'https://hearth.example',
  utilityName: 'Hearth',
  emergencyPhone: '911',
  timeZone: 'UTC',
  currency: 'USD'
};
const jobs = refillJobs(post, head);
const make = (id: string) => jobs['orders.make_refill'](worker.as(system), { plan: id });
const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
const zone = 'UTC';
const as = (who: Somebody) => database.as(who);
const aCustomer = async () => (await aPerson()) as Somebody & Customer;
const see = (who: Somebody, id: string) => getRefills(as(who), who, id, 'en');
const ordersOf = (id: string) =>
  sql<{ reference: string; status: string; total: string }>(
    `select o.reference, o.status, o.total from customer_order o join refill_plan p on p.account_id = o.account_id
     where p.id = $1 order by o.created_at`,
    [id]
  );
/** Sends what was queued about a plan. */
async function tell(id: string) {
  sent.length = 0;
  const waiting = await sql<{ payload: never }>(
    `delete from outbox where job = 'orders.tell_refill' and payload->>'plan' = $1 returning payload`,
    [id]
  );
  for (const { payload } of waiting) await jobs['orders.tell_refill'](worker.as(system), payload);
  return sent.map(({ text }) => text).join('\n');
}

await slot(500, 5);
beforeEach(() => sql('delete from refill_rule'));

test('who has no cylinder of ours yet hands none back: the first that comes by itself is with a deposit', async () => {
  const ada = await aCustomer();
  const id = await plan(ada.id, undefined, { days: 5, cylinders: 0 });
  await receive('CYL-20', 1);
  await make(id);
  expect(await ordersOf(id)).toMatchObject([{ status: 'placed', total: '6199' }]);
});

test('what is due is ordered once, however often and at once the job runs, and its customer is told how to say no', async () => {
  const ada = await aCustomer();
  const id = await plan(ada.id, undefined, { days: 5 });
  const [{ account } = { account: '' }] = await sql<{ account: string }>(
    'select account_id as account from refill_plan where id = $1',
    [id]
  );
  await joined(account);
  await receive('CYL-20', 1);
  await sql('delete from outbox');
  await jobs['orders.find_refills'](worker.as(system), {});
  expect(await sql(`select payload->>'plan' as plan from outbox where job = 'orders.make_refill'`)).toEqual([
    { plan: id }
  ]);

  await Promise.all([make(id), make(id), make(id)]);
  await make(id);
  const [order, ...more] = await ordersOf(id);
  expect(more).toEqual([]);
  expect(order).toMatchObject({ status: 'placed', total: '2199' });
  expect(await see(ada, id)).toMatchObject({ period: 2, next_on: inDays(33) });
  expect(await turnsOf(as(ada), id)).toMatchObject([
    { period: 1, outcome: 'ordered', reference: order?.reference }
  ]);
  expect(await getOrder(as(ada), ada, order?.reference ?? '')).toMatchObject({ slot: { on_day: inDays(5) } });

  const letter = await tell(id);
  expect(sent).toHaveLength(1);
  for (const part of [
    order?.reference ?? '',
    '$21.99',
    `https://hearth.example/orders/${order?.reference}`,
    `/orders/refills/${id}`
  ])
    expect(letter).toContain(part);
  // Whoever does not want this one cancels it, and the next comes all the same.
  await cancelOrder(as(ada), ada, order?.reference ?? '', 'customer');
  await make(id);
  expect(await ordersOf(id)).toHaveLength(1);
});

test('killed half-way it has left nothing, and the next run orders it', async () => {
  const ben = await aCustomer();
  const id = await plan(ben.id, undefined, { days: 3 });
  await receive('CYL-20', 1);
  // It dies after the order was written, when the turn is.
  await sql(`create function dies() returns trigger language plpgsql as $$ begin
    perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
    create trigger dies before update of period on refill_plan for each row execute function dies()`);
  await expect(make(id)).rejects.toThrow();
  await sql('drop trigger dies on refill_plan; drop function dies()');
  expect(await ordersOf(id)).toEqual([]);
  expect(await turnsOf(as(ben), id)).toEqual([]);
  await make(id);
  expect(await ordersOf(id)).toHaveLength(1);
});

test('what is in the way is told once, tried again, and ordered when it is gone', async () => {
  const eve = await aCustomer();
  const id = await plan(eve.id, undefined, { days: 2 });
  await sql(`insert into stock_move (depot, product, kind, full_change, reason)
    select depot, product, 'written_off', reserved - on_hand, 'dented' from stock where on_hand > reserved`);
  await make(id);
  await make(id);
  expect(await turnsOf(as(eve), id)).toMatchObject([
    { outcome: 'waiting', why: 'no_stock', reference: null }
  ]);
  expect(await tell(id)).toContain('It is out of stock.');
  expect(sent).toHaveLength(1);

  await receive('CYL-20', 2);
  await make(id);
  expect(await turnsOf(as(eve), id)).toMatchObject([{ outcome: 'ordered', why: null }]);
  expect(await see(eve, id)).toMatchObject({ period: 2 });

  // The next comes too soon by the rule, though it is wanted; it says from when.
  const [first] = await ordersOf(id);
  await cancelOrder(as(eve), eve, first?.reference ?? '', 'customer');
  await sql(`update refill_plan set next_on = current_date + 1 where id = $1`, [id]);
  await sql(`insert into refill_rule (kind, gap_days) values ('cylinder', 30)`);
  await make(id);
  // A cancelled order is none: nothing is in the way.
  expect(await turnsOf(as(eve), id)).toMatchObject([{ outcome: 'ordered' }, { outcome: 'ordered' }]);
  expect(await ordersOf(id)).toHaveLength(2);
  await sql(`update refill_plan set next_on = current_date + 1 where id = $1`, [id]);
  await make(id);
  expect((await turnsOf(as(eve), id))[0]).toMatchObject({ period: 3, outcome: 'waiting', why: 'order_open' });
});

test('the gap and the quota of the year hold for what comes by itself too', async () => {
  const gus = await aCustomer();
  const id = await plan(gus.id, undefined, { days: 2 });
  await receive('CYL-20', 4);
  await make(id);
  await sql(`alter table customer_order disable trigger user`);
  await sql(
    `update customer_order set status = 'delivered', ended_at = now() where account_id = (select account_id from refill_plan where id = $1)`,
    [id]
  );
  await sql(`alter table customer_order enable trigger user`);
  await sql(`update refill_plan set next_on = current_date + 1 where id = $1`, [id]);
  await sql(`insert into refill_rule (kind, gap_days) values ('cylinder', 30)`);
  await make(id);
  expect((await turnsOf(as(gus), id))[0]).toMatchObject({ period: 2, outcome: 'waiting', why: 'gap' });
  expect(await tell(id)).toContain('By the rules for refills the next can be ordered from');
  await sql(`update refill_rule set gap_days = null, per_year = 1`);
  await make(id);
  expect((await turnsOf(as(gus), id))[0]).toMatchObject({ outcome: 'waiting', why: 'quota' });
  expect(await ordersOf(id)).toHaveLength(1);
});

test('what they ordered themselves meanwhile is counted, and nothing is ordered beside it', async () => {
  const fay = await aCustomer();
  const place = await home(fay.id);
  const id = await plan(fay.id, place.account, { days: 4 });
  const { order } = await ordersOn(sql);
  const reference = await order(fay.id, place.account);
  await make(id);
  expect(await turnsOf(as(fay), id)).toMatchObject([{ outcome: 'ordered', reference }]);
  expect(await ordersOf(id)).toHaveLength(1);
});

test('set up once for one key; skipped, paused, changed and ended by who may act, and by the desk for them', async () => {
  const ada = await aCustomer();
  const place = await home(ada.id);
  const viewer = await aCustomer();
  await aMember(place.account, viewer);
  const stranger = await aCustomer();
  const grace = await aPerson('agent');
  const wish = { product: 'CYL-20', quantity: 1, weeks: 4, next_on: inDays(20) };
  const form = { key: randomUUID(), account: place.account, premises: place.premises, wish };
  const id = await startRefills(as(ada), ada, form);
  expect(await startRefills(as(ada), ada, form)).toBe(id);
  const other = { ...form, wish: { ...wish, quantity: 2 } };
  await expect(startRefills(as(ada), ada, other)).rejects.toMatchObject({ words: 'refills.there' });
  await expect(startRefills(as(ada), ada, { ...form, key: randomUUID() })).rejects.toMatchObject({
    words: 'refills.there'
  });
  await expect(startRefills(as(viewer), viewer, form)).rejects.toThrow();
  await expect(see(stranger, id)).rejects.toMatchObject({ kind: 'missing' });
  for (const who of [viewer, stranger])
    await expect(pauseRefills(as(who), who, id)).rejects.toMatchObject({ kind: 'missing' });

  // The second click skips no second turn.
  const at = { period: 1, today, zone };
  await Promise.all([skipTurn(as(ada), ada, id, at), skipTurn(as(ada), ada, id, at)]);
  expect(await see(ada, id)).toMatchObject({ period: 2, next_on: inDays(48) });
  await changeRefills(as(ada), ada, id, { quantity: 2, weeks: 6, next_on: inDays(3) });
  await changeAtDesk(as(grace), grace, { plan: id, what: 'pause', today, of: [place.account] });
  await receive('CYL-20', 2);
  await make(id);
  expect(await ordersOf(id)).toEqual([]);
  await resumeRefills(as(ada), ada, id, today);
  expect(await see(ada, id)).toMatchObject({ state: 'active', quantity: 2, next_on: inDays(7) });
  await endRefills(as(ada), ada, id);
  await expect(resumeRefills(as(ada), ada, id, today)).rejects.toMatchObject({ words: 'refills.is_over' });
  await make(id);
  expect(await ordersOf(id)).toEqual([]);
  expect(await refillsOf(as(grace), place.account, 'es')).toMatchObject([
    { state: 'ended', name: 'Propano, 20 lb' }
  ]);
});

test('the database takes a turn once, whoever writes, and orders nothing for who has left', async () => {
  const ada = await aCustomer();
  const id = await plan(ada.id, undefined, { days: 60 });
  const write = (text: string) => sql(text, [id]);
  await expect(write(`update refill_plan set period = 2 where id = $1`)).rejects.toMatchObject({
    constraint: 'refill_plan_period'
  });
  await write(
    `insert into refill_turn (plan_id, period, due_on, outcome) values ($1, 1, current_date, 'skipped')`
  );
  await expect(
    write(`update refill_turn set outcome = 'waiting', why = 'gap' where plan_id = $1`)
  ).rejects.toMatchObject({ constraint: 'refill_turn_once' });
  await expect(
    write(
      `insert into refill_turn (plan_id, period, due_on, outcome) values ($1, 2, current_date, 'skipped')`
    )
  ).rejects.toMatchObject({ constraint: 'refill_turn_once' });
  const other = await aCustomer();
  await sql(
    `insert into account_member (account_id, person_id, kind, scope) select account_id, $2, 'holder', 'act' from refill_plan where id = $1`,
    [id, other.id]
  );
  await sql(`delete from account_member where person_id = $1`, [ada.id]);
  expect(await see(other, id)).toMatchObject({ state: 'ended' });
});
