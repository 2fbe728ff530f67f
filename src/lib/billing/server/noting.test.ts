/** Payments written down at the desk: once, by staff alone, and counted like all others. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { origin, payersOn } from '../../../../tests/support/payers.ts';
import { system } from '#lib/platform/actor.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import type { Noted } from '../noted.ts';
import { rulesOf } from '../programmes/rules.ts';
import { chargeDue } from './autopay/charging.ts';
import { demoProvider } from './demo-provider.ts';
import { climbLadder } from './dunning/climbing.ts';
import { tellNoted } from './noted-letter.ts';
import { notedOn, notePayment } from './noting.ts';
import { paymentToPrint } from './papers.ts';
import { planOf } from './programmes/queries.ts';
import { readBills } from './queries.ts';
import { getReceipt } from './receipts.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
const db = worker.as(system);
afterAll(() => Promise.all([database.close(), worker.close()]));

const payer = payersOn({ aPerson, aMember, sql }, database);
const grace = await aPerson('agent', { name: 'Grace Desk' });
const rules = rulesOf('US');
const today = todayAt('UTC');

test('what is written down is a payment like all others, with a receipt, a letter and who wrote it', async () => {
  const { ada, account, note } = await somebody();
  const reference = await note({ bill: `B-${await numberOf(account)}`, note: 'in coins' });
  const { balance, payments, bills } = await readBills(database.as(ada), account);
  expect([balance, bills[0]?.open]).toEqual([0n, 0n]);
  expect(payments).toMatchObject([
    { reference, amount: 8420n, method: 'cash', state: 'settled', paid_on: today }
  ]);
  expect(await getReceipt(database.as(ada), reference)).toMatchObject({
    method: 'cash',
    subject_kind: 'bill'
  });
  const { payment, to } = await paymentToPrint(database.as(ada), reference);
  expect([payment.method, payment.bill, to.holder]).toEqual(['cash', `B-${to.account_number}`, 'Ada Brook']);
  expect(await notedOn(database.as(grace), account)).toMatchObject([
    { by: 'Grace Desk', note: 'in coins', reference }
  ]);
  expect(await sql('select action, actor_id from audit_entry where subject_id = $1', [account])).toEqual([
    { action: 'payment.noted', actor_id: grace.id }
  ]);
  expect(await told(account)).toBe(1);
});

test('the letter says that it has arrived, once, and nothing of who wrote it', async () => {
  const { note, account } = await somebody();
  const reference = await note();
  const [{ id } = { id: '' }] = await sql<{ id: string }>(
    'select id from noted_payment where account_id = $1',
    [account]
  );
  const letters: Mail[] = [];
  const post = { send: (letter: Mail) => Promise.resolve(void letters.push(letter)), close: () => {} };
  const head = { origin, utilityName: 'Hearth', utilityPhone: '1', timeZone: 'UTC' };
  await tellNoted(db, post, { id }, head);
  await tellNoted(db, post, { id }, head);
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain(`${origin}/payments/${reference}`);
});

test('the same form is one payment, clicked twice, at once or later; other content under it is refused', async () => {
  const { account, note, paid } = await somebody();
  const key = randomUUID();
  const at = await Promise.all([1, 2, 3, 4].map(() => note({ method: 'bank', number: 'T-1' }, key)));
  expect(new Set(at).size).toBe(1);
  expect(await note({ method: 'bank', number: 'T-1' }, key)).toBe(at[0]);
  await expect(note({ method: 'bank', number: 'T-1', amount: 10n }, key)).rejects.toMatchObject({
    words: 'noted.key_used'
  });
  expect(await paid()).toEqual([8420]);
  expect(await told(account)).toBe(1);
});

test('a number is written down once for an account and a way of paying, of many at once too', async () => {
  const { note, paid } = await somebody();
  const tries = await Promise.allSettled([1, 2, 3].map(() => note({ method: 'cheque', number: '0042' })));
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  await expect(note({ method: 'cheque', number: '0042', amount: 5n })).rejects.toMatchObject({
    words: 'noted.number_used'
  });
  await note({ method: 'bank', number: '0042', amount: 5n });
  await note({ amount: 6n });
  await note({ amount: 7n });
  expect((await paid()).toSorted()).toEqual([5, 6, 7, 8420]);
  const { note: elsewhere } = await somebody();
  await elsewhere({ method: 'cheque', number: '0042' });
});

test('staff write it down, and nobody else; not in another’s name, not for who may only look, not as of long ago', async () => {
  const { ada, account, note, row } = await somebody();
  await expect(note({}, randomUUID(), ada)).rejects.toMatchObject({ kind: 'missing' });
  const viewer = await aPerson();
  await aMember(account, viewer, 'authorised', 'view');
  const wrong: [Somebody, Record<string, unknown>][] = [
    [ada, { made_by: ada.id }],
    [grace, { made_by: ada.id }],
    [grace, { person_id: viewer.id }],
    [grace, { person_id: (await aPerson()).id }],
    [grace, { paid_on: '2020-01-01' }],
    [grace, { paid_on: '2999-01-01' }]
  ];
  for (const [who, change] of wrong)
    await expect(
      database
        .as(who)
        .insertInto('noted_payment')
        .values({ ...row(), ...change })
        .execute()
    ).rejects.toThrow('row-level security');
  expect(await database.as(ada).selectFrom('noted_payment').selectAll().execute()).toEqual([]);
  const ofElsewhere = await somebody();
  await expect(note({ bill: `B-${await numberOf(ofElsewhere.account)}` })).rejects.toMatchObject({
    words: 'noted.bill_none'
  });
  await expect(
    database.as(grace).updateTable('noted_payment').set({ amount: '1' }).execute()
  ).rejects.toThrow('permission denied');
});

test('a receipt is seen by those who may see the account', async () => {
  const { ada, note } = await somebody();
  const reference = await note();
  await expect(getReceipt(database.as(await aPerson()), reference)).rejects.toMatchObject({
    kind: 'missing'
  });
  expect(await getReceipt(database.as(ada), reference)).not.toHaveProperty('note');
});

test('it stops what a payment stops: reminding, the card, and what a plan still asks', async () => {
  const { account, note, keep, ask, attempts } = await somebody();
  await ask();
  await keep();
  await climbLadder(db, '2026-03-20', 'US');
  expect(await steps(account)).toEqual(['reminder']);
  await note();
  const provider = demoProvider(db, origin);
  await chargeDue(db, { provider, today: '2026-03-14', rules, description: 'Gas' });
  expect(await attempts()).toEqual([]);
  await climbLadder(db, '2026-03-21', 'US');
  expect((await steps(account)).at(-1)).toBe('none');

  const other = await somebody();
  await sql(
    `with p as (insert into programme (account_id, kind, currency, amount, began_on, form_key)
       values ($1, 'extension', 'USD', 8420, $2, gen_random_uuid()) returning id)
     insert into instalment select id, 1, $2::date + 10, 8420 from p`,
    [other.account, today]
  );
  const plan = () => planOf(database.as(other.ada), other.account, today, rules);
  expect(await plan()).toMatchObject({ next: { open: 8420n }, verdict: null });
  await other.note();
  expect(await plan()).toMatchObject({ next: null, verdict: 'kept' });
});

test('what was noted in words goes with the customer, the figures stay', async () => {
  const { ada, account, note } = await somebody();
  await note({ note: 'her neighbour brought it' });
  await sql('update person set closed_at = now() where id = $1', [ada.id]);
  expect(await notedOn(database.as(grace), account)).toMatchObject([{ note: null, amount: 8420n }]);
});

async function somebody() {
  const one = await payer();
  const { ada, account } = one;
  const cash: Noted = {
    ...{ bill: null, method: 'cash', amount: 8420n, paid_on: today, number: null, note: null }
  };
  const note = (change: Partial<Noted> = {}, key: string = randomUUID(), who: Somebody = grace) =>
    notePayment(database.as(who), who, {
      ...{ key, account, customer: ada.id, currency: 'USD', noted: { ...cash, ...change } }
    });
  const row = () => ({
    ...{ reference: `P-${randomUUID().slice(0, 8).toUpperCase()}`, account_id: account, person_id: ada.id },
    ...{ amount: '100', currency: 'USD', method: 'cash' as const, paid_on: today, form_key: randomUUID() },
    ...{ digest: 'x', made_by: grace.id }
  });
  return { ...one, note, row };
}

const numberOf = async (account: string) =>
  (await sql<{ number: string }>('select number from account where id = $1', [account]))[0]?.number;

const steps = async (account: string) =>
  (
    await sql<{ step: string }>('select step from dunning_event where account_id = $1 order by seq', [
      account
    ])
  ).map(({ step }) => step);

const told = async (account: string) =>
  (
    await sql(
      `select 1 from outbox o join noted_payment n on n.id = (o.payload->>'id')::uuid
       where o.job = 'billing.tell_noted' and n.account_id = $1`,
      [account]
    )
  ).length;
