/** What follows from a payment that was written down at the desk: the same as from all others. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { noteDay as today, notingOn } from '../../../../tests/support/noted.ts';
import { origin } from '../../../../tests/support/payers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { rulesOf } from '#lib/billing/programme-rules.ts';
import { chargeDue } from './charging.ts';
import { demoProvider } from './demo-provider.ts';
import { climbLadder } from '#lib/programmes/server/dunning/climbing.ts';
import { tellNoted } from './noted-letter.ts';
import { notedOn } from './noting.ts';
import { planOf } from '#lib/billing/server/plan.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
const db = worker.as(system);
afterAll(() => Promise.all([database.close(), worker.close()]));

const grace = await aPerson('agent', { name: 'Grace Desk' });
const somebody = notingOn({ aPerson, aMember, sql }, database, grace);
const rules = rulesOf('US');

test('the letter says that it has arrived, once, and nothing of who wrote it', async () => {
  const { note, account } = await somebody();
  const reference = await note();
  const [{ id } = { id: '' }] = await sql<{ id: string }>(
    'select id from noted_payment where account_id = $1',
    [account]
  );
  const letters: Mail[] = [];
  const post = { send: (letter: Mail) => Promise.resolve(void letters.push(letter)), close: () => {} };
  const head = { origin, utilityName: 'Hearth', utilityPhone: '1', timeZone: 'UTC' };
  await tellNoted(db, post, { id }, head);
  await tellNoted(db, post, { id }, head);
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain(`${origin}/payments/${reference}`);
});

test('it stops what a payment stops: reminding, the card, and what a plan still asks', async () => {
  const { account, note, keep, ask, attempts } = await somebody();
  await ask();
  await keep();
  await climbLadder(db, '2026-03-20', 'US');
  expect(await steps(account)).toEqual(['reminder']);
  await note();
  const provider = demoProvider(db, origin);
  await chargeDue(db, { provider, today: '2026-03-14', rules, description: 'Gas' });
  expect(await attempts()).toEqual([]);
  await climbLadder(db, '2026-03-21', 'US');
  expect((await steps(account)).at(-1)).toBe('none');

  const other = await somebody();
  await sql(
    `with p as (insert into programme (account_id, kind, currency, amount, began_on, form_key)
       values ($1, 'extension', 'USD', 8420, $2, gen_random_uuid()) returning id)
     insert into instalment select id, 1, $2::date + 10, 8420 from p`,
    [other.account, today]
  );
  const plan = () => planOf(database.as(other.ada), other.account, today, rules);
  expect(await plan()).toMatchObject({ next: { open: 8420n }, verdict: null });
  await other.note();
  expect(await plan()).toMatchObject({ next: null, verdict: 'kept' });
});

test('what was noted in words goes with the customer, the figures stay', async () => {
  const { ada, account, note } = await somebody();
  await note({ note: 'her neighbour brought it' });
  await sql('update person set closed_at = now() where id = $1', [ada.id]);
  expect(await notedOn(database.as(grace), account)).toMatchObject([{ note: null, amount: 8420n }]);
});

const steps = async (account: string) =>
  (
    await sql<{ step: string }>('select step from dunning_event where account_id = $1 order by seq', [
      account
    ])
  ).map(({ step }) => step);
