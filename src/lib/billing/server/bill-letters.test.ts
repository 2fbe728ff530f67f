/** Letters about bills reach everybody on the account, each once, and nobody who has paid or asks about it. */
import { expect, test } from 'vitest';
import { billedTown } from '../../../../tests/support/billed.ts';
import { billLetters } from '../bill-letters.ts';
import { findBillLetters } from './bill-letters.ts';

const { db, sql, aPerson, aRequest, jobs, sent, today, deliver, anAccount, member, aBill, pay } =
  await billedTown();

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

test('the database knows the same letters as the rule', async () => {
  const { account, number } = await anAccount();
  const bill = await aBill(account, `B-${number}`, { issued: -50, due: -30 });
  for (const letter of billLetters)
    await sql('insert into bill_letter (bill_id, kind) values ($1, $2)', [bill, letter]);
  await expect(sql(`insert into bill_letter (bill_id, kind) values ($1, 'other')`, [bill])).rejects.toThrow(
    'check'
  );
});
