/** Connecting an account: whoever has number, postcode and code is let in, once; all others learn nothing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { system } from '#lib/platform/actor.ts';
import type { Post } from '#lib/platform/server/mail.ts';
import { claimAccount } from './claiming.ts';
import { codeOf, sendNewCode } from './codes.ts';
import { accountJobs } from './jobs.ts';

const secret = 'a secret that only this test installation knows';
const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const signIn = openDatabase(urls.auth, 'hearth_auth');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), signIn.close(), worker.close()]));
const counter = { db: signIn.as(system), secret };

const grace = await aPerson('agent', { name: 'Grace Brook' });
let account: { id: string; number: string };
let code: string;
let next = 50_010_000;
let home = 0;
beforeEach(async () => {
  home += 1;
  account = await anAccount();
  code = await aCode();
});

const claim = (who: Somebody, also: Partial<{ number: string; postcode: string; code: string }> = {}) =>
  claimAccount(
    web.as(who),
    counter,
    who,
    { number: account.number, postcode: '01001', code, ...also },
    `10.0.0.${home}`
  );

test('the first to connect an account nobody holds is its holder, and may act', async () => {
  const ada = await aPerson();
  expect(await claim(ada)).toMatchObject({ id: account.id, kind: 'holder', scope: 'act' });
  expect(await members()).toEqual([{ person_id: ada.id, kind: 'holder', scope: 'act' }]);
  expect(
    await sql('select actor_id, detail->>$2 as kind from audit_entry where subject_id = $1 and action = $3', [
      account.id,
      'kind',
      'account.claimed'
    ])
  ).toEqual([{ actor_id: ada.id, kind: 'holder' }]);
});

test('who comes after the holder may only look', async () => {
  const [ada, ben] = [await aPerson(), await aPerson()];
  await claim(ada);
  code = await aCode();
  expect(await claim(ben)).toMatchObject({ kind: 'authorised', scope: 'view' });
});

test('a postcode is the same with or without its spaces, in small letters, and with the four digits more', async () => {
  await sql(`update premises set postcode = 'SW1A 1AA' where account_id = $1`, [account.id]);
  expect(await claim(await aPerson(), { postcode: 'sw1a1aa' })).toMatchObject({ kind: 'holder' });
  account = await anAccount();
  code = await aCode();
  expect(await claim(await aPerson(), { postcode: '01001-4321' })).toMatchObject({ kind: 'holder' });
});

describe('nobody is told which of the three is wrong', () => {
  test.each([
    ['number', { number: '59999999' }],
    ['postcode', { postcode: '01002' }],
    ['code', { code: '2222-2222' }]
  ])('%s', async (_, wrong) => {
    await expect(claim(await aPerson(), wrong)).rejects.toMatchObject({
      kind: 'invalid',
      words: 'accounts.claim_wrong'
    });
    expect(await members()).toEqual([]);
  });
});

test('a code works once, and not after its time', async () => {
  await claim(await aPerson());
  await expect(claim(await aPerson())).rejects.toMatchObject({ words: 'accounts.claim_wrong' });
  code = await aCode();
  await sql(`update account_code set expires_at = now() where account_id = $1`, [account.id]);
  await expect(claim(await aPerson())).rejects.toMatchObject({ words: 'accounts.claim_wrong' });
});

test('of two who use one code at once, one is let in', async () => {
  const both = await Promise.allSettled([claim(await aPerson()), claim(await aPerson())]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await members()).toHaveLength(1);
});

test('of two codes used at once on an account nobody holds, one makes the holder', async () => {
  const onBill = await aCode('bill');
  code = await aCode();
  await Promise.all([claim(await aPerson()), claim(await aPerson(), { code: onBill })]);
  expect((await members()).map(({ kind }) => kind).sort()).toEqual(['authorised', 'holder']);
});

test('a member who types a code again keeps what they have, and uses nothing up', async () => {
  const ada = await aPerson();
  await claim(ada);
  code = await aCode();
  expect(await claim(ada)).toMatchObject({ kind: 'holder', scope: 'act' });
  expect(await claim(await aPerson())).toMatchObject({ kind: 'authorised' });
});

test('whoever guesses is stopped, by person and by account, and staff have no business here', async () => {
  const eve = await aPerson();
  for (let each = 0; each < 10; each += 1)
    await expect(claim(eve, { code: '2222-2222' })).rejects.toMatchObject({ kind: 'invalid' });
  await expect(claim(eve)).rejects.toMatchObject({ kind: 'too_many' });
  await expect(claim(grace)).rejects.toMatchObject({ kind: 'forbidden' });
  expect(await members()).toEqual([]);
});

test('the code stands nowhere in the database', async () => {
  await sendNewCode(web.as(grace), grace, secret, account);
  const [row] = await sql<{ kept: string }>(
    `select (select json_agg(c) from account_code c)::text || coalesce((select json_agg(o) from outbox o)::text, '') ||
            (select json_agg(e) from audit_entry e)::text as kept`
  );
  expect(row?.kept).not.toContain(code);
  expect(row?.kept).not.toContain(code.replace('-', ''));
});

test('a code that is asked for by two clicks is one letter', async () => {
  const asked = { ...account, key: randomUUID() };
  const count = async () => (await sql(`select 1 from outbox where job = 'accounts.send_code'`)).length;
  const before = await count();
  await Promise.all([1, 2].map(() => sendNewCode(web.as(grace), grace, secret, asked)));
  expect(await count()).toBe(before + 1);
});

test('the web role cannot read codes, nor make itself a member', async () => {
  const ada = await aPerson();
  await expect(web.as(ada).selectFrom('account_code').selectAll().execute()).rejects.toThrow(/denied/);
  const mine = { account_id: account.id, person_id: ada.id, kind: 'holder', scope: 'act' };
  await expect(web.as(ada).insertInto('account_member').values(mine).execute()).rejects.toThrow(/denied/);
});

describe('letters', () => {
  test('a code asked for at the desk goes by post, to the address on file, and ends the one before', async () => {
    const before = code;
    await sendNewCode(web.as(grace), grace, secret, account);
    const [letter] = await post();
    expect(letter).toMatchObject({ to: 'post-room@gas.example' });
    expect(letter?.text).toMatch(/^Ada Mercer\n1 Mill Lane\nMillbrook 01001\n/);
    const [sent = ''] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(letter?.text ?? '') ?? [];
    await expect(claim(await aPerson(), { code: before })).rejects.toMatchObject({ kind: 'invalid' });
    expect(await claim(await aPerson(), { code: sent })).toMatchObject({ kind: 'holder' });
    await expect(sendNewCode(web.as(grace), await aPerson(), secret, account)).rejects.toMatchObject({
      kind: 'forbidden'
    });
  });

  test('what stands on a bill goes on working when a letter is sent', async () => {
    const onBill = await aCode('bill');
    await sendNewCode(web.as(grace), grace, secret, account);
    expect(await claim(await aPerson(), { code: onBill })).toMatchObject({ kind: 'holder' });
  });

  test('a holder hears of whoever comes later by e-mail, and of themself by post', async () => {
    const ada = await aPerson();
    await claim(ada);
    const [paper] = await post();
    expect(paper).toMatchObject({ to: 'post-room@gas.example' });
    expect(paper?.text).toContain(ada.email);

    code = await aCode();
    const eve = await aPerson('customer', { name: 'Visit evil.example' });
    await claim(eve);
    const [letter] = await post();
    expect(letter).toMatchObject({ to: ada.email });
    expect(letter?.text).toContain(eve.email);
    expect(letter?.text).not.toContain('evil.example');
  });
});

async function anAccount() {
  next += 1;
  const [made] = await sql<{ id: string; number: string }>(
    `with a as (insert into account (number, holder) values ($1, 'Ada Mercer') returning id, number),
          p as (insert into premises (account_id, line, town, postcode) select id, '1 Mill Lane', 'Millbrook', '01001' from a)
     select id, number from a`,
    [String(next)]
  );
  if (!made) throw new Error('no account');
  return made;
}

/** What a letter or bill would bring, made as the code's own maker makes it. */
async function aCode(source = 'letter') {
  await sendNewCode(web.as(grace), grace, secret, account);
  const [{ id } = { id: '' }] = await sql<{ id: string }>(
    'update account_code set source = $2 where id = (select id from account_code where account_id = $1 order by id desc limit 1) returning id',
    [account.id, source]
  );
  await sql('delete from outbox');
  return codeOf(id, secret);
}

const members = () =>
  sql<{ person_id: string; kind: string; scope: string }>(
    'select person_id, kind, scope from account_member where account_id = $1 order by kind desc',
    [account.id]
  );

async function post() {
  const sent: { to: string; text: string }[] = [];
  const box: Post = { send: async (mail) => void sent.push(mail), close: () => {} };
  const head = { origin: 'http://localhost', utilityName: 'Gas', utilityPhone: '1', timeZone: 'UTC', secret };
  const jobs = accountJobs(box, { ...head, postRoom: 'post-room@gas.example' });
  const waiting = await sql<{ job: keyof typeof jobs; payload: never }>(
    'delete from outbox returning job, payload'
  );
  for (const { job, payload } of waiting) await jobs[job](worker.as(system), payload);
  return sent;
}
