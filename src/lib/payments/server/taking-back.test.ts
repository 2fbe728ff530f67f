/** A payment that was written down by mistake is taken back: once, by who answers for it, and it counts no more. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { noteDay, notingOn } from '../../../../tests/support/noted.ts';
import { origin } from '../../../../tests/support/payers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { canTakeBack, readReason } from '../noted.ts';
import { tellTakenBack } from './noted-letter.ts';
import { notedOn } from './noting.ts';
import { paymentToPrint } from './receipt-paper.ts';
import { standingOf } from '#lib/billing/server/one-bill.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { getReceipt } from './receipts.ts';
import { judgeProgrammes } from '#lib/programmes/server/judging.ts';
import { takeBack } from './taking-back.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const grace = await aPerson('agent', { name: 'Grace Desk' });
const sam = await aPerson('supervisor', { name: 'Sam Lead' });
const somebody = notingOn({ aPerson, aMember, sql }, database, grace);
const back = (who: Somebody, noted: string, account: string) =>
  takeBack(database.as(who), who, { noted, account, reason: 'another customer’s' });

test('it takes a supervisor or an admin, and a reason', () => {
  const may = (role: 'agent' | 'supervisor' | 'admin' | 'customer') => canTakeBack({ ...sam, role });
  expect([may('customer'), may('agent'), may('supervisor'), may('admin')]).toEqual([
    false,
    false,
    true,
    true
  ]);
  expect([readReason(' ab '), readReason('x'.repeat(501)), readReason(' bounced ')]).toEqual([
    null,
    null,
    'bounced'
  ]);
});

test('taken back, it is owed again; both stay, with who did it and why; its number is free again', async () => {
  const { ada, account, note, paid } = await somebody();
  const reference = await note({ method: 'cheque', number: '77' });
  const id = await notedId(account);
  await Promise.all([1, 2, 3].map(() => back(sam, id, account)));
  await back(sam, id, account);
  expect((await paid()).toSorted((one, other) => one - other)).toEqual([-8420, 8420]);
  const { balance, bills, payments } = await readBills(database.as(ada), account);
  expect([balance, bills[0]?.open, bills[0]?.paid_on]).toEqual([8420n, 8420n, null]);
  for (const bill of bills)
    expect(await standingOf(database.as(ada), bill)).toEqual({ open: 8420n, paid_on: null, balance });
  expect(payments.map(({ paid_on }) => paid_on)).toEqual([noteDay, noteDay]);
  expect(payments.filter(({ taken_back }) => taken_back).map((one) => one.reference)).toEqual([reference]);
  expect(await notedOn(database.as(grace), account)).toMatchObject([
    { reference, back_by: 'Sam Lead', back_reason: 'another customer’s' }
  ]);
  expect(await getReceipt(database.as(ada), reference)).toMatchObject({ state: 'taken_back' });
  await expect(paymentToPrint(database.as(ada), reference)).rejects.toMatchObject({ kind: 'missing' });
  const entries = await sql(
    `select actor_id from audit_entry where action = 'payment.taken_back' and subject_id = $1`,
    [account]
  );
  expect(entries).toEqual([{ actor_id: sam.id }]);
  await note({ method: 'cheque', number: '77' });
  const paidAgain = await readBills(database.as(ada), account);
  expect(paidAgain.balance).toBe(0n);
  for (const bill of paidAgain.bills) {
    const { open, paid_on } = bill;
    expect(await standingOf(database.as(ada), bill)).toEqual({ open, paid_on, balance: 0n });
  }
});

test('a plan that such a payment kept goes on, and the days say what becomes of it', async () => {
  const { ada, account, note } = await somebody();
  const later = (days: number) => Temporal.PlainDate.from(noteDay).add({ days }).toString();
  await sql(
    `with p as (insert into programme (account_id, kind, state, currency, amount, began_on, form_key, enrolled_by)
       values ($1, 'extension', 'active', 'USD', 8420, $2, gen_random_uuid(), $3) returning id)
     insert into instalment (programme_id, number, due_on, amount) select id, 1, $4, 8420 from p`,
    [account, noteDay, ada.id, later(5)]
  );
  const judge = (day: string) => judgeProgrammes(worker.as(system), day, 'US');
  const states = async () =>
    (await sql<{ state: string }>('select state from programme where account_id = $1', [account])).map(
      ({ state }) => state
    );
  await note();
  await judge(noteDay);
  expect(await states()).toEqual(['kept']);
  await back(sam, await notedId(account), account);
  expect(await states()).toEqual(['active']);
  await judge(noteDay);
  expect(await states()).toEqual(['active']);
  await judge(later(60));
  expect(await states()).toEqual(['broken']);
});

test('an agent takes nothing back, nor a supervisor what is another account’s', async () => {
  const { account, note, paid } = await somebody();
  await note();
  const id = await notedId(account);
  await expect(back(grace, id, account)).rejects.toMatchObject({ kind: 'missing' });
  await expect(back(sam, id, randomUUID())).rejects.toMatchObject({ kind: 'missing' });
  const row = { noted_id: id, reference: 'P-ABCDEFGH', reason: 'because', made_by: grace.id };
  await expect(database.as(grace).insertInto('payment_taken_back').values(row).execute()).rejects.toThrow(
    'row-level security'
  );
  expect(await paid()).toEqual([8420]);
});

test('the customer is told once, by which reference and of which day', async () => {
  const { account, note } = await somebody();
  const reference = await note();
  await back(sam, await notedId(account), account);
  const [job] = await sql<{ payload: { id: string } }>(
    `select payload from outbox where job = 'billing.tell_taken_back' order by id desc limit 1`
  );
  const letters: Mail[] = [];
  const post = { send: (letter: Mail) => Promise.resolve(void letters.push(letter)), close: () => {} };
  const head = { origin, utilityName: 'Hearth', utilityPhone: '1', timeZone: 'UTC' };
  for (const _ of [1, 2]) await tellTakenBack(worker.as(system), post, job?.payload ?? { id: '' }, head);
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain(reference);
});

const notedId = async (account: string) =>
  (await sql<{ id: string }>('select id from noted_payment where account_id = $1', [account]))[0]?.id ?? '';
