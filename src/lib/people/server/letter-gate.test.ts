/** The gate of letters: asked by jobs, it lets pass, puts off, or says no, by what the customer chose. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { letterGoes, waysNow } from './letter-gate.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => worker.close());
const db = worker.as(system);
const again = { job: 'people.forget_expired', payload: {} } as const;

const mail = { email: true, text: null, again };

test('without wishes a letter goes now, by e-mail', async () => {
  const ada = await aPerson();
  expect(await waysNow(db, ada.id, { kind: 'bill' }, 'UTC', again)).toEqual(mail);
});

test('what is muted is over, and what is of another kind goes', async () => {
  const ada = await aPerson();
  await sql(`insert into contact_wish (person_id, muted) values ($1, '{bill}')`, [ada.id]);
  expect(await waysNow(db, ada.id, { kind: 'bill' }, 'UTC', again)).toBeNull();
  expect(await waysNow(db, ada.id, { kind: 'request' }, 'UTC', again)).toEqual(mail);
  expect(await sql('select 1 from outbox')).toEqual([]);
});

test('in quiet hours the job is queued for when they end', async () => {
  const ada = await aPerson();
  // Whatever the time is: quiet from an hour ago until an hour from now.
  await sql(
    `insert into contact_wish (person_id, quiet_from, quiet_until)
     values ($1, (now() at time zone 'UTC' - interval '1 hour')::time, (now() at time zone 'UTC' + interval '1 hour')::time)`,
    [ada.id]
  );
  expect((await letterGoes(db, ada.id, { kind: 'bill' }, 'UTC')).when).toBeInstanceOf(Date);
  expect(await waysNow(db, ada.id, { kind: 'bill' }, 'UTC', again)).toBeNull();
  const [queued] = await sql<{ job: string; later: boolean }>(
    'select job, run_at > now() as later from outbox'
  );
  expect(queued).toEqual({ job: 'people.forget_expired', later: true });
});

test('what is wanted as a text goes to the number that was proved, until they say stop or it fails', async () => {
  const ada = await aPerson();
  await sql(`insert into contact_wish (person_id, muted, texted) values ($1, '{bill}', '{bill}')`, [ada.id]);
  const ways = () => waysNow(db, ada.id, { kind: 'bill' }, 'UTC', again);
  expect(await ways()).toEqual(mail);
  await sql(`insert into text_number (person_id, number) values ($1, '+12075550134')`, [ada.id]);
  expect(await ways()).toEqual({ email: false, text: '+12075550134', again });
  await sql('update text_number set failed_at = now() where person_id = $1', [ada.id]);
  expect(await ways()).toEqual(mail);
  await sql('update text_number set failed_at = null, stopped_at = now() where person_id = $1', [ada.id]);
  expect(await ways()).toEqual(mail);
});
