/** Reminding on a real database: each step once, told once to whom it concerns, and held back by what is so there. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../../tests/support/database.ts';
import { makersOn } from '../../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { dunningMoves } from '../../dunning/ladder.ts';
import { programmeJobs } from '../jobs.ts';
import { takenByItself } from '#lib/billing/server/taking.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { climbLadder } from './climbing.ts';
import { dunningOf } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, aMember, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const climb = (today: string) => climbLadder(worker.as(system), today, 'US');
let accounts = 40_000_000;

test('the steps of the rules and of the database are the same', async () => {
  const rows = await sql<{ move: string[] }>('select array[from_step, to_step] as move from dunning_move');
  expect(rows.map(({ move }) => move.join()).toSorted()).toEqual(
    dunningMoves.map((move) => move.join()).toSorted()
  );
});

test('each step comes on its day, once, however many look and whatever is done again; paid, it ends', async () => {
  const { account, steps } = await somebodyLate();
  for (const day of ['2026-05-02', '2026-05-03', '2026-05-15', '2026-05-29', '2026-06-12', '2026-07-01']) {
    await Promise.all([climb(day), climb(day)]);
    await climb(day);
  }
  expect(await steps()).toEqual(['reminder', 'notice', 'final', 'credit_team']);
  await sql(
    `insert into payment (account_id, reference, amount, currency, method, paid_on)
     values ($1, gen_random_uuid()::text, 9000, 'USD', 'bank', '2026-07-01')`,
    [account]
  );
  await climb('2026-07-02');
  await climb('2026-07-03');
  expect((await steps()).at(-1)).toBe('none');
  expect(await steps()).toHaveLength(5);
});

test('asked about, a bill is not chased; answered, it begins anew', async () => {
  const { ada, bill, account, steps } = await somebodyLate();
  await climb('2026-05-03');
  const { id } = await aRequest(ada);
  await sql('insert into request_about (request_id, bill_id) values ($1, $2)', [id, bill]);
  await climb('2026-05-20');
  expect(await dunningOf(database.as(ada), account)).toMatchObject({ step: 'none', holds: ['dispute'] });
  await sql('delete from request_about where request_id = $1', [id]);
  await climb('2026-06-20');
  expect(await steps()).toEqual(['reminder', 'none', 'reminder']);
});

test('what a bank has agreed to pay is not chased while it may be on its way; then it is, like any other', async () => {
  const { ada, account, steps } = await somebodyLate();
  const [{ id } = { id: '' }] = await sql<{ id: string }>(
    `insert into programme (account_id, kind, state, began_on, currency, method, form_key, enrolled_by)
     values ($1, 'autopay', 'asked', '2026-04-20', 'USD', 'bank', gen_random_uuid(), $2) returning id`,
    [account, ada.id]
  );
  await sql(`update programme set state = 'active' where id = $1`, [id]);
  for (const day of ['2026-05-03', '2026-05-15']) await climb(day);
  expect(await dunningOf(database.as(ada), account)).toMatchObject({ step: 'none', holds: ['bank'] });
  expect(await takenByItself(database.as(ada), await billOf(account), '2026-05-15')).toEqual({
    ...{ taking: { what: 'under_way' }, card: null }
  });
  await climb('2026-05-16');
  expect(await steps()).toEqual(['reminder']);
  expect(await takenByItself(database.as(ada), await billOf(account), '2026-05-16')).toBeNull();
});

test('priority services hold the final notice back, and who has the account at heart may see why', async () => {
  const { ada, eve, account } = await somebodyLate();
  await sql(
    `with p as (insert into premises (account_id, line, town, postcode)
       values ($1, '1 Mill Lane', 'Northgate', '10001') returning id)
     insert into priority_service (premises_id, needs, since) select id, '{equipment}', '2026-01-01' from p`,
    [account]
  );
  for (const day of ['2026-05-03', '2026-05-15', '2026-06-20']) await climb(day);
  expect(await dunningOf(database.as(ada), account)).toMatchObject({ step: 'notice', holds: ['priority'] });
  expect(await dunningOf(database.as(eve), account)).toBeNull();
});

test('nobody goes round the ladder, nor up it, but the clock', async () => {
  const { ada, account } = await somebodyLate();
  await climb('2026-05-03');
  await expect(
    worker
      .as(system)
      .updateTable('dunning')
      .set({ step: 'final' })
      .where('account_id', '=', account)
      .execute()
  ).rejects.toThrow(/does not go from reminder to final/);
  await expect(
    database.as(ada).updateTable('dunning').set({ step: 'none' }).where('account_id', '=', account).execute()
  ).rejects.toThrow(/permission denied/);
});

test('a notice goes to who acts, a final one also to who gets notices, once, and not after it is paid', async () => {
  const { ada, nominee, account } = await somebodyLate();
  const letters: string[] = [];
  const post = { send: async ({ to }: { to: string }) => void letters.push(to), close: () => {} };
  const jobs = programmeJobs(post, {
    ...{ origin: 'http://hearth.example', utilityName: 'Gas', utilityPhone: '1', timeZone: 'UTC' },
    jurisdiction: 'US'
  });
  // Turned off or not, the law wants a notice told.
  await sql(`insert into contact_wish (person_id, muted) values ($1, '{bill}')`, [ada.id]);
  const tell = async () => {
    const told = await sql<{ entry: string; person: string }>(
      `select e.seq::text as entry, m.person_id as person from dunning_event e join account_member m using (account_id)
       where e.account_id = $1 and e.step <> 'none' order by e.seq, m.person_id`,
      [account]
    );
    const before = await queued();
    for (const { entry } of told.slice(-1)) await jobs['billing.tell_dunning'](worker.as(system), { entry });
    const now = (await queued()).slice(before.length);
    for (const one of [...now, ...now]) await jobs['billing.send_dunning'](worker.as(system), one);
  };
  for (const day of ['2026-05-03', '2026-05-15']) await climb(day);
  await tell();
  expect(letters).toEqual([ada.email]);
  await climb('2026-05-29');
  await tell();
  expect(letters.toSorted()).toEqual([ada.email, ada.email, nominee.email].toSorted());
});

async function billOf(account: string) {
  const [bill] = (await readBills(worker.as(system), account)).bills;
  return { ...bill!, status: 'overdue' as const };
}

const queued = () =>
  sql<{ entry: string; person: string }>(
    `select payload->>'entry' as entry, payload->>'person' as person from outbox
     where job = 'billing.send_dunning' order by id`
  );

/** Somebody with a bill that was due on the first of May, a nominee who gets notices, and a stranger. */
async function somebodyLate() {
  const [ada, nominee, eve] = [await aPerson(), await aPerson(), await aPerson()];
  const [{ id: account } = { id: '' }] = await sql<{ id: string }>(
    `insert into account (number, holder) values ($1, 'Ada Brook') returning id`,
    [String((accounts += 1))]
  );
  await aMember(account, ada, 'holder', 'act');
  await aMember(account, nominee, 'nominee', 'notices');
  const [{ id: bill } = { id: '' }] = await sql<{ id: string }>(
    `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
       values ($1, 'B-' || upper(left(md5(random()::text), 10)), 'USD', '2026-04-10', '2026-05-01', '2026-03-10',
               '2026-04-08', 9000) returning id)
     insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', 9000 from b returning bill_id as id`,
    [account]
  );
  return {
    ...{ ada, nominee, eve, account, bill },
    steps: async () =>
      (
        await sql<{ step: string }>('select step from dunning_event where account_id = $1 order by seq', [
          account
        ])
      ).map(({ step }) => step)
  };
}
