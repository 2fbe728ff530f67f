/** What happens on a request keeps, pauses, misses and starts its promises, and says so on the timeline. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { promisesNow, startPromises } from '#lib/sla/server/commands.ts';
import { answeredPromises, askedPromises, followPromises, missedPromises } from './promises.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());
const ada = await aPerson();
const grace = await aPerson('agent', { name: 'Grace Hill' });
const pledge = { first_response_hours: 4, resolution_hours: 40, hours: 'clock' as const };
const minute = 60_000;

let id: string;
beforeEach(async () => {
  ({ id } = await aRequest(ada, { status: 'open' }));
});

test('an answer in time keeps the first promise, and only staff read of it', async () => {
  await promised();
  await act(grace, (tx) => answeredPromises(tx, id));

  expect(await promises()).toEqual({ first_response: 'kept', resolution: 'running' });
  expect(await events()).toEqual([['internal', 'first_response', 'kept']]);
});

test('a late answer misses it even when no sweep came by, and the customer reads of it', async () => {
  await promised(4 * 60 + 1);
  await act(grace, (tx) => answeredPromises(tx, id));

  expect(await promises()).toEqual({ first_response: 'missed', resolution: 'running' });
  expect(await events()).toEqual([['public', 'first_response', 'missed']]);
});

test('a promise that ran out is said to be missed once, and the request stays overdue until it is done', async () => {
  await promised(5 * 60);
  const started = await dueIn();
  await act(grace, (tx) => missedPromises(tx, id));
  await act(grace, (tx) => missedPromises(tx, id));

  expect(await events()).toEqual([['public', 'first_response', 'missed']]);
  expect(started).toBeLessThan(0);
  expect(await dueIn()).toBeCloseTo(started, 0);

  await act(grace, (tx) => answeredPromises(tx, id));
  expect(await events()).toHaveLength(1);
  expect(await dueIn()).toBeCloseTo(35 * 60, 0);
});

test('while we wait for the customer nothing is due, and afterwards what was left is', async () => {
  await promised(60);
  await become('waiting');
  expect(await promises()).toEqual({ first_response: 'paused', resolution: 'paused' });
  expect(await dueIn()).toBe(Infinity);

  await become('open');
  expect(await dueIn()).toBeCloseTo(3 * 60, 0);
});

test('a reply of the customer is promised an answer, once until we have answered', async () => {
  await promised();
  await act(ada, (tx) => askedPromises(tx, id));
  expect(await promises()).toEqual({ first_response: 'running', resolution: 'running' });

  await act(grace, (tx) => answeredPromises(tx, id));
  await act(ada, (tx) => askedPromises(tx, id));
  await act(ada, (tx) => askedPromises(tx, id));
  expect(await promises()).toEqual({
    first_response: 'kept',
    next_response: 'running',
    resolution: 'running'
  });
  expect(await dueIn()).toBeCloseTo(4 * 60, 0);
});

test('a resolution keeps what it is in time for, and leaves nothing due', async () => {
  await promised(5 * 60);
  await become('resolved');

  expect(await promises()).toEqual({ first_response: 'missed', resolution: 'kept' });
  expect(await dueIn()).toBe(Infinity);
});

test('a request that is opened again goes on where its clock had stopped', async () => {
  await promised(10 * 60);
  await act(grace, (tx) => answeredPromises(tx, id));
  await become('resolved');
  await become('open');

  const running = await sql<{ kind: string; minutes: number }>(
    `select kind, minutes from promise where request_id = $1 and state = 'running' order by kind`,
    [id]
  );
  expect(running).toEqual([
    { kind: 'next_response', minutes: 240 },
    { kind: 'resolution', minutes: 30 * 60 }
  ]);
});

test('what is asked for a day in sixty rests once we have answered, and is not late before that day', async () => {
  const day = new Date(Date.now() + 60 * 24 * 60 * minute).toISOString().slice(0, 10);
  const wished = promisesNow(pledge, new Date(), { day, clock: 'until' });
  await act(ada, (tx) => startPromises(tx, id, wished, new Date()));
  await act(grace, (tx) => answeredPromises(tx, id));
  await act(grace, (tx) => missedPromises(tx, id));

  expect(await promises()).toEqual({ first_response: 'kept', resolution: 'running' });
  expect((await dueIn()) / 60 / 24).toBeGreaterThan(58);
  const [row] = await sql('select rank, rests_until < due_at as rests from request where id = $1', [id]);
  expect(row).toEqual({ rank: 9, rests: true });

  // What the customer asks meanwhile is owed at once.
  await act(ada, (tx) => askedPromises(tx, id));
  expect(await sql('select rank, rests_until from request where id = $1', [id])).toEqual([
    { rank: 7, rests_until: null }
  ]);
});

test('a cancelled request is promised nothing any more', async () => {
  await promised();
  await become('cancelled');
  expect(await promises()).toEqual({ first_response: 'dropped', resolution: 'dropped' });
  expect(await dueIn()).toBe(Infinity);
  expect(await events()).toEqual([]);
});

/** The request was promised something so many minutes ago. */
async function promised(minutesAgo = 0) {
  const began = new Date(Date.now() - minutesAgo * minute);
  // A customer starts no clock in the past; who looks after them may.
  await act(grace, (tx) => startPromises(tx, id, promisesNow(pledge, began), began));
  await sql(
    `update request set due_at = (select min(due_at) from promise where request_id = $1) where id = $1`,
    [id]
  );
}

async function become(status: 'open' | 'waiting' | 'resolved' | 'cancelled') {
  const [before] = await sql<{ status: 'open' }>('select status from request where id = $1', [id]);
  await act(grace, async (tx) => {
    await tx.updateTable('request').set({ status }).where('id', '=', id).execute();
    await followPromises(tx, id, before?.status ?? 'open', status);
  });
}

function act(who: Somebody, what: (tx: ReturnType<typeof database.as>) => Promise<unknown>) {
  return database
    .as(who)
    .transaction()
    .execute((tx) => what(tx));
}

async function promises() {
  const rows = await sql<{ kind: string; state: string }>(
    'select kind, state from promise where request_id = $1 order by kind, started_at',
    [id]
  );
  return Object.fromEntries(rows.map(({ kind, state }) => [kind, state]));
}

async function events() {
  const rows = await sql<{ visibility: string; payload: { promise: string; state: string } }>(
    `select visibility, payload from request_event where request_id = $1 and kind = 'promise' order by number`,
    [id]
  );
  return rows.map(({ visibility, payload }) => [visibility, payload.promise, payload.state]);
}

/** In how many minutes the request is due. */
async function dueIn() {
  const [row] = await sql<{ minutes: number }>(
    `select extract(epoch from nullif(due_at, 'infinity') - now())::float8 / 60 as minutes from request where id = $1`,
    [id]
  );
  return row?.minutes ?? Infinity;
}
