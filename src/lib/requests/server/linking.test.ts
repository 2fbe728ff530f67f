/** Linking: a request that names no account gets one at the desk, nobody else's words become readable by it, and a mistake is undone. */
import { afterAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { fourTests } from '../../../../tests/support/four-tests.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { findAccounts, saidIn } from '#lib/accounts/server/account-search.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { linkRequest } from './linking.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const neighbour = await aPerson('customer', { name: 'Ben Neighbour' });
const grace = await aPerson('agent');
const mill = await anAccount('60010001', 'Ada Mercer', '12 Mill Lane');
const oak = await anAccount('60010002', 'Ben Neighbour', '7 Oak Street');
await sql(
  `insert into account_member (account_id, person_id, kind, scope) values ($1, $2, 'holder', 'act')`,
  [mill.id, neighbour.id]
);
const link = (by: typeof grace, reference: string, place: typeof mill | null, seen = 0) =>
  linkRequest(database.as(by), by, reference, {
    account: place?.id ?? null,
    premises: place?.premises ?? null,
    seen
  });

fourTests(
  { owner: ada, aRequest, sql },
  {
    linkRequest: {
      does: (by, reference) => link(by, reference, mill),
      by: grace,
      on: 'open',
      makes: { account_id: mill.id, premises_id: mill.premises },
      notBy: ada,
      says: 'forbidden',
      notOn: 'closed',
      events: ['account'],
      letters: []
    }
  }
);

test('who is on the account does not read what a stranger wrote, until it is theirs', async () => {
  const { id, reference } = await aRequest(ada);
  await link(grace, reference, mill);
  const seen = () => database.as(neighbour).selectFrom('request').select('id').where('id', '=', id).execute();
  expect(await seen()).toEqual([]);
  const own = await aRequest(neighbour);
  await link(grace, own.reference, mill);
  expect(await rowOf(own.id)).toMatchObject({ private: false });
});

test('a wrong link is changed, and taken off again', async () => {
  const { id, reference } = await aRequest(ada);
  await link(grace, reference, mill);
  await link(grace, reference, oak, 1);
  expect(await rowOf(id)).toMatchObject({ account_id: oak.id, private: true });
  await link(grace, reference, null, 2);
  expect(await rowOf(id)).toMatchObject({
    account_id: null,
    premises_id: null,
    account_linked_at: null,
    private: false
  });
});

test('what the customer chose stays, for the command and for the database', async () => {
  const { id, reference } = await aRequest(ada);
  await sql('update request set account_id = $1 where id = $2', [mill.id, id]);
  await expect(link(grace, reference, oak)).rejects.toMatchObject({ kind: 'forbidden' });
  const past = database.as(grace).updateTable('request').set({ account_id: oak.id }).where('id', '=', id);
  await expect(past.execute()).rejects.toThrow(/what the customer chose stays/);
});

test('a home of another account is refused, and customers link nothing past our code', async () => {
  const { id, reference } = await aRequest(ada);
  const crossed = { ...mill, premises: oak.premises };
  await expect(link(grace, reference, crossed)).rejects.toMatchObject({ kind: 'invalid' });
  const past = database
    .as(ada)
    .updateTable('request')
    .set({ account_id: mill.id, premises_id: mill.premises })
    .where('id', '=', id);
  await expect(past.execute()).rejects.toThrow();
  const hidden = database.as(ada).updateTable('request').set({ private: true }).where('id', '=', id);
  await expect(hidden.execute()).rejects.toThrow();
});

describe('an account is found', () => {
  const found = async (said: Parameters<typeof findAccounts>[1], by = grace) =>
    (await findAccounts(database.as(by), said)).map(({ number }) => number);

  test.each([
    ['by its number, with spaces', { number: '6001 0001' }, '60010001'],
    ['by its number, as it was pasted', { number: '#６００１\u2013０００１.' }, '60010001'],
    ['by an address as somebody wrote it', { words: '12 mill ln, Millbrook 01001' }, '60010001'],
    ['by a street with a typing mistake', { words: '7 Oka Street Millbrook' }, '60010002'],
    ['by the name of its holder', saidIn('ada mercer'), '60010001'],
    ['not by nonsense', saidIn('zzzz qqqq'), undefined]
  ])('%s', async (_, said, likeliest) => {
    expect((await found(said))[0]).toBe(likeliest);
  });

  test('and by staff alone', async () => {
    expect(await found({ number: '60010001' }, ada)).toEqual([]);
  });
});

const rowOf = async (id: string) => (await sql('select * from request where id = $1', [id]))[0];

async function anAccount(number: string, holder: string, line: string) {
  const [made] = await sql<{ id: string; premises: string }>(
    `with a as (insert into account (number, holder) values ($1, $2) returning id)
     insert into premises (account_id, line, town, postcode) select id, $3, 'Millbrook', '01001' from a
     returning account_id as id, id as premises`,
    [number, holder, line]
  );
  if (!made) throw new Error('no account');
  return made;
}
