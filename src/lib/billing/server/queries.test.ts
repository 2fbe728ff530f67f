/** Bills are seen by those who may see the account, add up in the database, and stand as they were paid. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { billToPrint } from './papers.ts';
import { billsBeside } from './one-bill.ts';
import { getBill, latestBills, linesOfBill, readBills } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [ada, ben, eve, grace] = [await aPerson(), await aPerson(), await aPerson(), await aPerson('agent')];
const [account] = await sql<{ id: string }>(
  `insert into account (number, holder) values ('40010001', 'Ada Brook') returning id`
);
const accountId = account?.id ?? '';
await sql(
  `insert into account_member (account_id, person_id, kind, scope)
   values ($1, $2, 'holder', 'act'), ($1, $3, 'authorised', 'view'), ($1, $4, 'nominee', 'notices')`,
  [accountId, ada.id, ben.id, eve.id]
);
await aBill('B-2601', '2026-01-05', 5000);
await aBill('B-2602', '2026-02-05', 7000);
await sql(
  `insert into payment (account_id, reference, amount, currency, method, paid_on)
   values ($1, 'BANK-1', 6000, 'USD', 'bank', '2026-01-20')`,
  [accountId]
);

test('a member who may view sees every bill, how it stands, and what is owed', async () => {
  for (const who of [ada, ben, grace]) {
    const { bills, payments, balance } = await readBills(database.as(who), accountId);
    expect(bills.map(({ number, open, paid_on }) => [number, open, paid_on])).toEqual([
      ['B-2602', 6000n, null],
      ['B-2601', 0n, '2026-01-20']
    ]);
    expect([payments.length, balance]).toEqual([1, 6000n]);
  }
});

test('who only gets notices, and everybody else, cannot tell that there is a bill', async () => {
  for (const who of [eve, await aPerson()]) {
    expect((await readBills(database.as(who), accountId)).bills).toEqual([]);
    await expect(getBill(database.as(who), 'B-2601')).rejects.toMatchObject({ kind: 'missing' });
    await expect(getBill(database.as(who), 'B-0000')).rejects.toMatchObject({ kind: 'missing' });
  }
});

test('the newest bills say what is open of them, to those who may see them', async () => {
  for (const who of [ada, ben])
    expect(await latestBills(database.as(who), accountId, '2026-02-10')).toMatchObject([
      { number: 'B-2602', open: 6000n, status: 'due' },
      { number: 'B-2601', open: 0n, status: 'paid' }
    ]);
  for (const who of [eve, await aPerson()])
    expect(await latestBills(database.as(who), accountId, '2026-02-10')).toEqual([]);
});

test('whoever owes for more than a year is told of all of it', async () => {
  const [long] = await sql<{ id: string }>(
    `insert into account (number, holder) values ('40010002', 'Owen Long') returning id`
  );
  const owing = await aPerson();
  await sql(
    `insert into account_member (account_id, person_id, kind, scope) values ($1, $2, 'holder', 'act')`,
    [long?.id, owing.id]
  );
  for (let month = 0; month < 15; month++) {
    const day = `202${4 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-05`;
    await aBill(`B-${4000 + month}`, day, 2000, long?.id);
  }
  const bills = await latestBills(database.as(owing), long?.id ?? '', '2025-04-10');
  expect(bills.map(({ open }) => open)).toEqual(Array.from({ length: 15 }, () => 2000n));
});

test('a bill is read with its lines, and knows the one before', async () => {
  const db = database.as(ada);
  const bill = await getBill(db, 'B-2602');
  expect(bill).toMatchObject({ total: 7000n, quantity: 40_000n, account_number: '40010001' });
  expect(await linesOfBill(db, bill.id)).toMatchObject([
    { code: 'standing', amount: 1000n },
    { code: 'gas', amount: 6000n, quantity: 40_000n }
  ]);
  expect((await billsBeside(db, bill)).before?.number).toBe('B-2601');
});

test('a bill goes where the holder wants their post, as they and staff see it; a member does not learn where that is', async () => {
  await sql(
    `insert into premises (account_id, line, town, postcode) values ($1, '1 Mill Lane', 'Millbrook', '01001')`,
    [accountId]
  );
  await sql(
    `insert into contact_wish (person_id, street, town, postcode) values ($1, '9 Post Row', 'Ashford', '90211')`,
    [ada.id]
  );
  const lineFor = async (who: typeof ada) => (await billToPrint(database.as(who), 'B-2602')).to;
  for (const who of [ada, grace])
    expect(await lineFor(who)).toMatchObject({ line: '9 Post Row', town: 'Ashford', postcode: '90211' });
  expect(await lineFor(ben)).toMatchObject({ line: '1 Mill Lane', town: 'Millbrook', postcode: '01001' });
});

test('no bill is kept whose lines do not add up to it', async () => {
  await expect(sql(`update bill set total = total + 1 where number = 'B-2601'`)).rejects.toMatchObject({
    constraint: 'bill_adds_up'
  });
  await expect(
    sql(
      `update bill_line set amount = 1 where bill_id = (select id from bill where number = 'B-2601') and number = 1`
    )
  ).rejects.toMatchObject({ constraint: 'bill_adds_up' });
  await expect(
    sql(`delete from bill_line where bill_id = (select id from bill where number = 'B-2601')`)
  ).rejects.toMatchObject({ constraint: 'bill_adds_up' });
});

test('nobody changes a bill or a payment from a page', async () => {
  const db = database.as(ada);
  await expect(db.deleteFrom('bill').execute()).rejects.toThrow('permission denied');
  await expect(db.updateTable('payment').set({ amount: '1' }).execute()).rejects.toThrow('permission denied');
});

async function aBill(number: string, issued: string, total: number, of = accountId) {
  await sql(
    `with b as (
       insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total, quantity, unit)
       values ($1, $2, 'USD', $3::date, $3::date + 21, $3::date - 32, $3::date - 2, $4, 40, 'therm') returning id)
     insert into bill_line (bill_id, number, code, quantity, unit, rate, amount)
     select id, 1, 'standing', 31, 'day', 32.258065, 1000 from b
     union all select id, 2, 'gas', 40, 'therm', 150, $4 - 1000 from b`,
    [of, number, issued, total]
  );
}
