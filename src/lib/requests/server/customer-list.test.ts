/** A customer's list: theirs and what their accounts share with them, and nothing of anybody else. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { listRequests, pageSize, type Listing } from './customer-list.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const list = (who: Somebody, also: Partial<Listing> = {}) =>
  listRequests(database.as(who), { show: 'all', search: '', page: 1, ...also });
const references = async (who: Somebody, also: Partial<Listing> = {}) =>
  (await list(who, also)).requests.map(({ reference }) => reference);

let accounts = 0;
async function anAccount(...members: [Somebody, scope: string][]) {
  const number = String(10_000_000 + (accounts += 1));
  const [account] = await sql<{ id: string }>(
    `insert into account (number, holder) values ($1, 'Somebody') returning id`,
    [number]
  );
  for (const [{ id }, scope] of members) {
    await sql(
      `insert into account_member (account_id, person_id, kind, scope) values ($1, $2, 'authorised', $3)`,
      [account?.id, id, scope]
    );
  }
  return account?.id;
}

test('somebody who never asked has an empty list of one page', async () => {
  expect(await list(await aPerson())).toEqual({ requests: [], total: 0, pages: 1 });
});

test('the newest stands first, and those of others are not there', async () => {
  const [ada, ben] = [await aPerson(), await aPerson()];
  const first = await aRequest(ada);
  await aRequest(ben);
  const second = await aRequest(ada);
  expect(await references(ada)).toEqual([second.reference, first.reference]);
});

test('members of an account see what is asked for it, by their scope, and never what is private', async () => {
  const [ada, viewer, told] = [await aPerson(), await aPerson(), await aPerson()];
  const account = await anAccount([viewer, 'view'], [told, 'notices']);
  const [shared, hidden] = [await aRequest(ada), await aRequest(ada)];
  await sql('update request set account_id = $1 where id = any ($2)', [account, [shared.id, hidden.id]]);
  await sql('update request set private = true where id = $1', [hidden.id]);

  expect(await list(viewer)).toMatchObject({
    total: 1,
    requests: [{ reference: shared.reference, own: false }]
  });
  expect(await references(told)).toEqual([]);
  expect(await references(ada)).toHaveLength(2);
});

test('one’s own request for a shared account stands there once', async () => {
  const ada = await aPerson();
  const account = await anAccount([ada, 'act']);
  const { id, reference } = await aRequest(ada);
  await sql('update request set account_id = $1 where id = $2', [account, id]);
  expect([await references(ada), (await list(ada)).total]).toEqual([[reference], 1]);
});

test('what waits for an answer stands first, on its page and before all later ones, and once', async () => {
  const ada = await aPerson();
  const waits = await aRequest(ada, { status: 'waiting' });
  const later: string[] = [];
  for (let i = 0; i < pageSize; i += 1) later.unshift((await aRequest(ada)).reference);
  expect(await references(ada)).toEqual([waits.reference, ...later.slice(0, -1)]);
  expect(await references(ada, { page: 2 })).toEqual(later.slice(-1));
  expect((await list(ada)).requests[0]).toMatchObject({ needs_you: true });
});

test('open and past are told apart', async () => {
  const ada = await aPerson();
  const open = [await aRequest(ada, { status: 'scheduled' }), await aRequest(ada, { status: 'waiting' })];
  const past = [await aRequest(ada, { status: 'resolved' }), await aRequest(ada, { status: 'cancelled' })];
  const named = (requests: { reference: string }[]) => requests.map(({ reference }) => reference).reverse();
  expect(await references(ada, { show: 'open' })).toEqual(named(open));
  expect(await references(ada, { show: 'past' })).toEqual(named(past));
});

test('it is searched by words and by reference, and a sign of the search language is a plain sign', async () => {
  const ada = await aPerson();
  const { reference } = await aRequest(ada);
  expect(await references(ada, { search: 'TOO HIGH' })).toEqual([reference]);
  expect(await references(ada, { search: reference.toLowerCase() })).toEqual([reference]);
  expect(await references(ada, { search: '%' })).toEqual([]);
});

test('pages follow each other without a gap, and a page beyond the last is empty', async () => {
  const ada = await aPerson();
  const all: string[] = [];
  for (let i = 0; i <= pageSize; i += 1) all.unshift((await aRequest(ada)).reference);

  expect(await list(ada)).toMatchObject({ total: pageSize + 1, pages: 2 });
  expect([...(await references(ada)), ...(await references(ada, { page: 2 }))]).toEqual(all);
  expect(await references(ada, { page: 3 })).toEqual([]);
});
