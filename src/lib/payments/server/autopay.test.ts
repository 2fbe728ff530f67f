/** A kept card pays a bill once: with two clocks, a webhook before the answer, a clock that dies, and never against a wish. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { origin, payersOn } from '../../../../tests/support/payers.ts';
import { nobody, system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { PaymentProvider } from '../paying.ts';
import { rulesOf } from '#lib/billing/programme-rules.ts';
import { lookAfter } from './attempts.ts';
import { decideDemoCard, demoProvider } from './demo-provider.ts';
import { paymentJobs } from './jobs.ts';
import { beginPayment } from './paying.ts';
import { leave } from '#lib/programmes/server/commands.ts';
import { cardAsked } from './card-queries.ts';
import { lookAfterCard } from './cards.ts';
import { chargeAgain, chargeDue } from './charging.ts';
import { autopayOf } from '#lib/billing/server/taking.ts';

const urls = await freshDatabase();
const { aPerson, aMember, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
const second = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close(), second.close()]));

const due = '2026-03-14';
const rules = rulesOf('US');
const somebody = payersOn({ aPerson, aMember, sql }, database);

test('a card is kept once however often that is told, under its own page, and nobody writes it down by hand', async () => {
  const { ada, account, ask, keep, cards } = await somebody();
  const key = randomUUID();
  const url = await ask(key);
  expect(await ask(key)).toBe(url);
  expect(url).toContain('/bills/programmes/autopay/demo?');
  await Promise.all([keep(), keep(), keep()]);
  expect(await cards()).toEqual(['kept active']);
  expect(await autopayOf(database.as(ada), account)).toMatchObject({
    card: { brand: 'visa', last_four: '4242' }
  });
  const columns = database.as(ada).selectFrom('kept_card').select('card_name').execute();
  await expect(columns).rejects.toThrow('permission denied');
  const byHand = {
    account_id: account,
    kind: 'autopay' as const,
    method: 'card' as const,
    card_name: 'pm_1'
  };
  await expect(
    database
      .as(ada)
      .insertInto('programme')
      .values({ ...byHand, began_on: '2026-03-01', enrolled_by: ada.id, form_key: randomUUID() })
      .execute()
  ).rejects.toThrow('row-level security');
});

test('who may only look asks for no card, and who asks for another shuts the page before', async () => {
  const { ada, account, ask, cards } = await somebody();
  const vera = await aPerson();
  await aMember(account, vera);
  await expect(ask(randomUUID(), vera)).rejects.toThrow('row-level security');
  await ask();
  const first = await cardAsked(database.as(ada), account, ada.id);
  await ask();
  expect(await cards()).toEqual(['expired -', 'offered -']);
  await decideDemoCard(database.as(ada), first?.id ?? '', { state: 'kept' });
  expect(await cards()).toEqual(['expired -', 'offered -']);
});

test('another card takes over, and the one before is forgotten', async () => {
  const { ask, keep, cards } = await somebody();
  await ask();
  await keep();
  await ask();
  await keep(false);
  expect(await cards()).toEqual(['ended left', 'kept active']);
  await work('billing.forget_card');
  expect(await cards()).toEqual(['removed left', 'kept active']);
});

test('on its due date a bill is taken, all of it and once, by however many clocks', async () => {
  const { account, paid, events } = await whoPays();
  await charge('2026-03-13');
  expect(await paid()).toEqual([]);
  await Promise.all([charge(), charge(due, second), charge(), charge(due, second)]);
  await charge('2026-03-15');
  expect(await paid()).toEqual([8420]);
  expect(await events()).toEqual(['began', 'charged']);
  expect(await letters('billing.tell_paid', account)).toBe(1);
});

test('told by the webhook before the answer, it is paid once', async () => {
  const { paid, events } = await whoPays();
  const early = provider((real) => ({
    async charge(asked) {
      const answer = await real.charge(asked);
      const about = { id: asked.attemptId, checkout: answer.checkout ?? '', provider: 'demo' };
      const told = { ...real, look: () => Promise.resolve(answer) };
      await lookAfter(database.as(nobody), told, about, due);
      await lookAfter(database.as(nobody), told, about, due);
      return answer;
    }
  }));
  await charge(due, worker, early);
  await charge();
  expect([await paid(), await events()]).toEqual([[8420], ['began', 'charged']]);
});

test('killed between the charge and the record, it is found again and not taken twice', async () => {
  const { ada, account, paid, attempts } = await whoPays();
  const asked: string[] = [];
  const dies = provider((real) => ({
    async charge(one) {
      asked.push(one.attemptId);
      await real.charge(one);
      throw new Error('killed');
    }
  }));
  await charge(due, worker, dies);
  // Nobody begins another meanwhile: neither the clock, nor the customer on a page.
  await charge(due, second, dies);
  await expect(payByHand(ada, account)).rejects.toMatchObject({ words: 'autopay.under_way_refused' });
  expect([await attempts(), await paid()]).toEqual([['1 begun'], []]);

  await sql(`update payment_attempt set asked_at = now() - interval '2 minutes' where account_id = $1`, [
    account
  ]);
  await Promise.all([work('billing.ask_after_payments'), work('billing.ask_after_payments')]);
  expect([await attempts(), await paid(), asked.length]).toEqual([['1 paid'], [8420], 1]);
});

test('killed before the provider was reached, it is charged by the next look; of who has left by then, it is not', async () => {
  const stays = await whoPays();
  const leaves = await whoPays();
  const deaf = provider(() => ({ charge: () => Promise.reject(new Error('no line')) }));
  await charge(due, worker, deaf);
  await leave(database.as(leaves.ada), leaves.account, 'autopay', due);
  // What is under way keeps the card known, to be asked after.
  await work('billing.forget_card');
  for (const { account } of [stays, leaves])
    for (const { id } of await sql<{ id: string }>('select id from payment_attempt where account_id = $1', [
      account
    ]))
      await chargeAgain(worker.as(system), id, clock());
  expect([await stays.paid(), await leaves.paid()]).toEqual([[8420], []]);
  expect(await leaves.attempts()).toEqual(['1 expired']);
});

test('refused, its customer is told, it is tried twice more, and then the card pays no more', async () => {
  const { account, paid, attempts, events, cards } = await whoPays({ pays: false });
  for (const day of [due, '2026-03-15', '2026-03-17', '2026-03-18', '2026-03-21', '2026-03-22'])
    await charge(day);
  expect(await attempts()).toEqual(['1 refused', '2 refused', '3 refused']);
  expect(await events()).toEqual(['began', 'declined', 'declined', 'declined', 'broken']);
  expect([await paid(), await cards()]).toEqual([[], ['ended broken']]);
  expect(await letters('billing.tell_declined', account)).toBe(3);
});

test('nothing is taken that is above the limit, disputed, in a plan, paid meanwhile, or left', async () => {
  const [above, disputed, planned, gone, left] = [
    await whoPays({ most: 8419n }),
    await whoPays(),
    await whoPays(),
    await whoPays(),
    await whoPays()
  ];
  await dispute(disputed);
  await sql(
    `with p as (insert into programme (account_id, kind, currency, amount, began_on, form_key)
       values ($1, 'extension', 'USD', 8420, '2026-03-10', gen_random_uuid()) returning id)
     insert into instalment select id, 1, '2026-03-30', 8420 from p`,
    [planned.account]
  );
  await sql(`update account_member set scope = 'view', kind = 'authorised' where account_id = $1`, [
    gone.account
  ]);
  await leave(database.as(left.ada), left.account, 'autopay', due);
  await charge();
  for (const one of [above, disputed, planned, gone, left])
    expect([await one.attempts(), await one.paid()]).toEqual([[], []]);
  expect(await gone.cards()).toEqual(['ended left']);
  // The database says so too, whatever the clock believes.
  const begin = (account: string, amount: number) =>
    sql(
      `select begin_automatic_payment(p.id, b.id, $2, 1::smallint, 'P-AAAA' || lpad(floor(random() * 9999)::text, 4, '0'), $3)
       from programme p join bill b on b.account_id = p.account_id where p.account_id = $1 and p.kind = 'autopay'`,
      [account, amount, due]
    );
  for (const one of [above, disputed, planned])
    await expect(begin(one.account, 8420)).rejects.toThrow('not to be taken');
  expect(await begin(left.account, 8420)).toEqual([{ begin_automatic_payment: null }]);
});

test('a card that ends soon is told of once', async () => {
  const { account } = await whoPays();
  await sql(`update kept_card set valid_until = '2026-03-31' where account_id = $1`, [account]);
  const { findExpiring } = await import('./card-letters.ts');
  await Promise.all([findExpiring(worker.as(system), due), findExpiring(second.as(system), due)]);
  await findExpiring(worker.as(system), '2026-03-20');
  const rows = await sql(
    `select 1 from outbox where job = 'billing.tell_expiring'
       and (payload->>'card')::uuid in (select id from kept_card where account_id = $1)`,
    [account]
  );
  expect(rows.length).toBe(1);
});

test('whoever is forgotten leaves no card: the kept one is let go, and a page that is still open keeps none', async () => {
  const [{ ada, account, cards }, open] = [await whoPays(), await somebody()];
  await open.ask();
  const page = await cardAsked(database.as(open.ada), open.account, open.ada.id);
  for (const { id } of [ada, open.ada]) {
    await sql(
      `insert into closing (person_id, asked_at, due_at) values ($1, now() - interval '15 days', now() - interval '1 day')`,
      [id]
    );
    await sql(`select close_customer($1, 'Closed')`, [id]);
  }
  await charge();
  await sql(`update demo_card set state = 'kept' where id = $1`, [page!.id]);
  await lookAfterCard(
    worker.as(system),
    demoProvider(worker.as(system), origin),
    { id: page!.id, checkout: page!.checkout!, provider: 'demo' },
    due
  );
  await work('billing.forget_card');
  expect([await cards(), await open.cards()]).toEqual([['removed left'], ['removed -']]);
  const known = `select brand, last_four, valid_until, payer, card_name from kept_card where account_id = any($1)`;
  const none = { brand: null, last_four: null, valid_until: null, payer: null, card_name: null };
  expect(await sql(known, [[account, open.account]])).toEqual([none, none]);
});

/** The demo's provider as the clock has it, with parts of it replaced. */
const provider = (more: (real: PaymentProvider) => Partial<PaymentProvider>): PaymentProvider => {
  const real = demoProvider(worker.as(system), origin);
  return { ...real, ...more(real) };
};

