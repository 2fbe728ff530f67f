/** Inviting to an account: by who holds it, for whoever has the address, once, for a while; told to all concerned. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { accessPost } from '../../../../tests/support/access-post.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { nobody, system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { acceptInvitation, declineInvitation, invitationOf } from './accepting.ts';
import { changesOf } from './change-history.ts';
import {
  invitationsTo,
  invitationToken,
  inviteToAccount,
  type Offer,
  withdrawInvitation
} from './inviting.ts';
import { endAccess, peopleOf } from './members.ts';

const secret = 'a secret that only this test installation knows';
const urls = await freshDatabase();
const { aPerson, aMember, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const signIn = openDatabase(urls.auth, 'hearth_auth');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), signIn.close(), worker.close()]));
const { run, post } = accessPost(worker, sql, secret);
const counter = { db: signIn.as(system), secret };

const grace = await aPerson('agent', { name: 'Grace Hill' });
let next = 61_010_000;
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
  next += 1;
  const [made] = await sql<{ id: string }>(
    `with a as (insert into account (number, holder) values ($1, 'Ada Brook') returning id),
          m as (insert into account_member (account_id, person_id, kind, scope) select id, $2::uuid, 'holder', 'act' from a)
     select id from a`,
    [String(next), ada.id]
  );
  account = made?.id ?? '';
  await sql('delete from outbox');
});

const invite = (who = ada, offer: Partial<Offer> = {}) =>
  inviteToAccount(
    web.as(who),
    counter,
    who,
    { account, holder: who.id },
    { key: randomUUID(), email: ben.email, kind: 'authorised', scope: 'view', end: null, ...offer },
    { address: `10.1.${next % 250}.1`, locale: 'en' }
  );
const tokenOf = (id: string) => invitationToken(secret, id);
const accept = (who: Somebody, id: string) => acceptInvitation(web.as(who), secret, who, tokenOf(id));
const over = { kind: 'missing', words: 'access.invitation_gone' };

test('a form is one invitation and one letter, however often and from however many tabs it is sent', async () => {
  const key = randomUUID();
  const [id, ...others] = await Promise.all([
    invite(ada, { key }),
    invite(ada, { key }),
    invite(ada, { key })
  ]);
  expect(new Set([...others, await invite(ada, { key })])).toEqual(new Set([id]));
  expect(await sql(`select 1 from outbox where job = 'accounts.send_invitation'`)).toHaveLength(1);
  expect(await invitationsTo(web.as(ada), account)).toMatchObject([{ id, scope: 'view' }]);
  await expect(invite(ada, { key, scope: 'act' })).rejects.toMatchObject({ words: 'errors.form_used' });
});

test('an invitation goes to the address, with a link by which it is accepted, and all are told', async () => {
  const id = await invite(ada, { scope: 'act', end: new Date('2099-01-02T05:00:00Z') });
  const [toBen, toAda] = (await post()).toSorted((a, b) => b.text.length - a.text.length);
  expect(toAda).toMatchObject({ to: ada.email });
  expect(toBen).toMatchObject({ to: ben.email });
  expect(toBen?.text).toContain(`/invitation/account?token=${tokenOf(id)}`);
  expect(toBen?.text).toContain(`···${String(next).slice(-4)}`);
  expect(toBen?.text).not.toContain(String(next));
  expect(toBen?.text).not.toContain(ada.name);

  expect(await invitationOf(web.as(ben), secret, tokenOf(id))).toMatchObject({
    ...{ number: String(next), inviter: ada.email, scope: 'act', mine: true }
  });
  await accept(ben, id);
  expect(await peopleOf(web.as(ada), account)).toMatchObject([
    { person_id: ada.id },
    { person_id: ben.id, kind: 'authorised', scope: 'act', expires_at: new Date('2099-01-02T05:00:00Z') }
  ]);
  expect((await post()).map(({ to, subject }) => [to, subject])).toEqual([
    [ada.email, `Somebody accepted your invitation to account ${next}`],
    [ben.email, `You have access to account ${next}`]
  ]);
  const deeds = async (who: Somebody) =>
    (await changesOf(web.as(who), who.id)).changes.map(({ action, by, about }) => [action, by, about]);
  expect(await deeds(ada)).toEqual([
    ['access.accepted', 'customer', 'Ben Dale'],
    ['access.invited', 'self', null]
  ]);
  expect(await deeds(ben)).toEqual([['access.accepted', 'self', null]]);
});

test('a link works once, for a second click and for two at once', async () => {
  const id = await invite();
  const both = await Promise.allSettled([accept(ben, id), accept(ben, id)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expect(accept(ben, id)).rejects.toMatchObject(over);
  expect(await invitationOf(web.as(ben), secret, tokenOf(id))).toBeNull();
});

describe('nobody else accepts it', () => {
  test('not another, not staff, not whoever has the address unconfirmed, not whoever guesses', async () => {
    const id = await invite();
    await expect(accept(eve, id)).rejects.toMatchObject(over);
    await expect(accept(grace, id)).rejects.toMatchObject(over);
    expect(await invitationOf(web.as(eve), secret, tokenOf(id))).toMatchObject({
      ...{ mine: false, number: `···${String(next).slice(-4)}` }
    });
    await sql('update person set email_verified = false where id = $1', [ben.id]);
    await expect(accept(ben, id)).rejects.toMatchObject(over);
    for (const wrong of ['', 'x', tokenOf(account), invitationToken('another secret', id)])
      expect(await invitationOf(web.as(ben), secret, wrong)).toBeNull();
    expect(await peopleOf(web.as(ada), account)).toHaveLength(1);
  });

  test('the link stands nowhere in the database', async () => {
    const id = await invite();
    const [row] = await sql<{ kept: string }>(
      `select (select json_agg(i) from account_invitation i)::text || (select json_agg(o) from outbox o)::text ||
              (select json_agg(e) from audit_entry e)::text as kept`
    );
    expect(row?.kept).not.toContain(tokenOf(id));
  });
});

describe('an invitation opens nothing', () => {
  test.each([
    [
      'after its time',
      `update account_invitation set created_at = now() - interval '15 days', expires_at = now() - interval '1 day'`
    ],
    ['when what it offers is past', 'update account_invitation set access_ends_at = now()'],
    ['when whoever sent it holds the account no more', 'delete from account_member']
  ])('%s', async (_, what) => {
    const id = await invite();
    const end = await aPerson();
    await join(end, 'holder', 'act');
    const which = what.startsWith('delete') ? ` where person_id = '${ada.id}'` : ` where id = '${id}'`;
    await sql(what + which);
    await expect(accept(ben, id)).rejects.toMatchObject(over);
    expect(await invitationOf(web.as(ben), secret, tokenOf(id))).toBeNull();
  });

  test('taken back, also while the page is open; and a second click finds nothing', async () => {
    const id = await invite();
    expect(await invitationOf(web.as(ben), secret, tokenOf(id))).not.toBeNull();
    await withdrawInvitation(web.as(ada), ada, id);
    await expect(accept(ben, id)).rejects.toMatchObject(over);
    await expect(withdrawInvitation(web.as(ada), ada, id)).rejects.toMatchObject(over);
    expect(await invitationsTo(web.as(ada), account)).toEqual([]);
  });

  test('when another one took its place, which does', async () => {
    const first = await invite();
    const second = await invite(ada, { scope: 'notices' });
    await expect(accept(ben, first)).rejects.toMatchObject(over);
    await accept(ben, second);
    expect(await peopleOf(web.as(ada), account)).toMatchObject([{}, { scope: 'notices' }]);
  });

  test('when the desk ended the claim of whoever sent it', async () => {
    const id = await invite();
    await endAccess(web.as(grace), grace, { account, person: ada.id });
    await join(eve, 'holder', 'act');
    await expect(accept(ben, id)).rejects.toMatchObject(over);
    expect(await invitationsTo(web.as(eve), account)).toEqual([]);
  });
});

test('whoever has the letter declines without signing in, and who holds the account is told', async () => {
  const id = await invite();
  await post();
  await declineInvitation(web.as(nobody), secret, nobody, tokenOf(id));
  await expect(declineInvitation(web.as(nobody), secret, nobody, tokenOf(id))).rejects.toMatchObject(over);
  await expect(accept(ben, id)).rejects.toMatchObject(over);
  const [toAda, ...others] = await post();
  expect(toAda).toMatchObject({ to: ada.email });
  expect(toAda?.text).toContain(`${ben.email} declined`);
  expect(others).toEqual([]);
});

test('only who holds the account invites, sees invitations and takes them back, be it by SQL', async () => {
  const id = await invite();
  await join(eve, 'authorised', 'act');
  await expect(invite(eve, { email: 'zoe@customer.example' })).rejects.toMatchObject({ kind: 'forbidden' });
  expect(await invitationsTo(web.as(eve), account)).toEqual([]);
  await expect(withdrawInvitation(web.as(eve), eve, id)).rejects.toMatchObject(over);
  const row = {
    ...{ id: account, account_id: account, email: 'zoe@customer.example', kind: 'authorised', scope: 'act' },
    ...{ locale: 'en', digest: 'x', invited_by: eve.id, expires_at: new Date() }
  };
  await expect(web.as(eve).insertInto('account_invitation').values(row).execute()).rejects.toThrow(
    /row-level/
  );
  const late = { ...row, invited_by: ada.id, expires_at: new Date(Date.now() + 15 * 86_400_000) };
  await expect(web.as(ada).insertInto('account_invitation').values(late).execute()).rejects.toThrow(/check/);
  await expect(
    web.as(ada).updateTable('account_invitation').set({ state: 'accepted', ended_at: new Date() }).execute()
  ).rejects.toThrow(/row-level/);
});

test('whoever comes already is not invited again', async () => {
  await join(ben, 'landlord', 'notices');
  await expect(invite()).rejects.toMatchObject({ words: 'access.comes_already' });
});

test('nobody invites without end, and no mailbox is flooded by many', async () => {
  const to = (n: number) => ({ email: `friend${n}.${next}@customer.example` });
  for (let n = 0; n < 10; n += 1) await invite(ada, to(n));
  await expect(invite(ada, to(11))).rejects.toMatchObject({ words: 'access.too_many' });

  next += 1;
  for (let n = 0; n < 3; n += 1) {
    const other = await aPerson();
    await join(other, 'holder', 'act');
    await invite(other, { email: `flooded.${next}@customer.example` });
  }
  await join(eve, 'holder', 'act');
  await expect(invite(eve, { email: `flooded.${next}@customer.example` })).rejects.toMatchObject({
    kind: 'too_many'
  });
});

test('what was answered is forgotten after a month, what waits is not', async () => {
  const [old, waits] = [await invite(), await invite(ada, { email: eve.email })];
  await sql(
    `update account_invitation set state = 'declined', ended_at = now() - interval '31 days' where id = $1`,
    [old]
  );
  await run('accounts.end_past_access', {});
  expect(await sql('select id from account_invitation where account_id = $1', [account])).toEqual([
    { id: waits }
  ]);
});

const join = (who: Somebody, kind: string, scope: string) => aMember(account, who, kind, scope);
