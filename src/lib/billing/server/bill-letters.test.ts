/** Letters about bills reach everybody on the account, each once, and nobody who has paid or asks about it. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system, type PersonActor } from '#lib/platform/actor.ts';
import { todayAt, writeDate } from '#lib/platform/dates.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import { billLetters } from '../bill-letters.ts';
import { settle } from '../settle.ts';
import { findBillLetters } from './bill-letters.ts';
import { billingJobs } from './jobs.ts';
import { findSettledLetters } from './settled-letters.ts';

const urls = await freshDatabase();
const { aPerson, aMember, aRequest, sql } = await makersOn(urls.owner);
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => worker.close());
const db = worker.as(system);

const today = todayAt('UTC');
const day = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
const sent: Mail[] = [];
const settings = {
  demo: true,
  origin: 'http://hearth.example',
  timeZone: 'UTC',
  utilityName: 'Gas',
  utilityPhone: '555 0100',
  stripeSecretKey: null,
  stripeWebhookSecret: null,
  jurisdiction: 'US' as const
};
const jobs = billingJobs(
  {
    send: (mail) => {
      sent.push(mail);
      return Promise.resolve();
    },
    close: () => {}
  },
  settings
);

beforeEach(async () => {
  sent.length = 0;
  await sql('truncate bill cascade');
  await sql('delete from outbox');
});

test('everybody on the account is told in their language; who only gets notices is sent nowhere', async () => {
  const { account, number } = await anAccount();
  await member(account, await aPerson('customer', { name: 'Ada' }), 'act');
  await member(account, await aPerson('customer', { name: 'Ernesto', locale: 'es' }), 'view');
  await member(account, await aPerson('customer', { name: 'Nora' }), 'notices');
  await aBill(account, `B-${number}`, { issued: -1, due: 20, total: 123_45 });
  await findBillLetters(db, today);
  await deliver();

  const texts = Object.fromEntries(
    sent.map(({ text }) => [/(?:Hello|Hola) (\w+)|, (\w+)/.exec(text)?.[1], text])
  );
  expect(sent).toHaveLength(3);
  expect(texts['Ada']).toContain('$123.45');
  expect(texts['Ada']).toContain(`http://hearth.example/bills/B-${number}`);
  expect(sent.find(({ locale }) => locale === 'es')?.text).toContain('123,45\u00a0US$');
  expect(texts['Nora']).not.toContain('/bills/');
  expect(texts['Nora']).toContain('555 0100');
});

test.each(['en', 'es'])(
  'in %s, on a budget nothing says that the total of a new bill is due',
  async (locale) => {
    const { account, number } = await anAccount();
    const [ada, nora] = [await aPerson('customer', { locale }), await aPerson('customer', { locale })];
    await member(account, ada, 'act');
    await member(account, nora, 'notices');
    const [budget] = await sql<{ id: string }>(
      `insert into programme (account_id, kind, state, currency, amount, began_on, review_on, form_key, enrolled_by)
     values ($1, 'budget', 'active', 'USD', 8500, $2, $3, gen_random_uuid(), $4) returning id`,
      [account, day(-60), day(40), ada.id]
    );
    await sql(`insert into instalment (programme_id, number, due_on, amount) values ($1, 1, $2, 8500)`, [
      budget?.id,
      day(9)
    ]);
    await aBill(account, `B-${number}`, { issued: -1, due: 20, total: 123_45 });
    await findBillLetters(db, today);
    await deliver();

    expect(sent).toHaveLength(2);
    for (const { subject, text, to } of sent) {
      const said = `${subject} ${text}`;
      expect(said).not.toContain(writeDate(day(20), locale));
      expect(said).not.toMatch(/ due by|vence el/);
      expect(said.includes('85')).toBe(to === ada.email);
      expect(said.includes(writeDate(day(9), locale))).toBe(to === ada.email);
    }
  }
);

test('two workers at once, again an hour later, and a job done twice: one letter', async () => {
  const { account, number } = await anAccount();
  await member(account, await aPerson(), 'act');
  await aBill(account, `B-${number}`, { issued: 0, due: 21 });
  await Promise.all([findBillLetters(db, today), findBillLetters(db, today)]);
  await findBillLetters(db, today);
  const queued = await deliver();
  expect(queued).toHaveLength(1);
  for (const told of queued) await jobs['billing.tell_bill'](db, told);
  expect(sent).toHaveLength(1);
});

test('killed before it was done, nothing is written down, and the next one tells it', async () => {
  const { account, number } = await anAccount();
  await member(account, await aPerson(), 'act');
  await aBill(account, `B-${number}`, { issued: 0, due: 21 });
  await sql(`alter table outbox add constraint killed check (job <> 'billing.tell_bill')`);
  await expect(findBillLetters(db, today)).rejects.toThrow('killed');
  await sql('alter table outbox drop constraint killed');
  expect(await sql('select 1 from bill_letter')).toEqual([]);
  await findBillLetters(db, today);
  expect(await deliver()).toHaveLength(1);
});

test('ten years of old bills, never paid, write to nobody', async () => {
  const { account, number } = await anAccount();
  await member(account, await aPerson(), 'act');
  for (let month = 1; month <= 24; month += 1)
    await aBill(account, `B-${number}-${month}`, { issued: -40 - 30 * month, due: -20 - 30 * month });
  await findBillLetters(db, today);
  expect(await deliver()).toEqual([]);
});

test('a bill near its day is called to mind, unless it is paid, being paid or asked about', async () => {
  const [open, paid, paying, disputed, answered] = await Promise.all(
    ['open', 'paid', 'paying', 'disputed', 'answered'].map(async () => {
      const one = await anAccount();
      const reader = await aPerson();
      await member(one.account, reader, 'act');
      return { ...one, reader, bill: await aBill(one.account, `B-${one.number}`, { issued: -20, due: 3 }) };
    })
  );
  if (!open || !paid || !paying || !disputed || !answered) throw new Error('five accounts');
  await pay(paid.account, 7000, 'settled');
  await pay(paying.account, 7000, 'pending');
  for (const [{ reader, bill }, status] of [[disputed, 'open'] as const, [answered, 'resolved'] as const]) {
    const { id } = await aRequest(reader, { status });
    await sql('insert into request_about (request_id, bill_id) values ($1, $2)', [id, bill]);
  }

  await findBillLetters(db, today);
  const queued = await deliver();
  expect(new Set(queued.map(({ billId }) => billId))).toEqual(new Set([open.bill, answered.bill]));
  expect(queued.every(({ letter }) => letter === 'due')).toBe(true);
  expect(sent[0]?.text).toContain('$70.00');
});

test('what was paid between the finding and the writing is not called to mind', async () => {
  const { account, number } = await anAccount();
  await member(account, await aPerson(), 'act');
  await aBill(account, `B-${number}`, { issued: -30, due: -3 });
  await findBillLetters(db, today);
  await pay(account, 7000, 'settled');
  expect(await deliver()).toMatchObject([{ letter: 'overdue' }]);
  expect(sent).toEqual([]);
});

test('who left the account, or wants no letters about bills, is not written to', async () => {
  const { account, number } = await anAccount();
  const [left, mute] = [await aPerson(), await aPerson()];
  for (const one of [left, mute]) await member(account, one, 'act');
  await sql(`insert into contact_wish (person_id, muted) values ($1, '{bill}')`, [mute.id]);
  await aBill(account, `B-${number}`, { issued: 0, due: 21 });
  await findBillLetters(db, today);
  await sql('delete from account_member where person_id = $1', [left.id]);
  await deliver();
  expect(sent).toEqual([]);
});

test('without paper the letter goes also to who wants none about bills, and a reminder that was asked for does', async () => {
  const { account, number } = await anAccount();
  const [mute, looks] = [await aPerson(), await aPerson()];
  await member(account, mute, 'act');
  await member(account, looks, 'view');
  for (const one of [mute, looks])
    await sql(`insert into contact_wish (person_id, muted) values ($1, '{bill}')`, [one.id]);
  await joins(account, mute, 'paperless');
  await joins(account, mute, 'reminders', { days: 3 });
  await aBill(account, `B-${number}-N`, { issued: 0, due: 21 });
  await aBill(account, `B-${number}-D`, { issued: -20, due: 2 });
  await aBill(account, `B-${number}-O`, { issued: -30, due: -3 });
  await findBillLetters(db, today);
  await deliver();
  expect(
    sent.map(({ to, subject }) => `${to}: ${subject.split(' ').slice(0, 4).join(' ')}`).toSorted()
  ).toEqual([`${mute.email}: Your bill is due`, `${mute.email}: Your new bill is`]);
});

test('what the bank pays by itself is neither called to mind nor said to be late; above the limit it is', async () => {
  const { account, number } = await anAccount();
  const ada = await aPerson();
  await member(account, ada, 'act');
  await joins(account, ada, 'autopay', { method: 'bank', most: 9000, currency: 'USD' });
  await aBill(account, `B-${number}-N`, { issued: 0, due: 21 });
  await aBill(account, `B-${number}-D`, { issued: -20, due: 2 });
  await aBill(account, `B-${number}-O`, { issued: -30, due: -3 });
  await aBill(account, `B-${number}-L`, { issued: -29, due: -3, total: 9001 });
  await findBillLetters(db, today);
  expect((await deliver()).map(({ letter }) => letter).toSorted()).toEqual(['new', 'overdue']);
  expect(sent.find(({ subject }) => subject.includes('new bill'))?.text).toContain(
    'Your bank pays each bill'
  );
});

test('what is open of a bill is the same in the database as by the rule', async () => {
  const { account, number } = await anAccount();
  const bills = [
    { issued: -100, total: 5000 },
    { issued: -70, total: -1200 },
    { issued: -40, total: 8000 },
    { issued: -10, total: 3000 }
  ];
  const ids: string[] = [];
  for (const [nth, bill] of bills.entries())
    ids.push(await aBill(account, `B-${number}-${nth}`, { ...bill, due: bill.issued + 20 }));
  for (const amount of [0, 3000, 1500, 900, 9000, 500]) {
    if (amount) await pay(account, amount, 'settled');
    const payments = await sql<{ amount: string; paid_on: string }>(
      'select amount::text, paid_on::text from payment where account_id = $1 order by paid_on, id',
      [account]
    );
    const rule = settle(
      bills.map((bill) => ({ total: BigInt(bill.total), issued_on: day(bill.issued), due_on: day(0) })),
      payments.map((one) => ({ ...one, amount: BigInt(one.amount) }))
    ).map(({ open }) => String(open));
    const held = await sql<{ open: string }>(
      'select bill_open(id)::text as open from unnest($1::uuid[]) with ordinality as b(id, nth) order by nth',
      [ids]
    );
    expect(held.map(({ open }) => open)).toEqual(rule);
  }
});

test('that a bill is paid is told once to those who act and had no receipt; years of old payments are told to nobody', async () => {
  const { account, number } = await anAccount();
  const [ada, ben, vera] = [await aPerson(), await aPerson(), await aPerson()];
  for (const one of [ada, ben]) await member(account, one, 'act');
  await member(account, vera, 'view');
  for (const month of [9, 8, 7, 6, 5]) {
    await aBill(account, `B-${number}-${month}`, { issued: -30 * month, due: -30 * month + 20 });
    await pay(account, 7000, 'settled', -30 * month + 12);
  }
  await findSettledLetters(db, today);
  expect(await settled()).toEqual([]);

  await aBill(account, `B-${number}-1`, { issued: -30, due: -9 });
  await pay(account, 7000, 'settled', -1);
  await Promise.all([findSettledLetters(db, today), findSettledLetters(db, today)]);
  await findSettledLetters(db, today);
  expect(new Set(await settled())).toEqual(new Set([ada.email, ben.email]));
  expect(sent[0]?.text).toContain(`B-${number}-1`);

  sent.length = 0;
  await aBill(account, `B-${number}-0`, { issued: -3, due: 18 });
  const [{ reference } = { reference: '' }] = await pay(account, 7000, 'settled');
  await sql(
    `insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount, currency, provider, state, paid_on, ended_at)
     values ($1, 'account', $2, $2, $3, gen_random_uuid(), 7000, 'USD', 'demo', 'paid', $4, now())`,
    [reference, account, ada.id, today]
  );
  await findSettledLetters(db, today);
  expect(await settled()).toEqual([ben.email]);
});

test('the database knows the same letters as the rule', async () => {
  const { account, number } = await anAccount();
  const bill = await aBill(account, `B-${number}`, { issued: -50, due: -30 });
  for (const letter of billLetters)
    await sql('insert into bill_letter (bill_id, kind) values ($1, $2)', [bill, letter]);
  await expect(sql(`insert into bill_letter (bill_id, kind) values ($1, 'other')`, [bill])).rejects.toThrow(
    'check'
  );
});

/** Does what is queued, as the worker would, and answers with what it was. */
async function deliver() {
  const queued = await sql<{ payload: Jobs['billing.tell_bill'] }>(
    `delete from outbox where job = 'billing.tell_bill' returning payload`
  );
  for (const { payload } of queued) await jobs['billing.tell_bill'](db, payload);
  return queued.map(({ payload }) => payload);
}

