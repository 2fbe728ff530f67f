/** Whoever closes their account leaves no number, no code and no text of theirs behind, nor in the demo's mailbox. */
import { sql as query } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => worker.close());

async function texted(number: string) {
  const one = await aPerson();
  await sql('update person set phone = $2 where id = $1', [one.id, number]);
  await sql('insert into text_number (person_id, number) values ($1, $2)', [one.id, number]);
  await sql(
    `insert into text_code (person_id, number, sealed, expires_at) values ($1, $2, 'x', now() + interval '1 hour')`,
    [one.id, number]
  );
  await sql(
    `insert into text_message (key, kind, person_id, number, words) values ($2, 'answered', $1, $2, 'An answer')`,
    [one.id, number]
  );
  await sql(
    `insert into caught_mail ("by", sender, recipient, subject, text, html) values ('text', 'us', $1, 'An', 'An answer', '')`,
    [number]
  );
  return one;
}

test('their texts go, and those of others stay', async () => {
  const [ada, ben] = [await texted('+12075550134'), await texted('+12075550135')];
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
  for (const table of ['text_number', 'text_code', 'text_message'])
    expect([table, await sql(`select person_id from ${table}`)]).toEqual([table, [{ person_id: ben.id }]]);
  expect(await sql('select recipient from caught_mail')).toEqual([{ recipient: '+12075550135' }]);
});
