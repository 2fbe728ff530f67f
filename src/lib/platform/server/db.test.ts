/** The one way to the database: every question says who asks, and a batch holds as a whole or not at all. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody } from '../actor.ts';
import { openDatabase, together, unhurried, type Db } from './db.ts';

const urls = await freshDatabase();
const owner = await makersOn(urls.owner);
let commits = 0;
const database = openDatabase(urls.web, 'hearth_web', { size: 1, onCommit: () => (commits += 1) });
afterAll(() => database.close());

const ada = await owner.aPerson();
const ben = await owner.aPerson();
const asAda = database.as(ada);

const whoActs = async (db: Db) =>
  (await sql<{ id: string | null }>`select app_person() as id`.execute(db)).rows[0]?.id;
const draft = (key: string, form = 'request:GENERAL') => ({ key, form, person_id: ada.id, typed: '{}' });
const drafts = async (...keys: string[]) =>
  (await asAda.selectFrom('draft').select('key').where('key', 'in', keys).execute()).length;

test('each question is asked by its own actor, on one and the same connection', async () => {
  expect(await Promise.all([whoActs(asAda), whoActs(database.as(ben)), whoActs(asAda)])).toEqual([
    ada.id,
    ben.id,
    ada.id
  ]);
  expect(await whoActs(database.as(nobody))).toBeNull();
});

test('the database can be told by a statement of its own who asks, and it is heard before all else', async () => {
  const heard: object[] = [];
  const named = database.asNamedBy({
    statement: { text: `select set_config('app.person', $1, true) as id`, values: [ada.id] },
    heard: ({ rows }) => heard.push(...rows)
  });
  expect(await whoActs(named).then((id) => [id, heard.length])).toEqual([ada.id, 1]);
  expect(await named.transaction().execute(whoActs)).toBe(ada.id);
  expect(heard).toEqual([{ id: ada.id }, { id: ada.id }]);
});

test('nothing of the actor stays on the connection', async () => {
  await whoActs(asAda);
  await asAda.transaction().execute(whoActs);
  const { rows } = await database.pool.query<{ id: string }>(
    `select current_setting('app.person', true) as id`
  );
  expect(rows[0]?.id ?? '').toBe('');
});

test('what may be lost waits for no disk, and all else does', async () => {
  const waits = async (one: Db) =>
    (await sql<{ way: string }>`select current_setting('synchronous_commit') as way`.execute(one)).rows[0]
      ?.way;
  await database.pool.query('set synchronous_commit = on');
  expect([await unhurried(asAda, waits), await waits(asAda)]).toEqual(['off', 'on']);
});

test('questions in one breath are one transaction', async () => {
  const xid = (one: Db) => sql`select pg_current_xact_id()::text as xid, app_person() as id`.execute(one);
  const [first, second] = await together(asAda, (one) => Promise.all([xid(one), xid(one)]));
  expect(first.rows).toEqual([{ xid: expect.any(String), id: ada.id }]);
  expect(second.rows).toEqual(first.rows);
  expect((await xid(asAda)).rows).not.toEqual(first.rows);
});

test('when one of them fails, none of them has happened', async () => {
  const key = randomUUID();
  const both = together(asAda, (one) => {
    const kept = one.insertInto('draft').values(draft(key)).execute();
    const failing = sql`select 1 / 0`.execute(one);
    return Promise.allSettled([kept, failing]);
  });
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await drafts(key)).toBe(0);
});

test('a failure in a transaction is told by the statement that failed, and nothing of it stays', async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  const before = commits;
  const storing = asAda
    .transaction()
    .execute((tx) =>
      together(tx, (one) =>
        Promise.all([
          one.insertInto('draft').values(draft(first)).execute(),
          sql`select 1 / 0`.execute(one),
          one.insertInto('draft').values(draft(second)).execute()
        ])
      )
    );
  await expect(storing).rejects.toMatchObject({ code: '22012' });
  expect(await drafts(first, second)).toBe(0);
  expect(commits).toBe(before);
});

test('a failure that was swallowed does not let the transaction pass for committed', async () => {
  const swallowing = asAda.transaction().execute((tx) => sql`select 1 / 0`.execute(tx).catch(() => null));
  await expect(swallowing).rejects.toThrow();
});

test('what fails only at the commit fails the question', async () => {
  await owner.sql(`create table late (id integer primary key,
                                      before integer references late deferrable initially deferred)`);
  await owner.sql('grant insert on late to hearth_web');
  const inserting = sql`insert into late values (1, 2)`.execute(asAda);
  await expect(inserting).rejects.toMatchObject({ code: '23503' });
});

test('after a failure the connection answers on, also what failed when it was first prepared', async () => {
  const half = (by: number) => sql<{ half: number }>`select 8 / ${by}::int as half`.execute(asAda);
  await expect(half(0)).rejects.toMatchObject({ code: '22012' });
  expect((await half(2)).rows).toEqual([{ half: 4 }]);
  await expect(sql`select nothing from nowhere`.execute(asAda)).rejects.toMatchObject({ code: '42P01' });
  await expect(sql`select nothing from nowhere`.execute(asAda)).rejects.toMatchObject({ code: '42P01' });
  expect((await half(4)).rows).toEqual([{ half: 2 }]);
});

test('a transaction goes on after a pause, with the same actor', async () => {
  const seen = await asAda.transaction().execute(async (tx) => {
    const first = await whoActs(tx);
    await new Promise((soon) => setTimeout(soon, 10));
    return [first, await whoActs(tx)];
  });
  expect(seen).toEqual([ada.id, ada.id]);
});

test('values travel as they are: moments, lists, nothing, and numbers of rows', async () => {
  const at = new Date('2027-03-09T08:00:00.123Z');
  const { rows } = await sql`
    select ${at}::timestamptz as at, ${['a,"b', 'c']}::text[] as list, ${null}::text as nothing, ${true}::boolean as yes,
           7::bigint as big, '{"a": 1}'::jsonb as json, '2027-03-09'::date as day`.execute(asAda);
  expect(rows).toEqual([
    { at, list: ['a,"b', 'c'], nothing: null, yes: true, big: '7', json: { a: 1 }, day: '2027-03-09' }
  ]);
  const gone = await asAda.deleteFrom('draft').where('key', '=', randomUUID()).executeTakeFirst();
  expect(gone.numDeletedRows).toBe(0n);
});
