/** Paid once, owed back when it never came; and nobody orders sooner than the rule of refills allows. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { orderSettings, ordersOn } from '../../../../tests/support/orders.ts';
import { decideDemo, demoProvider } from '#lib/payments/server/demo-provider.ts';
import { lookAfter, getAttempt } from '#lib/payments/server/attempts.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { tellPaid } from '#lib/payments/server/paid-letter.ts';
import { orderJobs } from './jobs.ts';
import { type NewOrder, placeOrder } from './ordering.ts';
import { countPayments, handOn, payOrder, refundsOf, refundsWaiting } from './paying.ts';
import { getOrder } from './queries.ts';
import { refillLimit, setRefillRule } from '#lib/refills/server/limit.ts';
import { cancelOrder } from './transitions.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const { home, slot, receive } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
const worker = openDatabase(urls.worker, 'hearth_worker', { size: 2 });
afterAll(() => Promise.all([database.close(), worker.close()]));
const ada = { ...(await aPerson()), role: 'customer' as const };
const place = await home(ada.id);
const db = database.as(ada);
const week = await slot(50);
const today = new Date().toISOString().slice(0, 10);
await receive('CYL-20', 20);
await receive('ALARM', 5);

const order = (lines: NewOrder['lines'] = [{ product: 'CYL-20', quantity: 1, empties: 1 }], total = 2199n) =>
  placeOrder(db, ada, {
    ...{
      key: randomUUID(),
      account: place.account,
      to: place.to,
      skill: 'cylinder_delivery',
      slot: week,
      lines
    },
    ...{ currency: 'USD', total, pays: 'card', access_notes: '', today, locale: 'en' }
  });
const provider = demoProvider(db, 'http://here');
const pay = (reference: string, key: string = randomUUID()) =>
  payOrder(db, ada, provider, reference, {
    key,
    locale: 'en',
    description: 'x',
    origin: 'http://here',
    today
  });
const sent: Mail[] = [];
const post = { send: async (mail: Mail) => void sent.push(mail), close: () => {} };
const jobs = orderJobs(post, orderSettings);

test('what is paid by card counts once, and goes back when the order is called off', async () => {
  const reference = await order();
  const { reference: attempt } = await pay(reference);
  const begun = await getAttempt(db, attempt);
  await decideDemo(db, begun.checkout ?? '', 'paid');
  await lookAfter(db, provider, { ...begun, checkout: begun.checkout ?? '' }, today);
  const { id } = await getOrder(db, ada, reference);
  await Promise.all([
    countPayments(db, id),
    jobs['orders.paid'](worker.as(system), { orderId: id, attemptId: begun.id }),
    countPayments(db, id)
  ]);
  expect(await getOrder(db, ada, reference)).toMatchObject({ paid: 2199n, due: 0n, paid_how: 'card' });
  expect(await sql(`select kind from order_event where order_id = $1 and kind = 'paid'`, [id])).toHaveLength(
    1
  );
  await expect(pay(reference)).rejects.toMatchObject({ words: 'orders.nothing_to_pay' });

  // Its receipt says that it is sent by a letter too.
  const receipts = await sql<{ payload: { attemptId: string } }>(
    `select payload from outbox where job = 'billing.tell_paid' and payload->>'attemptId' = $1`,
    [begun.id]
  );
  expect(receipts).toHaveLength(1);
  const head = { ...orderSettings, utilityPhone: '555 0100' };
  for (const { payload } of receipts) await tellPaid(worker.as(system), post, payload, head);
  expect(sent.splice(0)).toMatchObject([{ text: expect.stringContaining(`/payments/${attempt}`) }]);

  await cancelOrder(db, ada, reference, 'customer');
  await tellCancelled(id);
  expect(sent.splice(0)).toMatchObject([
    { text: expect.stringMatching(/You had paid \$21\.99\. We send all/) }
  ]);
  expect(await refundsOf(db, id)).toMatchObject([{ amount: 2199n, handed_on_at: null }]);
  const grace = await aPerson('agent');
  const [waiting] = await refundsWaiting(database.as(grace), grace);
  await handOn(database.as(grace), grace, waiting?.id ?? '');
  await handOn(database.as(grace), grace, waiting?.id ?? '');
  expect(await refundsWaiting(database.as(grace), grace)).toEqual([]);
});

test('what was never paid is called off without a word of money', async () => {
  const reference = await order();
  await cancelOrder(db, ada, reference, 'customer');
  await tellCancelled((await getOrder(db, ada, reference)).id);
  expect(sent.splice(0).map(({ text }) => text.includes('paid'))).toEqual([false]);
});

/** Sends the letter that it was called off. */
async function tellCancelled(id: string) {
  const [told] = await sql<{ payload: never }>(
    `select payload from outbox where job = 'orders.tell_customer' and payload->>'orderId' = $1
       and payload->>'kind' = 'cancelled'`,
    [id]
  );
  await jobs['orders.tell_customer'](worker.as(system), told?.payload ?? expect.unreachable());
}

test('nobody pays for the order of somebody else, nor more than is owed', async () => {
  const reference = await order();
  const eve = { ...(await aPerson()), role: 'customer' as const };
  await expect(
    payOrder(database.as(eve), eve, provider, reference, {
      ...{ key: randomUUID(), locale: 'en', description: 'x', origin: '', today }
    })
  ).rejects.toMatchObject({ kind: 'missing' });
  const { id } = await getOrder(db, ada, reference);
  await expect(
    db
      .insertInto('payment_attempt')
      .values({
        ...{ reference: 'P-ABCD2345', subject_kind: 'order', subject_id: id, account_id: place.account },
        ...{ person_id: ada.id, form_key: randomUUID(), amount: '9999', currency: 'USD', provider: 'demo' }
      })
      .execute()
  ).rejects.toMatchObject({ constraint: 'order_attempt_fits' });
  await cancelOrder(db, ada, reference, 'customer');
});

test('the next cylinder comes after the gap, and no more than the year has; other things at any time', async () => {
  const sam = await aPerson('supervisor');
  const grace = await aPerson('agent');
  await expect(
    setRefillRule(database.as(grace), grace, { gap_days: 5, per_year: null })
  ).rejects.toMatchObject({
    kind: 'forbidden'
  });
  await setRefillRule(database.as(sam), sam, { gap_days: 25, per_year: 3 });
  expect(await refillLimit(db, place.account, today)).toMatchObject({
    from_day: today,
    why: null,
    left_over: 3
  });
  await expect(order([{ product: 'CYL-20', quantity: 4, empties: 4 }], 8796n)).rejects.toMatchObject({
    words: 'orders.too_soon'
  });
  const both = await Promise.allSettled([order(), order()]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const next = Temporal.PlainDate.from(today).add({ days: 25 }).toString();
  expect(await refillLimit(db, place.account, today)).toMatchObject({
    from_day: next,
    why: 'gap',
    left_over: 2
  });
  await order([{ product: 'ALARM', quantity: 1, empties: 0 }], 2900n);
  await setRefillRule(database.as(sam), sam, { gap_days: null, per_year: null });
  await order();
});