const clock = (today = due, by = demoProvider(worker.as(system), origin)) => ({
  ...{ provider: by, today, rules, description: 'Gas' }
});
const charge = (today = due, by = worker, using = demoProvider(by.as(system), origin)) =>
  chargeDue(by.as(system), clock(today, using));

async function whoPays({ most = null, pays = true }: { most?: bigint | null; pays?: boolean } = {}) {
  const one = await somebody(most);
  await one.ask();
  await one.keep(pays);
  return one;
}

const payByHand = (who: Somebody, account: string) =>
  beginPayment(database.as(who), who, demoProvider(database.as(who), origin), {
    paidFor: { kind: 'account', id: account, account_id: account },
    ...{ amount: 8420n, currency: 'USD', key: randomUUID(), locale: 'en', description: 'Gas' },
    returnUrl: (reference) => `${origin}/payments/${reference}`,
    today: due
  });

async function dispute({ account, ada }: { account: string; ada: Somebody }) {
  const { id } = await aRequest(ada);
  await sql('insert into request_about (request_id, bill_id) select $1, id from bill where account_id = $2', [
    ...[id, account]
  ]);
}

/** Does what is queued under a name, as the worker would. */
async function work(name: 'billing.forget_card' | 'billing.ask_after_payments') {
  const jobs = paymentJobs(
    { send: () => Promise.resolve(), close: () => {} },
    {
      ...{ demo: true, origin, timeZone: 'America/New_York', utilityName: 'Gas', utilityPhone: '1' },
      ...{ stripeSecretKey: null, stripeWebhookSecret: null, jurisdiction: 'US' }
    }
  );
  if (name === 'billing.ask_after_payments') return jobs[name](worker.as(system), {});
  const queued = await sql<{ payload: { card: string } }>('select payload from outbox where job = $1', [
    name
  ]);
  for (const { payload } of queued) await jobs[name](worker.as(system), payload);
}

const letters = async (job: string, account: string) =>
  (
    await sql(
      `select 1 from outbox where job = $1
         and (payload->>'attemptId')::uuid in (select id from payment_attempt where account_id = $2)`,
      [job, account]
    )
  ).length;
