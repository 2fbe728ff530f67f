/** What is handed on beside what came in: how holders want to be reached. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { throwAwayFolder } from '../../../../tests/support/folder.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { papersIn } from '#lib/billing/server/bill-papers.ts';
import { exportFiles } from './export.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const folder = throwAwayFolder();
afterAll(() => folder.remove());
const papers = papersIn(folder.path);

test('how holders want to be reached is handed on, priority needs only with consent, and no formula leaves', async () => {
  const [ada, ben] = [await aPerson('customer', { name: '=Ada()' }), await aPerson()];
  for (const [number, who] of [['40010001', ada] as const, ['40010002', ben] as const]) {
    const [made] = await sql<{ id: string }>(
      `with a as (insert into account (number, holder) values ($1, 'Ada Brook') returning id)
       insert into premises (account_id, line, town, postcode) select id, '1 High St', 'Ashford', '90210' from a
       returning account_id as id`,
      [number]
    );
    await aMember(made?.id ?? '', who, 'holder', 'act');
  }
  await sql(
    `insert into contact_wish (person_id, second_phone, street, town, postcode, channel, formats)
     values ($1, '555 0199', '9 Post Row', 'Ashford', '90211', 'post', '{braille,no_calls}')`,
    [ada.id]
  );
  await sql(
    `insert into priority_service (premises_id, needs, wants) select p.id, '{sight}', '{format}' from premises p
     join account a on a.id = p.account_id where a.number = '40010001'`
  );
  const wishes = async () => {
    const out = join(folder.path, 'wishes');
    await exportFiles(urls.owner, out, papers);
    return readFileSync(join(out, 'customer-wishes.csv'), 'utf8').trim().split('\n');
  };
  const address = '555 0199,9 Post Row,Ashford,90211,post,braille no_calls';
  expect((await wishes()).slice(1)).toEqual([`40010001,'=Ada(),,${address},,`]);
  for (const [phone, written] of [
    ['+1 (555) 010-0123', '+1 (555) 010-0123'],
    ['+1;HYPERLINK(A1)', "'+1;HYPERLINK(A1)"]
  ]) {
    await sql('update contact_wish set second_phone = $1', [phone]);
    expect((await wishes())[1]).toContain(`,${written},9 Post Row`);
  }
  await sql(`update contact_wish set second_phone = '555 0199'`);
  await sql('update priority_service set shared_at = now()');
  expect((await wishes()).slice(1)).toEqual([`40010001,'=Ada(),,${address},sight,format`]);
  await sql(`update priority_service set since = current_date - 9, until = current_date - 1`);
  expect((await wishes()).slice(1)).toEqual([`40010001,'=Ada(),,${address},,`]);
});
