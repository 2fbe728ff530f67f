/** Merging: by the right and the wrong person, in and out of time, what it leaves, and what each customer sees of it. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { requestLetter } from '../letters.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { getRequest } from './queries.ts';
import { mergedInto, mergeRequest, mergeTargets } from './merge.ts';
import { setPriority } from './transitions.ts';
import { readTimeline, referenceOf } from './timeline-queries.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const ben = await aPerson('customer', { name: 'Ben Hill' });
const grace = await aPerson('agent', { name: 'Grace Lind' });
const omar = await aPerson('agent', { name: 'Omar Reed' });
const [household] = await sql<{ id: string }>(
  `insert into account (number, holder) values ('10000001', 'Ada Brook') returning id`
);

const merge = (by: Somebody, reference: string, into: string, seen = 0) =>
  mergeRequest(database.as(by), by, reference, { into, seen });
const rowOf = async (id: string) => (await sql('select * from request where id = $1', [id]))[0];
const eventsOf = (id: string) =>
  sql(`select kind, visibility, payload from request_event where request_id = $1 order by number`, [id]);

test('the one ends and points to the other, which goes on as it was', async () => {
  const [one, other] = [await aRequest(ada, { status: 'open' }), await aRequest(ada, { status: 'waiting' })];
  await merge(grace, one.reference, other.reference);

  expect(await rowOf(one.id)).toMatchObject({ status: 'merged', merged_into: other.id });
  expect(await rowOf(other.id)).toMatchObject({ status: 'waiting', merged_into: null });
  const db = database.as(ada);
  expect(await referenceOf(db, (await getRequest(db, ada, one.reference)).merged_into)).toBe(other.reference);
  expect(await mergedInto(db, other.id)).toMatchObject([{ reference: one.reference }]);
});

test.each([
  ['a customer', ben, 'missing'],
  ['its own customer', ada, 'forbidden']
] as const)('%s cannot merge, and nothing changes', async (_, who, kind) => {
  const [one, other] = [await aRequest(ada), await aRequest(ada)];
  await expect(merge(who, one.reference, other.reference)).rejects.toMatchObject({ kind });
  expect([await rowOf(one.id), await eventsOf(one.id)]).toMatchObject([{ status: 'submitted' }, []]);
});

test('agents merge only what they may see on both sides', async () => {
  const [one, other] = [await aRequest(ada), await aRequest(ada)];
  await ofAnotherTeam(other.id);
  await expect(merge(grace, one.reference, other.reference)).rejects.toMatchObject({ kind: 'missing' });
});

test('what has ended, is resolved, is of somebody else or is itself takes no merge', async () => {
  const one = await aRequest(ada, { status: 'open' });
  const elsewhere = [
    await aRequest(ada, { status: 'closed' }),
    await aRequest(ada, { status: 'resolved' }),
    await aRequest(ben, { status: 'open' }),
    one
  ];
  for (const { reference } of elsewhere)
    await expect(merge(grace, one.reference, reference)).rejects.toMatchObject({ kind: 'forbidden' });

  const target = await aRequest(ada, { status: 'open' });
  for (const status of ['resolved', 'closed', 'cancelled']) {
    const late = await aRequest(ada, { status });
    await expect(merge(grace, late.reference, target.reference)).rejects.toMatchObject({ kind: 'forbidden' });
  }
});

test('a merge on an outdated page is refused and shows whose change came first', async () => {
  const [one, other] = [await aRequest(ada, { status: 'open' }), await aRequest(ada, { status: 'open' })];
  await setPriority(database.as(omar), omar, one.reference, { priority: 1, seen: 0 });
  await expect(merge(grace, one.reference, other.reference)).rejects.toMatchObject({
    kind: 'conflict',
    values: { name: 'Omar Reed' }
  });
});

test('it stands on both timelines, ends the promises, and the customer is written to', async () => {
  const [one, other] = [await aRequest(ada, { status: 'open' }), await aRequest(ada, { status: 'open' })];
  for (const { id } of [one, other])
    await sql(
      `insert into promise (request_id, kind, minutes, due_at) values ($1, 'resolution', 60, now() + interval '1 hour')`,
      [id]
    );
  await merge(grace, one.reference, other.reference);

  expect(await eventsOf(one.id)).toMatchObject([
    { kind: 'status', visibility: 'public', payload: { from: 'open', status: 'merged' } }
  ]);
  expect(await eventsOf(other.id)).toEqual([
    { kind: 'merged', visibility: 'public', payload: { request: one.id } }
  ]);
  const promises = await sql('select request_id, state from promise where request_id = any ($1)', [
    [one.id, other.id]
  ]);
  expect(promises).toEqual(
    expect.arrayContaining([
      { request_id: one.id, state: 'dropped' },
      { request_id: other.id, state: 'running' }
    ])
  );
  expect(
    await sql(`select payload->>'kind' as kind from outbox where payload->>'requestId' = any ($1)`, [
      [one.id, other.id]
    ])
  ).toEqual([{ kind: 'merged' }]);
});

test('within an account each sees their own part; what is private is never merged into unseen', async () => {
  const [adas, bens] = [await aRequest(ada, { status: 'open' }), await aRequest(ben, { status: 'open' })];
  await sql('update request set account_id = $1 where id = any ($2)', [household?.id, [adas.id, bens.id]]);
  await sql('update request set private = true where id = $1', [adas.id]);
  await expect(merge(grace, bens.reference, adas.reference)).rejects.toMatchObject({ kind: 'forbidden' });

  await merge(grace, adas.reference, bens.reference);
  expect(await eventsOf(bens.id), 'Ben is not told that there was another').toMatchObject([
    { visibility: 'internal' }
  ]);
  expect(await readTimeline(database.as(ben), bens.id)).toEqual([]);
  expect(await mergedInto(database.as(ben), bens.id)).toEqual([]);
});

test('two who merge crosswise do not wait for each other for ever: one of them is refused', async () => {
  const [one, other] = [await aRequest(ada, { status: 'open' }), await aRequest(ada, { status: 'open' })];
  const both = await Promise.allSettled([
    merge(grace, one.reference, other.reference),
    merge(omar, other.reference, one.reference)
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('the page offers just what the rule allows', async () => {
  const [kim, lee] = [await aPerson(), await aPerson()];
  const one = await aRequest(kim, { status: 'open' });
  const same = await aRequest(kim, { status: 'waiting' });
  await aRequest(kim, { status: 'closed' });
  await aRequest(lee, { status: 'open' });
  await ofAnotherTeam((await aRequest(kim, { status: 'open' })).id);

  const db = database.as(grace);
  const targets = await mergeTargets(db, grace, await getRequest(db, grace, one.reference));
  expect(targets.map(({ reference }) => reference)).toEqual([same.reference]);
});

test('past all our code the database still merges only into an open one of the same customer, and only once', async () => {
  const [one, other, bens] = [await aRequest(ada), await aRequest(ada), await aRequest(ben)];
  const byHand = (into: string) =>
    database
      .as(grace)
      .transaction()
      .execute((tx) =>
        tx
          .updateTable('request')
          .set({ status: 'merged', merged_into: into })
          .where('id', '=', one.id)
          .execute()
      );
  await expect(byHand(bens.id)).rejects.toThrow();
  await byHand(other.id);
  await expect(byHand((await aRequest(ada)).id)).rejects.toThrow();
});

test('the letter says what became of it, in both languages', () => {
  const head = { origin: 'https://h.example', utilityName: 'N', emergencyPhone: '1', timeZone: 'UTC' };
  const facts = { name: 'Ada', reference: 'AAAA-2222', about: null, due_at: null, visit: null };
  expect(requestLetter(wordsFor('en'), 'merged', facts, head).text).toContain('we have joined the two');
  expect(requestLetter(wordsFor('es'), 'merged', facts, head).text).toContain('las hemos unido');
});

async function ofAnotherTeam(id: string) {
  await sql(`insert into team (code, name) values ('far', 'Far') on conflict do nothing`);
  await sql(`update request set team_id = (select id from team where code = 'far') where id = $1`, [id]);
}
