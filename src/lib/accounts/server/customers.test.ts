/** Customers on the desk: found by what a caller says, and never looked at without a trace. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { findCustomers, openCustomer } from './customers.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson('customer', { name: 'Ada Brook' });
const ben = await aPerson('customer', { name: 'Ben 100% Hale' });
const grace = await aPerson('agent', { name: 'Grace Brook' });
await sql(`update person set phone = '+1 (555) 010-0123' where id = $1`, [ada.id]);
await sql(
  `with a as (insert into account (number, holder) values ('40010001', 'Ada Brook') returning id),
        m as (insert into account_member (account_id, person_id, kind, scope) select id, $1, 'holder', 'act' from a),
        p as (insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001'
              from a returning id)
   insert into meter (premises_id, serial, digits, installed_on) select id, 'G4-7', 5, '2020-05-01' from p`,
  [ada.id]
);
const found = async (said: string) => (await findCustomers(database.as(grace), said)).map(({ name }) => name);

test.each(['brook', ada.email.slice(0, 9), '4001', '555 010-0123', '5550100123'])(
  'a caller who says “%s” is found, and staff of that name are not',
  async (said) => {
    expect(await found(said)).toEqual(['Ada Brook']);
  }
);

test.each([
  'mill lane brook',
  'ADA lane',
  'Brook Ada 01001',
  'brook 40010001',
  'ada 5550100123',
  'Àda',
  'Brok',
  'millbrook  ada',
  'Brook, Ada',
  'ada ４００１０００１',
  '（５５５）０１０\u2013０１２３',
  'Ada Brook; Mill-Lane'
])('all words in any order, accents and small slips forgiven: “%s”', async (said) => {
  expect(await found(said)).toEqual(['Ada Brook']);
});

test('a word that is true of nobody finds nobody', async () => {
  expect(await found('ada elm street')).toEqual([]);
  expect(await found('ben mill lane')).toEqual([]);
});

test('what is typed is text and never a pattern', async () => {
  expect(await found('100%')).toEqual(['Ben 100% Hale']);
  expect(await found('a_a')).toEqual([]);
  expect(await found('%')).toEqual([]);
});

test('a customer is shown with accounts, places and meters, and the look is in the audit log', async () => {
  const customer = await openCustomer(database.as(grace), grace, ada.id);

  expect(customer.accounts).toMatchObject([
    {
      number: '40010001',
      kind: 'holder',
      premises: [{ line: '1 Mill Lane', meters: [{ serial: 'G4-7', digits: 5, installed_on: '2020-05-01' }] }]
    }
  ]);
  expect(await looksAt(ada.id)).toEqual([{ actor_id: grace.id, action: 'customer.viewed' }]);
});

test('colleagues, strangers and nonsense are all not found, and leave no trace', async () => {
  for (const id of [grace.id, '01970000-0000-7000-8000-000000000000', 'nonsense']) {
    await expect(openCustomer(database.as(grace), grace, id)).rejects.toMatchObject({ kind: 'missing' });
  }
  expect(await looksAt(grace.id)).toEqual([]);
  expect(await looksAt(ben.id)).toEqual([]);
});

const looksAt = (id: string) => sql('select actor_id, action from audit_entry where subject_id = $1', [id]);
