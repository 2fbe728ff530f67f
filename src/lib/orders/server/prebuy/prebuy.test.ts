/** Bought ahead and drawn down: never oversold, used once, given back by what is called off, and paid back when it ends. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../../tests/support/orders.ts';
import { getAttempt, lookAfter } from '#lib/billing/server/attempts.ts';
import { decideDemo, demoProvider } from '#lib/billing/server/demo-provider.ts';
import { system, type Customer, type Staff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { destinationOf, offersFor } from '../catalogue.ts';
import { placeOrder } from '../ordering.ts';
import { getOrder, linesOf } from '../queries.ts';
import { refillJobs } from '../refills/jobs.ts';
import { cancelOrder } from '../transitions.ts';
import { buyAhead, countPrebuyPayments, payPrebuy } from './buying.ts';
import { prebuyJobs } from './jobs.ts';
import { offerPrebuy, prebuysOnSale, withdrawPrebuy } from './offers.ts';
import { endPrebuyEarly, handOnPrebuy, leftAhead, prebuyRefundsWaiting, prebuysOf } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const { home, slot, receive } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 6 });
const worker = openDatabase(urls.worker, 'hearth_worker', { size: 4 });
afterAll(() => Promise.all([database.close(), worker.close()]));
const sam = { ...(await aPerson('supervisor')), role: 'supervisor' } as Somebody & Staff;
const grace = { ...(await aPerson('agent')), role: 'agent' } as Somebody & Staff;
const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
const week = await slot(90);
await receive('CYL-20', 200);

const sent: Mail[] = [];
const post = { send: async (mail: Mail) => void sent.push(mail), close: () => {} };
const head = {
  origin: 'https://h.example',
  utilityName: 'H',
  emergencyPhone: '911',
  timeZone: 'UTC',
  currency: 'USD'
};
const jobs = prebuyJobs(post, head);
const watch = () => jobs['orders.watch_prebuys'](worker.as(system), {});

async function aBuyer() {
  const who = { ...(await aPerson()), role: 'customer' } as Somebody & Customer;
  return { who, db: database.as(who), ...(await home(who.id)) };
}
type Buyer = Awaited<ReturnType<typeof aBuyer>>;

/** An offer of its own for each test; what is on sale of it to somebody. */
async function anOffer(most_each = 10, most_total = 100, back_percent = 100) {
  const key = randomUUID();
  const offer = { unit_price: 1500n, sold_from: today, sold_until: inDays(30), good_until: inDays(90) };
  await offerPrebuy(database.as(sam), sam, {
    ...{ key, product: 'CYL-20', currency: 'USD' },
    offer: { ...offer, most_each, most_total, back_percent }
  });
  const [made] = await sql<{ id: string }>('select id from prebuy_offer where form_key = $1', [key]);
  return made?.id ?? '';
}
async function onSale({ db, account }: Buyer, id: string) {
  const offers = await prebuysOnSale(db, { account, supply: null }, { today, currency: 'USD', locale: 'en' });
  return offers.find((offer) => offer.id === id) ?? expect.unreachable();
}
const hold = async (buyer: Buyer, id: string, units: number, key: string = randomUUID()) =>
  buyAhead(buyer.db, buyer.who, { key, account: buyer.account, offer: await onSale(buyer, id), units });

async function begin({ db, who }: Buyer, id: string) {
  const provider = demoProvider(db, 'http://here');
  const payment = { key: randomUUID(), locale: 'en', description: 'x', origin: 'http://here', today };
  const { reference } = await payPrebuy(db, who, provider, id, payment);
  return getAttempt(db, reference);
}
async function settle({ db }: Buyer, { id, checkout, provider }: Awaited<ReturnType<typeof begin>>) {
  await decideDemo(db, id, 'paid');
  await lookAfter(db, demoProvider(db, 'http://here'), { id, checkout: checkout ?? '', provider }, today);
}
async function buy(buyer: Buyer, offer: string, units: number) {
  const id = await hold(buyer, offer, units);
  await settle(buyer, await begin(buyer, id));
  await countPrebuyPayments(buyer.db, id);
  return id;
}
async function order(buyer: Buyer, quantity: number, total: bigint) {
  return placeOrder(buyer.db, buyer.who, {
    ...{
      key: randomUUID(),
      account: buyer.account,
      to: buyer.to,
      skill: 'cylinder_delivery',
      slot: week,
      total
    },
    ...{
      lines: [{ product: 'CYL-20', quantity, empties: quantity }],
      currency: 'USD',
      pays: 'on_delivery' as const
    },
    ...{ access_notes: '', today, locale: 'en' }
  });
}
const leftOf = async ({ db, account }: Buyer) => (await leftAhead(db, account, 'en'))[0]?.left ?? 0;
/** What the ledger says, whatever the balance says. */
const ledger = async (id: string) =>
  (await sql<{ sum: number }>('select sum(change)::int from prebuy_move where prebuy_id = $1', [id]))[0]?.sum;