async function anAccount() {
  const number = String(10_000_000 + Math.trunc(Math.random() * 89_999_999));
  const [made] = await sql<{ id: string }>(
    `insert into account (number, holder) values ($1, 'Ada Brook') returning id`,
    [number]
  );
  return { account: made?.id ?? '', number };
}

const member = (account: string, who: PersonActor, scope: string) =>
  aMember(account, who, 'authorised', scope);

const joins = (account: string, who: PersonActor, kind: string, more: Record<string, unknown> = {}) =>
  sql(
    `insert into programme (account_id, kind, state, began_on, form_key, enrolled_by, days, method, most, currency)
     values ($1, $2, 'active', $3, gen_random_uuid(), $4, $5, $6, $7, $8)`,
    [
      ...[account, kind, day(-60), who.id],
      ...['days', 'method', 'most', 'currency'].map((name) => more[name] ?? null)
    ]
  );

async function aBill(
  account: string,
  number: string,
  { issued, due, total = 7000 }: { issued: number; due: number; total?: number }
) {
  const [made] = await sql<{ id: string }>(
    `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
       values ($1, $2, 'USD', $3, $4, $3::date - 32, $3::date - 2, $5) returning id)
     insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', $5 from b returning bill_id as id`,
    [account, number, day(issued), day(due), total]
  );
  return made?.id ?? '';
}

const pay = (account: string, amount: number, state: string, on = 0) =>
  sql<{ reference: string }>(
    `insert into payment (account_id, reference, amount, currency, method, state, paid_on)
     values ($1, 'P-' || upper(left(md5(random()::text), 8)), $2, 'USD', 'bank', $3, $4) returning reference`,
    [account, amount, state, day(on)]
  );

/** Whom the queued letters about paid bills reach, each job done twice. */
async function settled() {
  const queued = await sql<{ payload: Jobs['billing.tell_settled'] }>(
    `delete from outbox where job = 'billing.tell_settled' returning payload`
  );
  for (const { payload } of [...queued, ...queued]) await jobs['billing.tell_settled'](db, payload);
  return sent.map(({ to }) => to);
}
