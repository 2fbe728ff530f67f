/** What was bought ahead is used first, once, by whoever orders first; given back by what is called off; and it ends. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { prebuysOn } from '../../../../tests/support/prebuys.ts';
import { system } from '#lib/platform/actor.ts';
import { destinationOf, offersFor } from '#lib/orders/server/catalogue.ts';
import { getOrder, linesOf } from '#lib/orders/server/queries.ts';
import { refillJobs } from '#lib/refills/server/jobs.ts';
import { cancelOrder } from '#lib/orders/server/transitions.ts';
import { handOnPrebuy, prebuyRefundsWaiting, prebuysOf } from './queries.ts';

const on = await prebuysOn(await freshDatabase());
const { sql, grace, today, database, worker, post, head, sent, jobs, watch } = on;
const { joined, aBuyer, anOffer, buy, order, leftOf, ledger } = on;
afterAll(on.close);

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
  await joined(buyer.account);
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
