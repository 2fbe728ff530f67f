/** Who comes to an account: seen and changed by who holds it, ended at once, past when it is past, told to all concerned. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { accessPost } from '../../../../tests/support/access-post.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { changesOf } from './change-history.ts';
import { readAccounts } from './customers.ts';
import { changeAccess, endAccess, heldAccount, peopleOf } from './members.ts';
import { accountsToActOn, accountsToSee, chosenAccount } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), worker.close()]));
const { run, post } = accessPost(worker, sql, '');

const grace = await aPerson('agent', { name: 'Grace Hill' });
let next = 60_010_000;
let ada: Somebody;
let ben: Somebody;
let eve: Somebody;
let account: string;
beforeEach(async () => {
  [ada, ben, eve] = [
    await aPerson(),
    await aPerson('customer', { name: 'Ben Dale' }),
    await aPerson('customer', { name: 'Eve Stone' })
  ];
  account = await anAccount();
  await join(ada, 'holder', 'act');
  await join(ben, 'authorised', 'view');
  await sql('delete from outbox');
});

const whom = (who: Somebody) => ({ account, person: who.id });

test('who holds the account sees everybody who comes to it, and nobody else does', async () => {
  expect(await peopleOf(web.as(ada), account)).toMatchObject([
    { person_id: ada.id, kind: 'holder' },
    { person_id: ben.id, name: 'Ben Dale', email: ben.email, scope: 'view', expires_at: null }
  ]);
  for (const other of [ben, eve]) {
    expect(await peopleOf(web.as(other), account)).toEqual([]);
    await expect(heldAccount(web.as(other), other, String(next))).rejects.toMatchObject({ kind: 'missing' });
  }
  expect(await web.as(ben).selectFrom('account_member').select('person_id').execute()).toEqual([
    { person_id: ben.id }
  ]);
});

test('who holds it says what somebody may do; it counts at once, stands in both histories and is told to both', async () => {
  expect(await accountsToActOn(web.as(ben), ben)).toEqual([]);
  await changeAccess(web.as(ada), ada, whom(ben), { scope: 'act', end: new Date('2099-01-02T05:00:00Z') });
  expect(await accountsToActOn(web.as(ben), ben)).toMatchObject([{ id: account }]);
  expect((await changesOf(web.as(ada), ada.id)).changes).toMatchObject([
    { action: 'access.changed', by: 'self', about: 'Ben Dale', own: false, number: String(next) }
  ]);
  expect((await changesOf(web.as(ben), ben.id)).changes).toMatchObject([
    { action: 'access.changed', by: 'customer', by_name: null, own: true, number: String(next) }
  ]);
  expect((await changesOf(web.as(eve), ada.id)).changes).toEqual([]);

  const [toAda, toBen] = await post();
  expect(toAda).toMatchObject({ to: ada.email });
  expect(toAda?.text).toContain(`${ben.email} can see your account ${next}, ask for service`);
  expect(toAda?.text).toContain('until Jan 1, 2099');
  expect(toBen).toMatchObject({ to: ben.email });
  expect(toBen?.text).not.toContain(ada.email);
});

test('the same again changes nothing and tells nobody', async () => {
  await changeAccess(web.as(ada), ada, whom(ben), { scope: 'view', end: null });
  expect(await sql('select 1 from outbox')).toEqual([]);
});

test('a claim that was wrong is ended by who holds the account: nothing is seen any more, a second click finds nobody', async () => {
  expect(await accountsToSee(web.as(ben), ben)).toHaveLength(1);
  await endAccess(web.as(ada), ada, whom(ben));
  expect(await accountsToSee(web.as(ben), ben)).toEqual([]);
  expect(await web.as(ben).selectFrom('account').select('id').execute()).toEqual([]);
  expect((await changesOf(web.as(ada), ada.id)).changes).toMatchObject([
    { action: 'access.ended', about: 'Ben Dale' }
  ]);
  await expect(endAccess(web.as(ada), ada, whom(ben))).rejects.toMatchObject({ kind: 'missing' });
  expect((await post()).map(({ to }) => to)).toEqual([ada.email, ben.email]);
});

test('the desk says it as the holder asks: it counts, stands in the history under its name, and is told to both', async () => {
  await changeAccess(web.as(grace), grace, whom(ben), { scope: 'act', end: null });
  expect(await accountsToActOn(web.as(ben), ben)).toMatchObject([{ id: account }]);
  expect((await changesOf(web.as(ada), ada.id)).changes).toMatchObject([
    { action: 'access.changed', by: 'staff', by_name: 'Grace Hill', about: 'Ben Dale' }
  ]);
  expect((await post()).map(({ to }) => to)).toEqual([ada.email, ben.email]);

  // A holder holds it whole, here too.
  const less = { scope: 'view', end: null } as const;
  await expect(changeAccess(web.as(grace), grace, whom(ada), less)).rejects.toMatchObject({
    kind: 'forbidden'
  });
  const set = web
    .as(grace)
    .updateTable('account_member')
    .set({ scope: 'view' })
    .where('person_id', '=', ada.id);
  expect((await set.executeTakeFirst()).numUpdatedRows).toBe(0n);
});

describe('nobody else', () => {
  test('changes or ends what others may do, be it by the command or by SQL', async () => {
    await join(eve, 'authorised', 'act');
    for (const other of [ben, eve]) {
      const to = { scope: 'act', end: null } as const;
      // Of others on the account Eve does not even know.
      await expect(changeAccess(web.as(other), other, whom(ben), to)).rejects.toMatchObject({
        kind: other === eve ? 'missing' : 'forbidden'
      });
      const set = { scope: 'act' };
      const asked = web.as(other).updateTable('account_member').set(set).where('account_id', '=', account);
      expect((await asked.executeTakeFirst()).numUpdatedRows).toBe(0n);
    }
    await expect(endAccess(web.as(ben), ben, whom(eve))).rejects.toMatchObject({ kind: 'missing' });
    await web.as(ben).deleteFrom('account_member').where('person_id', '=', eve.id).execute();
    expect(await peopleOf(web.as(ada), account)).toHaveLength(3);
  });

  test('and even they make nobody a holder, nor somebody of another account', async () => {
    const set = web.as(ada).updateTable('account_member').where('account_id', '=', account);
    await expect(set.set({ kind: 'holder' }).execute()).rejects.toThrow(/denied/);
    await expect(set.set({ account_id: account }).execute()).rejects.toThrow(/denied/);
  });
});

test('who comes to an account may leave it, and who holds it is told', async () => {
  await endAccess(web.as(ben), ben, whom(ben));
  expect(await peopleOf(web.as(ada), account)).toHaveLength(1);
  const [toAda] = await post();
  expect(toAda?.text).toContain(`${ben.email} has left`);
  expect((await changesOf(web.as(ben), ben.id)).changes).toMatchObject([
    { action: 'access.left', own: true }
  ]);
});

describe('the last holder', () => {
  test('cannot leave, by the command or by SQL', async () => {
    await expect(endAccess(web.as(ada), ada, whom(ada))).rejects.toMatchObject({
      words: 'access.last_holder'
    });
    await expect(web.as(ada).deleteFrom('account_member').execute()).rejects.toThrow(/keeps a holder/);
    expect(await peopleOf(web.as(ada), account)).toHaveLength(2);
  });

  test('of two who leave at once one stays', async () => {
    await join(eve, 'holder', 'act');
    const both = [ada, eve].map((who) => endAccess(web.as(who), who, whom(who)));
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('is ended by the desk where the claim was wrong; and goes with themself', async () => {
    await endAccess(web.as(grace), grace, whom(ada));
    expect(await accountsToSee(web.as(ada), ada)).toEqual([]);
    await join(eve, 'holder', 'act');
    await sql('delete from audit_entry where actor_id = $1', [eve.id]);
    await sql('delete from person where id = $1', [eve.id]);
    expect(await sql('select 1 from account_member where account_id = $1', [account])).toHaveLength(1);
  });
});

test('what is past counts nowhere, before any job has run, and is told once when it has', async () => {
  await sql(`update account_member set scope = 'act', expires_at = now() where person_id = $1`, [ben.id]);
  const db = web.as(ben);
  expect(await readAccounts(db, ben.id)).toEqual([]);
  expect(await accountsToActOn(db, ben)).toEqual([]);
  expect(await db.selectFrom('account').select('id').execute()).toEqual([]);
  expect(await db.selectFrom('premises').select('id').execute()).toEqual([]);
  expect(await peopleOf(web.as(ada), account)).toHaveLength(1);
  const seen = await sql(
    `select set_config('app.person', $1, false), app_accounts_seen() as seen, app_accounts_acted_on() as acted`,
    [ben.id]
  );
  expect(seen).toMatchObject([{ seen: [], acted: [] }]);
  await sql(`select set_config('app.person', '', false)`);

  for (let times = 0; times < 2; times += 1) await run('accounts.end_past_access', {});
  expect((await post()).map(({ to, subject }) => [to, subject])).toEqual([
    [ada.email, `Access to your account ${next} has expired`],
    [ben.email, `Your access to account ${next} has expired`]
  ]);
  expect((await changesOf(web.as(ada), ada.id)).changes).toMatchObject([
    { action: 'access.expired', by: 'hearth', about: 'Ben Dale' }
  ]);
});

test('a stream of somebody whose access ends is another from then on', async () => {
  const [session] = await sql<{ id: string }>(
    `insert into sign_in_session (person_id, token, expires_at) values ($1, $2, now() + interval '1 day') returning id`,
    [ben.id, ben.email]
  );
  const standing = () => sql('select standing from sessions_standing(array[$1::uuid])', [session?.id]);
  const before = await standing();
  await sql('update account_member set expires_at = now() where person_id = $1', [ben.id]);
  expect(await standing()).not.toEqual(before);
});

async function anAccount() {
  next += 1;
  const [made] = await sql<{ id: string }>(
    `with a as (insert into account (number, holder) values ($1, 'Ada Brook') returning id),
          p as (insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001' from a)
     select id from a`,
    [String(next)]
  );
  return made?.id ?? '';
}

const join = (who: Somebody, kind: string, scope: string) => aMember(account, who, kind, scope);

test('where something is bought, the first is an account one may act for; one that is named stays named', async () => {
  const own = (number: string) =>
    sql<{ id: string }>(`insert into account (number, holder) values ($1, 'Fay Moor') returning id`, [
      number
    ]);
  const fay = await aPerson();
  for (const [number, scope] of [['10000001', 'view'] as const, ['10000002', 'act'] as const]) {
    const [row] = await own(number);
    await aMember(row?.id ?? '', fay, 'authorised', scope);
  }
  const chosen = async (named: string | null, toAct: boolean) =>
    (await chosenAccount(web.as(fay), fay, named, { toAct })).account?.number;
  expect(await chosen(null, false)).toBe('10000001');
  expect(await chosen(null, true)).toBe('10000002');
  expect(await chosen('10000001', true)).toBe('10000001');
});
