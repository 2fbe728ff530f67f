/** What customers tell about themselves: changed by them or for them, in their history, and never by another customer. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { changeDetails, detailsOf } from './details.ts';
import { personalChanges } from './personal-changes.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());

const home = { street: '4 Elm Street', town: 'Northgate', postcode: '10001' };

test('a change stands in the details, in the history, and in a letter; the same again is none', async () => {
  const ada = await aPerson();
  const db = web.as(ada);
  await changeDetails(db, ada, ada.id, { ...home, phone: '555 010 2030', formats: ['braille'] });
  await changeDetails(db, ada, ada.id, { ...home, phone: '555 010 2030', formats: ['braille'] });
  await changeDetails(db, ada, ada.id, { quiet_from: '22:00', quiet_until: '07:00', muted: ['news'] });

  expect(await detailsOf(db, ada.id)).toEqual({
    ...{ ...home, phone: '555 010 2030', second_phone: null, channel: 'email', formats: ['braille'] },
    ...{ muted: ['news'], texted: [], quiet_from: '22:00', quiet_until: '07:00' },
    ...{ name: ada.name, locale: 'en' }
  });
  const { changes } = await personalChanges(db, { person: ada.id, accounts: [] });
  expect(changes.map(({ by, fields }) => [by, fields])).toEqual([
    ['self', 'quiet_from quiet_until muted'],
    ['self', 'street town postcode phone formats']
  ]);
  const letters = await sql(`select 1 from outbox where payload->>'person' = $1`, [ada.id]);
  expect(letters).toHaveLength(2);
});

test('the desk changes it for them, under its own name', async () => {
  const [ada, grace] = [await aPerson(), await aPerson('agent', { name: 'Grace Hill' })];
  await changeDetails(web.as(grace), grace, ada.id, { phone: '555 010 9999', formats: ['large_print'] });
  expect(await detailsOf(web.as(ada), ada.id)).toMatchObject({
    phone: '555 010 9999',
    formats: ['large_print']
  });
  const { changes } = await personalChanges(web.as(ada), { person: ada.id, accounts: [] });
  expect(changes).toMatchObject([{ by: 'staff', by_name: 'Grace Hill', fields: 'phone formats' }]);
});

test('so are their name, language and letters; nobody’s who has closed their account', async () => {
  const [ada, grace] = [await aPerson(), await aPerson('agent', { name: 'Grace Hill' })];
  await changeDetails(web.as(grace), grace, ada.id, { name: 'Ada Lake', locale: 'es', muted: ['bill'] });
  expect(await detailsOf(web.as(ada), ada.id)).toMatchObject({
    ...{ name: 'Ada Lake', locale: 'es', muted: ['bill'] }
  });
  const { changes } = await personalChanges(web.as(ada), { person: ada.id, accounts: [] });
  expect(changes).toMatchObject([{ by: 'staff', by_name: 'Grace Hill', fields: 'name locale muted' }]);
  expect(await sql(`select 1 from outbox where payload->>'person' = $1`, [ada.id])).toHaveLength(1);

  await sql('update person set closed_at = now() where id = $1', [ada.id]);
  await expect(changeDetails(web.as(grace), grace, ada.id, { name: 'Eve' })).rejects.toThrow(/themselves/);
});

test('nobody changes or reads those of another customer, and the desk not those of its own people', async () => {
  const [ada, ben, grace, sam] = [
    await aPerson(),
    await aPerson('customer', { name: 'Ben Dale' }),
    await aPerson('agent'),
    await aPerson('supervisor')
  ];
  await changeDetails(web.as(ada), ada, ada.id, { ...home });
  await expect(changeDetails(web.as(ben), ben, ada.id, { town: 'Elsewhere' })).rejects.toThrow(Refusal);
  await expect(detailsOf(web.as(ben), ada.id)).rejects.toThrow(Refusal);
  expect((await personalChanges(web.as(ben), { person: ada.id, accounts: [] })).changes).toEqual([]);
  expect(await web.as(ben).selectFrom('contact_wish').selectAll().execute()).toEqual([]);
  await expect(changeDetails(web.as(grace), grace, sam.id, { phone: '555 010 0000' })).rejects.toThrow(
    Refusal
  );

  // Past the rules, the database holds the same.
  const stolen = { person_id: ada.id, channel: 'phone' };
  await expect(web.as(ben).insertInto('contact_wish').values(stolen).execute()).rejects.toThrow(/row-level/);
  const asStaff = { person_id: sam.id, channel: 'phone' };
  await expect(web.as(grace).insertInto('contact_wish').values(asStaff).execute()).rejects.toThrow(
    /row-level/
  );
  for (const [who, whom] of [
    [ben, ada],
    [grace, sam]
  ] as const) {
    const renamed = web.as(who).updateTable('person').set({ name: 'Eve' }).where('id', '=', whom.id);
    expect((await renamed.executeTakeFirst()).numUpdatedRows).toBe(0n);
  }
});
