/** Programmes on a real database: once, only by whoever may, to the last unit, with a trace, kept or broken by the days. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { programmeMoves } from '../programme.ts';
import { rulesOf } from '#lib/billing/programme-rules.ts';
import { readWish } from '../wishes.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { begin, enrol, enrolledBefore, leave } from './commands.ts';
import { programmeJobs } from './jobs.ts';
import { judgeProgrammes } from './judging.ts';
import { circumstancesOf, programmesOf } from './queries.ts';
import { planOf } from '#lib/billing/server/plan.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const rules = rulesOf('US');
const today = '2026-02-01';
const arrangement = { parts: '3', rhythm: 'monthly', first_on: '2026-02-10' };
let accounts = 30_000_000;

test('the moves of the rules and of the database are the same', async () => {
  const rows = await sql<{ move: string[] }>(
    'select array[from_state, to_state, by_whom] as move from programme_move'
  );
  expect(rows.map(({ move }) => move.join()).toSorted()).toEqual(
    programmeMoves.map((move) => move.join()).toSorted()
  );
});

test('an arrangement is agreed on once however often its form is sent, and stands in the history and the letters', async () => {
  const { account, ada, join, events } = await somebodyWhoOwes(10_001);
  const key = randomUUID();
  await Promise.all([join(ada, arrangement, key), join(ada, arrangement, key)]);
  await join(ada, arrangement, key);
  const plan = await planOf(database.as(ada), account, today, rules);
  expect(plan?.instalments.map(({ amount, due_on }) => [amount, due_on])).toEqual([
    [3334n, '2026-02-10'],
    [3334n, '2026-03-10'],
    [3333n, '2026-04-10']
  ]);
  expect(await events()).toEqual(['began by customer']);

  // The form is judged by what it asked, not by what is owed since; and other words under its key are never swallowed.
  const asked = { key, content: ['arrangement', arrangement] };
  const form = (change: object = {}) => enrolledBefore(database.as(ada), ada, { ...asked, ...change });
  expect([await form(), await form({ key: randomUUID() })]).toEqual([expect.any(String), null]);
  await expect(form({ content: ['arrangement', {}] })).rejects.toMatchObject({ words: 'errors.form_used' });
});

test('an account has one plan at a time, also of two who agree at once', async () => {
  const { ada, join, account } = await somebodyWhoOwes(9000);
  await Promise.allSettled([
    join(ada, arrangement, randomUUID()),
    join(ada, { pay_on: '2026-02-20' }, randomUUID(), 'extension')
  ]);
  expect((await programmesOf(database.as(ada), account)).length).toBe(1);
});

test('who may only view, and who knows nothing of the account, change nothing', async () => {
  const { ada, ben, join, account } = await somebodyWhoOwes(9000);
  const eve = await aPerson();
  await expect(join(ben, arrangement)).rejects.toThrow(/row-level security/);
  await expect(join(eve, arrangement)).rejects.toThrow(/row-level security/);
  await join(ada, arrangement);
  await leave(database.as(ben), account, 'arrangement', today);
  await leave(database.as(eve), account, 'arrangement', today);
  expect(await programmesOf(database.as(ben), account)).toMatchObject([{ state: 'active' }]);
  expect(await programmesOf(database.as(eve), account)).toEqual([]);
  await leave(database.as(ada), account, 'arrangement', today);
  await leave(database.as(ada), account, 'arrangement', today);
  expect(await programmesOf(database.as(ada), account)).toMatchObject([{ state: 'left' }]);
});

test('what was shown must still be owed, and parts must be the sum: the database says so too', async () => {
  const { ada, account, join, pay } = await somebodyWhoOwes(9000);
  const before = await around(ada, account);
  await pay(1000, '2026-02-01');
  const read = readWish('arrangement', arrangement, before);
  if (!read.ok) throw new Error('it is on offer');
  const stale = { account, proposal: read.proposal, key: randomUUID(), content: [], today };
  await expect(enrol(database.as(ada), ada, stale)).rejects.toMatchObject({ words: 'programmes.changed' });
  await join(ada, arrangement);
  await expect(
    sql(
      `update instalment set amount = amount + 1 where number = 1
         and programme_id = (select id from programme where account_id = $1)`,
      [account]
    )
  ).rejects.toThrow(/instalments are what was agreed/);
  await expect(
    database
      .as(ada)
      .updateTable('programme')
      .set({ state: 'kept', ended_on: today })
      .where('account_id', '=', account)
      .execute()
  ).rejects.toThrow(/does not go from active to kept by customer/);
});

test('paid by its days it is kept, missed it is broken: each said once, whenever the clock looks', async () => {
  const kept = await somebodyWhoOwes(9000);
  const broken = await somebodyWhoOwes(9000);
  for (const { ada, join } of [kept, broken]) await join(ada, arrangement);
  await kept.pay(3000, '2026-02-10');
  await broken.pay(2999, '2026-02-10');
  const judge = (day: string) => judgeProgrammes(worker.as(system), day, 'US');
  await judge('2026-02-15');
  expect(await kept.states()).toEqual(['active']);
  expect(await broken.states()).toEqual(['active']);
  await Promise.all([judge('2026-02-16'), judge('2026-02-16')]);
  await judge('2026-02-16');
  await kept.pay(6000, '2026-02-17');
  await judge('2026-02-17');
  await judge('2026-05-01');
  expect(await kept.events()).toEqual(['began by customer', 'kept by system']);
  expect(await broken.events()).toEqual(['began by customer', 'broken by system']);
  expect((await around(broken.ada, broken.account)).account.broken).toBe(1);
});

test('a budget is reckoned anew on its day, once, and goes on', async () => {
  const { ada, account, join, events } = await somebodyWhoOwes(0, 12);
  await join(ada, {}, randomUUID(), 'budget');
  const first = await planOf(database.as(ada), account, today, rules);
  expect(first?.instalments).toHaveLength(3);
  const judge = () => judgeProgrammes(worker.as(system), first?.review_on ?? today, 'US');
  await sql(
    `insert into payment (account_id, reference, amount, currency, method, paid_on)
             select account_id, 'BUD-' || number || account_id, i.amount, 'USD', 'bank', due_on
             from instalment i join programme p on p.id = programme_id where account_id = $1`,
    [account]
  );
  await Promise.all([judge(), judge()]);
  await judge();
  const next = await planOf(database.as(ada), account, today, rules);
  expect(next?.instalments.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await events()).toEqual(['began by customer', 'reviewed by system']);
});

test('payment from a bank begins when a supervisor says that the bank has agreed, once, and on that day', async () => {
  const { ada, account, join, states, events } = await somebodyWhoOwes(9000);
  await join(ada, { method: 'bank' }, randomUUID(), 'autopay');
  const [grace, sam] = [await aPerson('agent'), await aPerson('supervisor')];
  for (const who of [ada, grace])
    await expect(begin(database.as(who), who, { account, kind: 'autopay', today })).rejects.toMatchObject({
      kind: 'missing'
    });
  await expect(
    database
      .as(grace)
      .updateTable('programme')
      .set({ state: 'active' })
      .where('account_id', '=', account)
      .execute()
  ).rejects.toThrow(/whoever answers for it/);
  expect(await states()).toEqual(['asked']);

  await begin(database.as(sam), sam, { account, kind: 'autopay', today: '2026-02-20' });
  await begin(database.as(sam), sam, { account, kind: 'autopay', today: '2026-02-25' });
  expect(await programmesOf(database.as(ada), account)).toMatchObject([
    { state: 'active', began_on: '2026-02-20' }
  ]);
  expect(await events()).toEqual(['asked by customer', 'began by staff']);
});

test('those who may act on the account are told, once, and only while they may', async () => {
  const { ada, join, account } = await somebodyWhoOwes(9000);
  await join(ada, arrangement);
  const letters: string[] = [];
  const post = { send: async ({ to }: { to: string }) => void letters.push(to), close: () => {} };
  const jobs = programmeJobs(post, {
    ...{
      origin: 'http://hearth.example',
      utilityName: 'Gas',
      utilityPhone: '1',
      timeZone: 'UTC',
      jurisdiction: 'US'
    }
  });
  const [entry] = await sql<{ seq: string }>('select seq::text from programme_event where account_id = $1', [
    account
  ]);
  const told = { entry: entry?.seq ?? '' };
  await jobs['billing.tell_programme'](worker.as(system), told);
  const queued = await sql<{ person: string }>(
    `select payload->>'person' as person from outbox where job = 'billing.send_programme' and payload->>'entry' = $1`,
    [told.entry]
  );
  expect(queued).toEqual([{ person: ada.id }]);
  const one = { ...told, person: ada.id };
  await jobs['billing.send_programme'](worker.as(system), one);
  await jobs['billing.send_programme'](worker.as(system), one);
  expect(letters).toEqual([ada.email]);
});

/** Somebody with so much owed from one bill, or so many bills that are paid; and one who may only look. */
async function somebodyWhoOwes(amount: number, paidBills = 0) {
  const [ada, ben] = [await aPerson(), await aPerson()];
  const [{ id: account } = { id: '' }] = await sql<{ id: string }>(
    `insert into account (number, holder) values ($1, 'Ada Brook') returning id`,
    [String((accounts += 1))]
  );
  await aMember(account, ada, 'holder', 'act');
  await aMember(account, ben, 'authorised', 'view');
  const bill = (issued: string, total: number) =>
    sql(
      `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
         values ($1, 'B-' || upper(left(md5(random()::text), 10)), 'USD', $2::date, $2::date + 21, $2::date - 31, $2::date - 1, $3)
         returning id)
       insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', $3 from b`,
      [account, issued, total]
    );
  const pay = (paid: number, day: string) =>
    sql(
      `insert into payment (account_id, reference, amount, currency, method, paid_on)
       values ($1, gen_random_uuid()::text, $2, 'USD', 'bank', $3)`,
      [account, paid, day]
    );
  if (amount) await bill('2026-01-20', amount);
  for (let month = 1; month <= paidBills; month += 1) {
    await bill(`2025-${String(month).padStart(2, '0')}-05`, 6000 + month * 10);
    await pay(6000 + month * 10, `2025-${String(month).padStart(2, '0')}-15`);
  }
  return {
    ...{ account, ada, ben, pay },
    async join(
      who: typeof ada,
      typed: Record<string, string>,
      key: string = randomUUID(),
      kind: Kind = 'arrangement'
    ) {
      const read = readWish(kind, typed, await around(ada, account));
      // Agreed on before: the same form is the same agreement.
      const proposal = read.ok ? read.proposal : null;
      if (proposal)
        await enrol(database.as(who), who, { account, proposal, key, content: [kind, typed], today });
    },
    states: async () => (await programmesOf(database.as(ada), account)).map(({ state }) => state),
    events: async () =>
      (
        await sql<{ said: string }>(
          `select what || ' by ' || by_whom as said from programme_event where account_id = $1 order by seq`,
          [account]
        )
      ).map(({ said }) => said)
  };
}

type Kind = Parameters<typeof readWish>[0];

async function around(who: Awaited<ReturnType<typeof aPerson>>, account: string) {
  const db = database.as(who);
  const facts = circumstancesOf(await readBills(db, account), await programmesOf(db, account), today, 'USD');
  return { account: facts, rules, today, keepsCards: true };
}
