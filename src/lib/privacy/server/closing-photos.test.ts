/** A photo of the meter that another member gave goes with the account that nobody holds any more. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { sql as query } from 'kysely';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => worker.close());

test('only the photos of what they held go', async () => {
  const [ada, otto, ruth] = [await aPerson(), await aPerson(), await aPerson()];
  const theirs = await anAccount(ada, '40310001');
  const others = await anAccount(ruth, '40310002');
  for (const account of [theirs, others]) await aMember(account.id, otto, 'authorised', 'act');
  for (const { reading } of [theirs, others])
    await sql(
      `insert into attachment (form_key, person_id, reading_id, name, size, state, type, sha256, scan, received_at)
       values (gen_random_uuid(), $1, $2, 'dial.jpg', 9, 'ready', 'image/jpeg', repeat('b', 64), 'clean', now())`,
      [otto.id, reading]
    );
  await sql('set session_replication_role = replica');
  await sql(
    `insert into closing (person_id, asked_by, asked_at, due_at)
     values ($1, $1, now() - interval '15 days', now() - interval '1 day')`,
    [ada.id]
  );
  await sql('set session_replication_role = origin');

  const { rows } = await query<{ done: boolean }>`select close_customer(${ada.id}, '—') as done`.execute(
    worker.as(system)
  );
  expect(rows).toEqual([{ done: true }]);
  expect(await sql('select reading_id from attachment')).toEqual([{ reading_id: others.reading }]);
});

async function anAccount(holder: { id: string }, number: string) {
  const [made] = await sql<{ id: string; reading: string }>(
    `with a as (insert into account (number, holder) values ($1, 'Somebody') returning id),
          p as (insert into premises (account_id, line, town, postcode)
                select id, '1 Mill Lane', 'Millbrook', '01001' from a returning id),
          m as (insert into meter (premises_id, serial, digits, installed_on)
                select id, 'G4-' || $1, 5, '2020-01-01' from p returning id),
          r as (insert into reading (meter_id, read_on, digits, source)
                select id, '2026-01-02', '00412', 'customer' from m returning id)
     select a.id, r.id as reading from a, r`,
    [number]
  );
  if (!made) throw new Error('no account was made');
  await aMember(made.id, holder, 'holder', 'act');
  return made;
}
