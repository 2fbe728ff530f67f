/** How long requests take: learned from those of late, said once, held against what came of it, and seen by few. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { followRequest } from './customer-queries.ts';
import { setStatus } from './transitions.ts';
import { settleWaits } from './wait-outcomes.ts';
import { expectedOf, learnWaits } from './waits.ts';
import { waitsRecord } from './waits-record.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const ada = await aPerson();
const grace = await aPerson('agent');
const { reference, id } = await aRequest(ada);
const now = new Date();
const at = { t: wordsFor('en'), zone: 'UTC', now };
const look = async (who = ada) => {
  const db = database.as(who);
  const { request, ...standing } = await followRequest(db, who, { reference, key: null });
  return { told: await expectedOf(db, { ...request, ...standing }, at), ...standing };
};
const kept = () => sql<{ said: string; outcome: string | null }>('select said, outcome from wait_estimate');

test('nothing is said before ten of a kind have ended', async () => {
  await learnWaits(worker.as(system), now);
  expect((await look()).told).toBeNull();
  expect(await kept()).toEqual([]);
});

test('it is said as such requests went of late, and kept once however often it is read', async () => {
  await sql(
    `insert into request (reference, requester_id, service_type, service_version, description, channel, locale, status,
                          submitted_at, first_response_at, resolved_at, closed_at)
     select '2222-' || translate(to_char(n, 'FM0000'), '0123456789', 'ABCDEFGHJK'), requester_id, service_type,
            service_version, '', channel, 'en', 'closed', now() - interval '20 days',
            now() - interval '20 days', now() - interval '20 days' + n * interval '2 hours', now() - interval '1 day'
     from request, generate_series(1, 40) n where id = $1`,
    [id]
  );
  await learnWaits(worker.as(system), now);
  const first = await look();
  expect(first).toMatchObject({
    told: expect.stringMatching(/^It will most likely be done between /),
    said: []
  });
  // Whoever looks again finds it kept, and writes nothing.
  expect(await look()).toEqual({ ...first, said: [expect.any(String)] });
  expect(await kept()).toHaveLength(1);
});

test('what came of it is held against it', async () => {
  await settleWaits(worker.as(system));
  expect((await kept())[0]?.outcome).toBeNull();
  await sql(`update wait_estimate set said_at = now() - interval '3 days', earliest = now() - interval '2 days',
             latest = now() + interval '1 day'`);
  await setStatus(database.as(grace), grace, reference, { status: 'resolved', seen: 99 });
  await settleWaits(worker.as(system));
  expect((await kept())[0]?.outcome).toBe('right');
});

test('those who answer for it see how often we were right; others do not', async () => {
  const sam = await aPerson('supervisor');
  const { kinds, weeks } = await waitsRecord(database.as(sam), sam);
  expect(kinds).toMatchObject([{ awaits: 'resolution', said: 1, right: 1, early: 0, late: 0 }]);
  expect(weeks).toMatchObject([{ said: 1, right: 1 }]);
  await expect(waitsRecord(database.as(grace), grace)).rejects.toMatchObject({ kind: 'missing' });
  expect(await database.as(grace).selectFrom('wait_estimate').select('id').execute()).toEqual([]);
  expect(await database.as(ada).selectFrom('wait_estimate').select('id').execute()).toEqual([]);
});

test('nobody keeps an estimate of a request that is not theirs, nor one that is judged already', async () => {
  const eve = await aPerson();
  const [request] = await sql<{ service_type: string; team_id: string | null }>(
    'select service_type, team_id from request where id = $1',
    [id]
  );
  const row = { request_id: id, awaits: 'resolution', said: 'x', ...request!, earliest: now, latest: now };
  await expect(database.as(eve).insertInto('wait_estimate').values(row).execute()).rejects.toThrow(
    /row-level/
  );
  await expect(
    database
      .as(ada)
      .insertInto('wait_estimate')
      .values({ ...row, outcome: 'late' })
      .execute()
  ).rejects.toThrow(/row-level/);
});

test('what was said more than a year ago is forgotten', async () => {
  await sql(`update wait_estimate set said_at = now() - interval '401 days'`);
  await settleWaits(worker.as(system));
  expect(await kept()).toEqual([]);
});
