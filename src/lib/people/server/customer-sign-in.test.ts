/** At the desk a customer's sessions end at their wish, and a lost second factor goes by a supervisor; both are told. */
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { customerSignIn, endSessionsFor, switchOffFor } from './customer-sign-in.ts';
import { personalChanges } from './personal-changes.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [grace, sam, ruth, ben] = [
  await make.aPerson('agent'),
  await make.aPerson('supervisor'),
  await make.aPerson('admin'),
  await make.aPerson()
];

async function aCustomer() {
  const ada = await make.aPerson('customer', { secondFactor: true });
  await make.sql(
    `insert into second_factor (person_id, secret, backup_codes) values ($1, 'sealed', 'sealed')`,
    [ada.id]
  );
  for (const browser of ['phone', 'desk'])
    await make.sql(
      `insert into sign_in_session (person_id, token, expires_at) values ($1, $2, now() + interval '1 day')`,
      [ada.id, `${ada.id} ${browser}`]
    );
  return ada;
}
const stands = (customer: Somebody) => customerSignIn(database.as(grace), customer.id);
const letters = (customer: Somebody) =>
  make.sql(
    `select payload->>'letter' as letter from outbox where job = 'people.send_letter' and payload->>'person' = $1`,
    [customer.id]
  );
const history = async (customer: Somebody) =>
  (await personalChanges(database.as(customer), { person: customer.id, accounts: [] })).changes;

test.each([
  ['an agent', grace],
  ['a supervisor', sam],
  ['an admin', ruth]
])('%s ends all sessions of a customer, who is told and sees who did it', async (_, staff) => {
  const ada = await aCustomer();
  expect(await stands(ada)).toEqual({ sessions: 2, second_factor: true });
  await endSessionsFor(database.as(staff), staff, ada.id);
  expect(await stands(ada)).toEqual({ sessions: 0, second_factor: true });
  expect(await letters(ada)).toEqual([{ letter: 'signed_out_at_desk' }]);
  expect(await history(ada)).toMatchObject([{ action: 'person.signed_out_at_desk', by: 'staff' }]);
});

test.each([
  ['a supervisor', sam],
  ['an admin', ruth]
])('%s switches off a second factor, and how they were recognised is kept', async (_, staff) => {
  const ada = await aCustomer();
  await switchOffFor(database.as(staff), staff, ada.id, 'called_back');
  expect(await stands(ada)).toEqual({ sessions: 0, second_factor: false });
  expect(await make.sql('select 1 from second_factor where person_id = $1', [ada.id])).toEqual([]);
  expect(await letters(ada)).toEqual([{ letter: 'second_factor_off_at_desk' }]);
  expect(await make.sql('select actor_id, detail from audit_entry where subject_id = $1', [ada.id])).toEqual([
    { actor_id: staff.id, detail: { checked: 'called_back' } }
  ]);
  await expect(switchOffFor(database.as(staff), staff, ada.id, 'document')).rejects.toMatchObject({
    words: 'account.desk_factor_none'
  });
});

test('an agent does not switch it off, another customer ends nothing, and no colleague is met here', async () => {
  const ada = await aCustomer();
  expect(() => switchOffFor(database.as(grace), grace, ada.id, 'document')).toThrow();
  expect(() => endSessionsFor(database.as(ben), ben, ada.id)).toThrow();
  await expect(endSessionsFor(database.as(grace), grace, sam.id)).rejects.toMatchObject({ kind: 'missing' });
  await expect(switchOffFor(database.as(sam), sam, ruth.id, 'document')).rejects.toMatchObject({
    kind: 'missing'
  });
  expect(await stands(ada)).toEqual({ sessions: 2, second_factor: true });
  expect(await letters(ada)).toEqual([]);
});

test('the database refuses the same', async () => {
  const ada = await aCustomer();
  const refused = async (who: Somebody, call: ReturnType<typeof sql>) =>
    expect(call.execute(database.as(who))).rejects.toMatchObject({ code: '42501' });
  await refused(ben, sql`select end_sessions_of(${ada.id})`);
  await refused(ben, sql`select sessions_of_customer(${ada.id})`);
  await refused(grace, sql`select forget_second_factor_of(${ada.id})`);
  await refused(sam, sql`select forget_second_factor_of(${grace.id})`);
  await refused(grace, sql`select end_sessions_of(${sam.id})`);
});
