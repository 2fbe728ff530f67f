/** Between beginning and charging the world moves on: what was paid, disputed, changed or left meanwhile is not taken. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { meanwhileOn, origin, payersOn } from '../../../../tests/support/payers.ts';
import { nobody, system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { rulesOf } from '#lib/billing/programme-rules.ts';
import { keepWord } from './attempts.ts';
import { demoProvider } from './demo-provider.ts';
import { leave } from '#lib/programmes/server/commands.ts';
import { cardAsked } from './card-queries.ts';
import { chargeAgain, chargeDue } from './charging.ts';

const urls = await freshDatabase();
const { aPerson, aMember, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
const db = worker.as(system);
afterAll(() => Promise.all([database.close(), worker.close()]));

const due = '2026-03-14';
const somebody = payersOn({ aPerson, aMember, sql }, database);
const { pay, change, timeIsOver } = meanwhileOn(sql);
const demo = demoProvider(db, origin);
const clock = (provider = demo) => ({ provider, today: due, rules: rulesOf('US'), description: 'Gas' });
/** Nothing reaches the provider. */
const deaf = { ...demo, charge: () => Promise.reject(new Error('no line')) };
/** It charges, and nobody hears of it. */
const dies = {
  ...demo,
  charge: async (one: Parameters<typeof demo.charge>[0]) => (await demo.charge(one), lost())
};
const lost = () => Promise.reject<never>(new Error('killed'));

type Payer = Awaited<ReturnType<typeof whoPays>>;

test('whatever was done meanwhile, what is not owed any more, or not by the card, is never taken', async () => {
  const meanwhile: Record<string, (one: Payer) => Promise<unknown>> = {
    disputed: async ({ account, ada }) =>
      sql('insert into request_about (request_id, bill_id) select $1, id from bill where account_id = $2', [
        ...[(await aRequest(ada)).id, account]
      ]),
    'paid at the bank': ({ account }) => pay(account, 8420),
    'paid in part': ({ account }) => pay(account, 1),
    'made smaller': ({ account }) => change(account, 8000),
    'agreed on otherwise': ({ account }) =>
      sql(
        `with p as (insert into programme (account_id, kind, currency, amount, began_on, form_key)
           values ($1, 'extension', 'USD', 8420, '2026-03-10', gen_random_uuid()) returning id)
         insert into instalment select id, 1, '2026-03-30', 8420 from p`,
        [account]
      ),
    left: ({ account, ada }) => leave(database.as(ada), account, 'autopay', due),
    'may only look': ({ account }) =>
      sql(`update account_member set scope = 'view', kind = 'authorised' where account_id = $1`, [account]),
    'no longer there': ({ account }) => timeIsOver(account),
    nothing: () => Promise.resolve()
  };
  const payers = new Map<string, Payer>();
  for (const name of Object.keys(meanwhile)) payers.set(name, await whoPays());
  await chargeDue(db, clock(deaf));
  for (const [name, happens] of Object.entries(meanwhile)) await happens(payers.get(name)!);
  await askAfterAll();
  const came: Record<string, string[]> = {};
  for (const [name, { attempts }] of payers) came[name] = await attempts();
  expect(came).toEqual({
    ...Object.fromEntries(Object.keys(meanwhile).map((name) => [name, ['1 expired']])),
    nothing: ['1 paid']
  });
  const [taken] = await sql(`select count(*)::int as n from payment where method = 'card'`);
  expect(taken).toEqual({ n: 1 });
});

test('a payment that goes through at the same moment is waited for, and then nothing is taken', async () => {
  const { ada, account, paid } = await whoPays();
  const [attempt] = await sql<{ id: string }>(
    `insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount, currency,
                                  provider, checkout, checkout_url, state)
     values ('P-BYHAND22', 'account', $1, $1, $2, gen_random_uuid(), 8420, 'USD', 'demo', 'c-1', 'http://x', 'offered')
     returning id`,
    [account, ada.id]
  );
  let charging: Promise<unknown> = Promise.resolve();
  await database
    .as(nobody)
    .transaction()
    .execute(async (tx) => {
      const word = { state: 'paid', amount: 8420n, currency: 'USD' } as const;
      await keepWord(tx, { id: attempt!.id, checkout: 'c-1' }, word, due);
      charging = chargeDue(db, clock());
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      while ((await sql(waiting)).length === 0);
    });
  await charging;
  expect(await paid()).toEqual([8420]);
});

test('another card named meanwhile takes the bill once, or not at all where the first has paid it', async () => {
  const [unheard, charged] = [await whoPays(), await whoPays()];
  await chargeDue(db, clock({ ...deaf, charge: (one) => (isOf(one, charged) ? dies : deaf).charge(one) }));
  for (const { ask, keep } of [unheard, charged]) {
    await ask();
    await keep();
  }
  await chargeDue(db, clock());
  expect([await unheard.paid(), await charged.paid()]).toEqual([[], []]);
  await askAfterAll();
  for (let times = 0; times < 2; times++) await chargeDue(db, clock());
  expect([await unheard.paid(), await charged.paid()]).toEqual([[8420], [8420]]);
  expect([(await unheard.attempts()).toSorted(), await charged.attempts()]).toEqual([
    ['1 expired', '1 paid'],
    ['1 paid']
  ]);

  function isOf({ card }: { card: string }, { first }: Payer) {
    return card === first;
  }
});

test('whose time on the account is over pays no more, and nobody is promised that they do', async () => {
  const { account, cards, attempts } = await whoPays();
  await timeIsOver(account);
  await chargeDue(db, clock());
  expect([await cards(), await attempts()]).toEqual([['ended left'], []]);
});

async function whoPays() {
  const one = await somebody();
  await one.ask();
  const first = (await cardAsked(database.as(one.ada), one.account, one.ada.id))?.id;
  await one.keep();
  return { ...one, first };
}

/** As the minute's look does. */
async function askAfterAll() {
  for (const { id } of await sql<{ id: string }>(`select id from payment_attempt where state = 'begun'`))
    await chargeAgain(db, id, clock());
}