test('what is paid is bought once, told, and shown; twice clicked it is one purchase', async () => {
  const buyer = await aBuyer();
  const offer = await anOffer();
  const key = randomUUID();
  const [id, same] = await Promise.all([hold(buyer, offer, 3, key), hold(buyer, offer, 3, key)]);
  expect(same).toBe(id);
  await expect(hold(buyer, offer, 4, key)).rejects.toMatchObject({ words: 'prebuy.key_used' });
  expect(await leftOf(buyer)).toBe(0);
  await settle(buyer, await begin(buyer, id));
  await Promise.all([
    countPrebuyPayments(buyer.db, id),
    jobs['orders.prebuy_paid'](worker.as(system), { id }),
    countPrebuyPayments(buyer.db, id)
  ]);
  expect([await leftOf(buyer), await ledger(id)]).toEqual([3, 3]);
  const [shown] = await prebuysOf(buyer.db, buyer.account, 'en');
  expect(shown).toMatchObject({ state: 'bought', quantity: 3, amount: 4500n, left_over: 3 });
  expect(await sql('select 1 from payment where account_id = $1', [buyer.account])).toEqual([]);
  await expect(begin(buyer, id)).rejects.toMatchObject({ words: 'prebuy.nothing_to_pay' });

  await jobs['orders.tell_prebuy'](worker.as(system), { id, what: 'bought' });
  await jobs['orders.tell_prebuy'](worker.as(system), { id, what: 'bought' });
  const told = sent.filter(({ to }) => to === buyer.who.email);
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain('$45.00');
});

