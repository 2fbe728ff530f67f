/** Paid once: under two forms, two tellings, a telling before the answer, and a process that dies in between. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody, system, type PersonActor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { PaymentProvider } from '../paying.ts';
import { attemptOfForm, getAttempt, lookAfter } from './attempts.ts';
import { decideDemo, demoProvider } from './demo-provider.ts';
import { paymentJobs } from './jobs.ts';
import { beginPayment } from './paying.ts';
import { readBills } from '#lib/billing/server/queries.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const today = '2026-02-10';
const origin = 'http://hearth.example';

test('sent twice, a form is one attempt, and paid it is one payment however often that is told', async () => {
  const { ada, account, pay } = await somebodyWhoOwes();
  const key = randomUUID();
  const [first, again] = [await pay(key), await pay(key)];
  expect(again).toEqual(first);
  // Whoever goes back and types another amount is not led to the page of the first.
  await expect(pay(key, undefined, ada, 6000n)).rejects.toMatchObject({ words: 'errors.form_used' });

  const provider = demoProvider(database.as(ada), origin);
  const attempt = await getAttempt(database.as(ada), first.reference);
  await decideDemo(database.as(ada), attempt.id, 'paid');
  const about = { id: attempt.id, checkout: attempt.checkout ?? '', provider: 'demo' };
  // The page that they come back to, the webhook (twice) and the clock, all at once.
  await Promise.all([1, 2, 3, 4].map(() => lookAfter(database.as(ada), provider, about, today)));
  expect(await paidOn(account)).toEqual([{ amount: '7000', reference: first.reference }]);
  expect((await readBills(database.as(ada), account)).balance).toBe(0n);
  expect(await pay(key)).toEqual({
    reference: first.reference,
    url: `${origin}/payments/${first.reference}`
  });
  expect(await letters(attempt.id)).toBe(1);
});

test('a second payment shuts the page of the first; if that was paid already, there is no second', async () => {
  const { ada, account, pay } = await somebodyWhoOwes();
  const first = await pay(randomUUID());
  const second = await pay(randomUUID());
  const [one, two] = [
    await getAttempt(database.as(ada), first.reference),
    await getAttempt(database.as(ada), second.reference)
  ];
  expect([one.state, two.state]).toEqual(['expired', 'offered']);
  await decideDemo(database.as(ada), one.id, 'paid');
  await decideDemo(database.as(ada), two.id, 'paid');
  await expect(pay(randomUUID())).rejects.toMatchObject({ words: 'paying.pay_just_paid' });
  expect(await paidOn(account)).toEqual([{ amount: '7000', reference: second.reference }]);
});

test('clicked twice at once, and in two tabs, a form is one attempt with one page', async () => {
  const { ada, pay } = await somebodyWhoOwes();
  const key = randomUUID();
  const both = await Promise.allSettled([pay(key), pay(key), pay(key)]);
  const begun = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.reference] : []));
  expect(new Set(begun).size).toBe(1);
  expect(await sql('select 1 from payment_attempt where form_key = $1', [key])).toHaveLength(1);
  expect((await attemptOfForm(database.as(ada), ada.id, key))?.state).toBe('offered');
});

test('of many who begin at once, at most one has a page on which to pay', async () => {
  const { account, pay } = await somebodyWhoOwes();
  await Promise.allSettled(Array.from({ length: 6 }, () => pay(randomUUID())));
  const open = await sql(
    `select 1 from demo_checkout c join payment_attempt a using (id)
    where a.account_id = $1 and c.state = 'open' and a.checkout_url is not null and a.state = 'offered'`,
    [account]
  );
  expect(open.length).toBeLessThanOrEqual(1);
});

test('told before the answer has reached us, it is paid, and the page is never offered', async () => {
  const { ada, account, pay } = await somebodyWhoOwes();
  const key = randomUUID();
  const early: PaymentProvider = {
    ...demoProvider(database.as(ada), origin),
    async open(asked) {
      const page = await demoProvider(database.as(ada), origin).open(asked);
      await decideDemo(database.as(ada), asked.attemptId, 'paid');
      // Nobody is signed in who tells it.
      await lookAfter(
        database.as(nobody),
        { ...early, look: () => Promise.resolve({ state: 'paid', amount: 7000n, currency: 'USD' }) },
        { id: asked.attemptId, checkout: page.checkout, provider: 'demo' },
        today
      );
      return page;
    }
  };
  await pay(key, early).catch(() => null);
  expect((await attemptOfForm(database.as(ada), ada.id, key))?.state).toBe('paid');
  expect(await paidOn(account)).toHaveLength(1);
});

test('killed before the page was kept, the same form opens it; never sent again, the clock gives it up', async () => {
  const { ada, account, pay } = await somebodyWhoOwes();
  const key = randomUUID();
  const dies: PaymentProvider = {
    ...demoProvider(database.as(ada), origin),
    open: () => Promise.reject(new Error('killed'))
  };
  await expect(pay(key, dies)).rejects.toThrow('killed');
  expect((await pay(key)).url).toMatch(/\/demo$/);

  const { ada: ben, pay: bensPay } = await somebodyWhoOwes();
  const bensKey = randomUUID();
  await expect(bensPay(bensKey, { ...dies, close: () => Promise.resolve() })).rejects.toThrow('killed');
  await sql(`update payment_attempt set asked_at = now() - interval '2 hours' where form_key = $1`, [
    bensKey
  ]);
  await clock();
  expect((await attemptOfForm(database.as(ben), ben.id, bensKey))?.state).toBe('expired');
  expect(await paidOn(account)).toEqual([]);
});

test('what was paid and never told is found by the clock', async () => {
  const { ada, account, pay } = await somebodyWhoOwes();
  const { reference } = await pay(randomUUID());
  const { id } = await getAttempt(database.as(ada), reference);
  await decideDemo(database.as(ada), id, 'paid');
  await sql(`update payment_attempt set asked_at = now() - interval '2 minutes' where id = $1`, [id]);
  await Promise.all([clock(), clock()]);
  expect(await paidOn(account)).toEqual([{ amount: '7000', reference }]);
});

test('another amount, or another page, than was asked for is no payment', async () => {
  const { ada, account, pay } = await somebodyWhoOwes();
  const { id, checkout } = await getAttempt(database.as(ada), (await pay(randomUUID())).reference);
  const says = (amount: bigint, currency: string): PaymentProvider => ({
    ...demoProvider(database.as(ada), origin),
    look: () => Promise.resolve({ state: 'paid', amount, currency })
  });
  const look = (provider: PaymentProvider, page: string) =>
    lookAfter(database.as(nobody), provider, { id, checkout: page, provider: 'demo' }, today);
  await expect(look(says(1n, 'USD'), checkout ?? '')).rejects.toThrow('another amount');
  await expect(look(says(7000n, 'INR'), checkout ?? '')).rejects.toThrow('another amount');
  await expect(look(says(7000n, 'USD'), 'another')).rejects.toThrow('another page');
  expect(await paidOn(account)).toEqual([]);
});

test('who may only look begins nothing, and nobody writes that something is paid', async () => {
  const { ada, account, pay } = await somebodyWhoOwes();
  const vera = await aPerson();
  await aMember(account, vera);
  await expect(pay(randomUUID(), demoProvider(database.as(vera), origin), vera)).rejects.toThrow(
    'row-level security'
  );
  const { reference } = await pay(randomUUID());
  expect((await getAttempt(database.as(vera), reference)).state).toBe('offered');
  await expect(getAttempt(database.as(await aPerson()), reference)).rejects.toMatchObject({
    kind: 'missing'
  });
  await expect(
    database.as(ada).updateTable('payment_attempt').set({ state: 'paid' }).execute()
  ).rejects.toThrow('permission denied');
});

async function somebodyWhoOwes() {
  const ada = await aPerson();
  const number = String(10_000_000 + Math.trunc(Math.random() * 89_999_999));
  const [made] = await sql<{ id: string }>(
    `insert into account (number, holder) values ($1, 'Ada Brook') returning id`,
    [number]
  );
  const account = made?.id ?? '';
  await aMember(account, ada, 'holder', 'act');
  await sql(
    `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
       values ($1, $2, 'USD', '2026-02-01', '2026-02-22', '2026-01-01', '2026-01-31', 7000) returning id)
     insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', 7000 from b`,
    [account, `B-${number}`]
  );
  const pay = (
    key: string,
    provider = demoProvider(database.as(ada), origin),
    who: PersonActor = ada,
    amount = 7000n
  ) =>
    beginPayment(database.as(who), who, provider, {
      paidFor: { kind: 'account', id: account, account_id: account },
      amount,
      currency: 'USD',
      key,
      locale: 'en',
      description: 'Gas',
      returnUrl: (reference) => `${origin}/payments/${reference}`,
      today
    });
  return { ada, account, pay };
}

const clock = () =>
  paymentJobs(
    { send: () => Promise.resolve(), close: () => {} },
    {
      demo: true,
      origin,
      timeZone: 'America/New_York',
      utilityName: 'Gas',
      utilityPhone: '1',
      stripeSecretKey: null,
      stripeWebhookSecret: null,
      jurisdiction: 'US'
    }
  )['billing.ask_after_payments'](worker.as(system), {});

const paidOn = (account: string) =>
  sql('select amount::text, reference from payment where account_id = $1', [account]);

const letters = async (attempt: string) =>
  (
    await sql(`select 1 from outbox where job = 'billing.tell_paid' and payload->>'attemptId' = $1`, [
      attempt
    ])
  ).length;
