/** Payments written down at the desk: once, by staff alone, and counted like all others. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { noteDay, notingOn } from '../../../../tests/support/noted.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { isPaying, notedOn } from './noting.ts';
import { paymentToPrint } from './receipt-paper.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { getReceipt } from './receipts.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const grace = await aPerson('agent', { name: 'Grace Desk' });
const somebody = notingOn({ aPerson, aMember, sql }, database, grace);

test('the desk is warned while a card’s page is open, and not when it has ended', async () => {
  const { ada, account } = await somebody();
  const warned = () => isPaying(database.as(grace), account);
  expect(await warned()).toBe(false);
  await sql(
    `insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount, currency, provider)
     values ('P-ABCD2345', 'account', $1::uuid, $1::uuid, $2, gen_random_uuid(), 8420, 'USD', 'demo')`,
    [account, ada.id]
  );
  expect(await warned()).toBe(true);
  await sql(`update payment_attempt set state = 'expired', ended_at = now() where account_id = $1`, [
    account
  ]);
  expect(await warned()).toBe(false);
});

test('what is written down is a payment like all others, with a receipt, a letter and who wrote it', async () => {
  const { ada, account, note } = await somebody();
  const reference = await note({ bill: `B-${await numberOf(account)}`, note: 'in coins' });
  const { balance, payments, bills } = await readBills(database.as(ada), account);
  expect([balance, bills[0]?.open]).toEqual([0n, 0n]);
  expect(payments).toMatchObject([
    { reference, amount: 8420n, method: 'cash', state: 'settled', paid_on: noteDay }
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

const numberOf = async (account: string) =>
  (await sql<{ number: string }>('select number from account where id = $1', [account]))[0]?.number;

const told = async (account: string) =>
  (
    await sql(
      `select 1 from outbox o join noted_payment n on n.id = (o.payload->>'id')::uuid
       where o.job = 'billing.tell_noted' and n.account_id = $1`,
      [account]
    )
  ).length;
