/** Private calendar addresses: read by the secret alone, only one's own, and not any more once ended. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { addressesOf, endAddress, makeAddress, readCalendar } from './addresses.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [ada, eve] = [await aPerson(), await aPerson()];
const hers = database.as(ada);
const aForm = () => ({ key: randomUUID(), secret: 'a secret of this installation' });
const read = (secret: string) => readCalendar(database.as(nobody), secret, 'UTC');

test('whoever knows the secret reads the visits of its person, of nobody else, until it is ended', async () => {
  const { reference } = await aRequest(ada, { status: 'scheduled' });
  await aRequest(eve, { status: 'scheduled' });
  const secret = await makeAddress(hers, ada, aForm());
  expect((await read(secret))?.visits).toMatchObject([{ reference, state: 'booked', zone: 'UTC' }]);
  expect(await sql('select digest from calendar_address')).not.toEqual([{ digest: secret }]);

  const [address] = await addressesOf(hers, ada);
  await endAddress(database.as(eve), eve, address?.id ?? '');
  expect(await read(secret)).not.toBeNull();
  await endAddress(hers, ada, address?.id ?? '');
  expect(await read(secret)).toBeNull();
  expect(await read('guessed')).toBeNull();
});

test('a form that is sent twice makes one address and tells it again, until it is ended', async () => {
  const form = aForm();
  const [first, second] = await Promise.all([makeAddress(hers, ada, form), makeAddress(hers, ada, form)]);
  expect(second).toBe(first);
  const addresses = await addressesOf(hers, ada);
  expect(addresses).toHaveLength(1);

  await endAddress(hers, ada, addresses[0]?.id ?? '');
  await expect(makeAddress(hers, ada, form)).rejects.toMatchObject({ words: 'errors.form_used' });
});

test('nobody has more than five', async () => {
  for (let n = 0; n < 5; n++) await makeAddress(hers, ada, aForm());
  await expect(makeAddress(hers, ada, aForm())).rejects.toMatchObject({ words: 'visits.too_many_calendars' });
});
