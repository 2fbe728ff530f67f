/** What it costs that nobody let us in is on the account until a bill has it, and is handed on to the billing system. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { papersIn } from '#lib/billing/server/bill-papers.ts';
import { exportFiles } from '#lib/imports/server/export.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { chargeHistory, chargesToCome } from './charges.ts';
import { reportVisit, waiveCharge } from './work.ts';

const urls = await freshDatabase();
const { aPerson, aMember, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());
const folder = throwAwayFolder();
afterAll(() => folder.remove());
const [ada, eve, sam] = [await aPerson(), await aPerson(), await aPerson('supervisor')];
const [account] = await sql<{ id: string }>(
  `insert into account (number, holder) values ('40020001', 'Ada Brook') returning id`
);
const id = account?.id ?? '';
await aMember(id, ada, 'holder', 'act');
await sql(
  `insert into slot_rule (kind, notice, ahead, move_days, move_at, cancel_days, cancel_at, no_access_fee)
   values ('visit', 18, 35, 0, '00:00', 0, '00:00', 2550)`
);

async function notLetIn() {
  const request = await aRequest(ada, { status: 'scheduled' });
  await sql('update request set account_id = $2 where id = $1', [request.id, id]);
  const [visit] = await sql<{ id: string }>(
    'update visit set on_day = current_date - 2 where request_id = $1 returning id',
    [request.id]
  );
  await reportVisit(database.as(sam), sam, visit?.id ?? '', {
    ...{ key: crypto.randomUUID(), outcome: 'no_access', note: '', met: '', happened_at: new Date() },
    ...{ terms: { jurisdiction: 'US', currency: 'USD' }, signed_how: null, signature: null, photos: [] },
    ...{ caption: '', early: true, zone: 'America/New_York' }
  });
  return { visit: visit?.id ?? '', reference: request.reference };
}
const toCome = async (who = ada) =>
  (await chargesToCome(database.as(who), id, 'UTC')).map(({ reference, amount }) => [reference, amount]);
const told = async () =>
  (await chargeHistory(database.as(ada), ada, { before: null, most: 10 }, wordsFor('en'))).map(
    ({ text }) => text
  );
const handedOn = async () => {
  await exportFiles(urls.owner, join(folder.path, 'out'), papersIn(folder.path));
  const [, ...rows] = readFileSync(join(folder.path, 'out', 'visit-charges.csv'), 'utf8')
    .trim()
    .split('\n');
  return rows.map((row) => row.split(',').slice(1));
};

test('it is on the account until a later bill has it, and what a supervisor lets go is taken back', async () => {
  const [one, other] = [await notLetIn(), await notLetIn()];
  expect(await toCome()).toEqual([
    [one.reference, 2550n],
    [other.reference, 2550n]
  ]);
  expect(await toCome(eve)).toEqual([]);
  const line = (of: { visit: string; reference: string }, what: string, amount: string) => [
    ...['40020001', of.visit, of.reference, expect.any(String), what, amount, 'USD']
  ];
  expect(await handedOn()).toEqual([line(one, 'charged', '25.50'), line(other, 'charged', '25.50')]);

  await waiveCharge(database.as(sam), sam, one.visit);
  expect(await toCome()).toEqual([[other.reference, 2550n]]);
  expect(await handedOn()).toEqual([
    line(one, 'charged', '25.50'),
    line(other, 'charged', '25.50'),
    line(one, 'waived', '-25.50')
  ]);
  expect(await told()).toEqual([
    `Charge for request ${other.reference}, where we could not get in: $25.50`,
    `Charge for request ${one.reference}, where we could not get in: $25.50, not charged after all`
  ]);

  await aBill('4002000101', 0);
  expect(await toCome()).toHaveLength(1);
  await aBill('4002000102', 1, ['gas', 2550]);
  expect(await late(), 'a bill that has only gas does not have it').toEqual([true]);
  await aBill('4002000103', 2, ['other', 2550]);
  expect(await toCome()).toEqual([]);
});

test('after three bills without it, it is not said of the next one any more', async () => {
  await sql('delete from bill where account_id = $1', [id]);
  expect(await late()).toEqual([false]);
  for (const day of [1, 2]) await aBill(`400200020${day}`, day);
  expect(await late()).toEqual([true]);
  await aBill('4002000203', 3);
  expect(await toCome()).toEqual([]);
});

async function aBill(number: string, days: number, [code, amount]: [string, number] = ['gas', 100]) {
  await sql(
    `with b as (
       insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
       values ($1, $2, 'USD', current_date + $3::int, current_date + 30, current_date - 30, current_date - 1, $5::int)
       returning id)
     insert into bill_line (bill_id, number, code, amount) select id, 1, $4, $5::int from b`,
    [id, number, days, code, amount]
  );
}
const late = async () => (await chargesToCome(database.as(ada), id, 'UTC')).map(({ is_late }) => is_late);

test('where it costs nothing nothing is handed on, and nothing is said of a bill', async () => {
  const before = await handedOn();
  await sql('update slot_rule set no_access_fee = 0');
  await notLetIn();
  expect(await handedOn()).toEqual(before);
  expect(await told()).toHaveLength(2);
});