test('two who want the last ones at once: one gets them; and nobody more than one customer gets', async () => {
  const [one, other] = [await aBuyer(), await aBuyer()];
  const offer = await anOffer(3, 4);
  const [first, second] = await Promise.allSettled([hold(one, offer, 3), hold(other, offer, 3)]);
  expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = first.status === 'rejected' ? first : second;
  expect(refused).toMatchObject({ reason: { words: 'prebuy.just_sold' } });
  const winner = first.status === 'fulfilled' ? one : other;
  await expect(hold(winner, offer, 1)).rejects.toMatchObject({ words: 'prebuy.had_all' });
  const twice = await anOffer(3, 100);
  const both = await Promise.allSettled([hold(one, twice, 2), hold(one, twice, 2)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('an order uses it first; called off, it gives it back in the same breath', async () => {
  const buyer = await aBuyer();
  const id = await buy(buyer, await anOffer(), 2);
  const to = (await destinationOf(buyer.db, buyer.account)) ?? expect.unreachable();
  const shown = async () =>
    (await offersFor(buyer.db, to, { currency: 'USD', today, locale: 'en' })).find(
      ({ code }) => code === 'CYL-20'
    );
  expect(await shown()).toMatchObject({ prebought: 2 });
  // Who saw the full price is asked again.
  await expect(order(buyer, 3, 6597n)).rejects.toMatchObject({ words: 'orders.price_changed' });
  expect(await leftOf(buyer)).toBe(2);

  const reference = await order(buyer, 3, 2199n);
  const placed = await getOrder(buyer.db, buyer.who, reference);
  expect(placed).toMatchObject({ total: 2199n, due: 2199n });
  expect(await linesOf(buyer.db, placed.id, 'en')).toMatchObject([
    { quantity: 3, prebought: 2, amount: 2199n }
  ]);
  expect(await leftOf(buyer)).toBe(0);
  expect(await shown()).toMatchObject({ prebought: 0 });

  await cancelOrder(buyer.db, buyer.who, reference, 'customer');
  await cancelOrder(buyer.db, buyer.who, reference, 'customer');
  expect([await leftOf(buyer), await ledger(id)]).toEqual([2, 2]);
  const [seen] = await prebuysOf(buyer.db, buyer.account, 'en');
  expect(seen?.moves.map(({ kind, change }) => [kind, change])).toEqual([
    ['bought', 2],
    ['drawn', -2],
    ['given_back', 2]
  ]);
  expect(await sql('select 1 from order_refund where order_id = $1', [placed.id])).toEqual([]);
});

test('two orders at once for the last one: one gets it, and the other is asked again', async () => {
  const buyer = await aBuyer();
  const id = await buy(buyer, await anOffer(), 1);
  const both = await Promise.allSettled([order(buyer, 1, 0n), order(buyer, 1, 0n)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { words: 'orders.price_changed' }
  });
  expect([await leftOf(buyer), await ledger(id)]).toEqual([0, 0]);
});

test('what ends first is used first, and a refill that comes by itself uses it too', async () => {
  const buyer = await aBuyer();
  const [later, sooner] = [await buy(buyer, await anOffer(), 1), await buy(buyer, await anOffer(), 1)];
  await sql('update prebuy set good_until = good_until - 10 where id = $1', [sooner]);
  const before = await order(buyer, 1, 0n);
  expect([await ledger(sooner), await ledger(later)]).toEqual([0, 1]);
  await cancelOrder(buyer.db, buyer.who, before, 'customer');
  const [made] = await sql<{ id: string }>(
    `insert into refill_plan (account_id, premises_id, person_id, product, quantity, weeks, next_on, form_key)
     values ($1, $2, $3, 'CYL-20', 1, 4, current_date + 5, gen_random_uuid()) returning id`,
    [buyer.account, buyer.premises, buyer.who.id]
  );
  await refillJobs(post, head)['orders.make_refill'](worker.as(system), { plan: made?.id ?? '' });
  const [turn] = await sql<{ total: string; prebought: number }>(
    `select o.total, l.prebought from refill_turn u join customer_order o on o.id = u.order_id
     join order_line l on l.order_id = o.id where u.plan_id = $1`,
    [made?.id]
  );
  expect(turn).toEqual({ total: '0', prebought: 1 });
  expect([await ledger(sooner), await ledger(later)]).toEqual([0, 1]);
});

test('nobody sees, pays for or uses what is not theirs; the ledger takes no line from a page', async () => {
  const [buyer, stranger, viewer] = [await aBuyer(), await aBuyer(), await aBuyer()];
  const offer = await anOffer();
  const id = await buy(buyer, offer, 2);
  await aMember(buyer.account, viewer.who, 'authorised', 'view');
  expect(await prebuysOf(stranger.db, buyer.account, 'en')).toEqual([]);
  expect(await prebuysOf(viewer.db, buyer.account, 'en')).toHaveLength(1);
  const held = await hold(buyer, offer, 1);
  for (const who of [stranger, viewer])
    await expect(begin(who, held)).rejects.toMatchObject({ words: 'errors.missing' });
  for (const who of [stranger, viewer])
    await expect(
      buyAhead(who.db, who.who, {
        ...{ key: randomUUID(), account: buyer.account, units: 1 },
        offer: await onSale(buyer, offer)
      })
    ).rejects.toThrow(/row-level security/);
  await order(stranger, 1, 2199n);
  expect(await ledger(id)).toBe(2);
  await expect(
    buyer.db.insertInto('prebuy_move').values({ prebuy_id: id, kind: 'bought', change: 5 }).execute()
  ).rejects.toThrow(/permission denied/);
  await expect(
    buyer.db.updateTable('prebuy').set({ left_over: 2 }).where('id', '=', id).execute()
  ).rejects.toThrow(/permission denied/);
  await expect(sql('update prebuy_move set change = 9 where prebuy_id = $1', [id])).rejects.toMatchObject({
    constraint: 'prebuy_move_stays'
  });
});

test('only supervisors offer it; an offer taken back sells no more', async () => {
  const buyer = await aBuyer();
  const offer = await anOffer();
  const one = await onSale(buyer, offer);
  await expect(withdrawPrebuy(database.as(grace), grace, offer)).rejects.toMatchObject({ kind: 'missing' });
  await withdrawPrebuy(database.as(sam), sam, offer);
  const purchase = { key: randomUUID(), account: buyer.account, offer: one, units: 1 };
  await expect(buyAhead(buyer.db, buyer.who, purchase)).rejects.toMatchObject({ words: 'prebuy.not_sold' });
});

test('what nobody pays for is for others again; money that comes later buys it still, or is owed back', async () => {
  const [one, other] = [await aBuyer(), await aBuyer()];
  const offer = await anOffer(4, 4);
  const id = await hold(one, offer, 4);
  const attempt = await begin(one, id);
  await sql(`update prebuy set created_at = now() - interval '2 hours' where id = $1`, [id]);
  await watch();
  // While somebody is paying it stays theirs.
  expect(await onSale(other, offer)).toMatchObject({ left_total: 0 });
  await sql(`update payment_attempt set state = 'expired', ended_at = now() where id = $1`, [attempt.id]);
  await watch();
  expect(await onSale(other, offer)).toMatchObject({ left_total: 4 });

  const late = await hold(other, offer, 3);
  await settle(one, attempt);
  await countPrebuyPayments(one.db, id);
  expect(await prebuysOf(one.db, one.account, 'en')).toMatchObject([
    { state: 'lapsed', left_over: 0, refunds: [{ why: 'late', amount: 6000n }] }
  ]);
  await settle(other, await begin(other, late));
  await countPrebuyPayments(other.db, late);
  expect(await leftOf(other)).toBe(3);
});

test('after its last day nothing is drawn; the rest comes back as agreed, once, and is told', async () => {
  const buyer = await aBuyer();
  const id = await buy(buyer, await anOffer(10, 100, 80), 3);
  await order(buyer, 1, 0n);
  await sql('update prebuy set good_until = current_date + 10 where id = $1', [id]);
  await watch();
  await watch();
  const tellings = () =>
    sql<{ what: string }>(
      `select payload->>'what' as what from outbox where job = 'orders.tell_prebuy' and payload->>'id' = $1`,
      [id]
    );
  expect((await tellings()).map(({ what }) => what).filter((what) => what === 'ending')).toHaveLength(1);

  await sql('update prebuy set good_until = current_date - 1 where id = $1', [id]);
  await order(buyer, 1, 2199n);
  await Promise.all([watch(), watch()]);
  expect(await ledger(id)).toBe(0);
  const [owed] = (await prebuyRefundsWaiting(database.as(grace), grace)).filter(
    ({ person_id }) => person_id === buyer.who.id
  );
  expect(owed).toMatchObject({ amount: 2400n });
  await handOnPrebuy(database.as(grace), grace, owed?.id ?? '');
  expect((await prebuysOf(buyer.db, buyer.account, 'en'))[0]?.refunds).toMatchObject([
    { units: 2, handed_on_at: expect.any(Date) as Date }
  ]);
  await jobs['orders.tell_prebuy'](worker.as(system), { id, what: 'ended' });
  expect(sent.at(-1)?.text).toContain('$24.00');
});

test('a supervisor ends it before its day, and whoever has something left is not forgotten before', async () => {
  const buyer = await aBuyer();
  const id = await buy(buyer, await anOffer(), 2);
  const waits = async () =>
    (
      await sql<{ w: string[] }>(
        `select closing_waits_for($1) as w from set_config('app.role', 'system', false)`,
        [buyer.who.id]
      )
    )[0]?.w;
  expect(await waits()).toEqual(['order']);
  const end = (staff: Somebody & Staff, of: string[]) =>
    endPrebuyEarly(database.as(staff), staff, { id, of, today });
  await expect(end(grace, [buyer.account])).rejects.toMatchObject({ words: 'prebuy.end_forbidden' });
  await expect(end(sam, [randomUUID()])).rejects.toMatchObject({ kind: 'missing' });
  await end(sam, [buyer.account]);
  await end(sam, [buyer.account]);
  const [owed] = (await prebuyRefundsWaiting(database.as(sam), sam)).filter(
    ({ person_id }) => person_id === buyer.who.id
  );
  expect(owed).toMatchObject({ amount: 3000n });
  expect(await waits()).toEqual(['order']);
  await handOnPrebuy(database.as(sam), sam, owed?.id ?? '');
  expect(await waits()).toEqual([]);
});
