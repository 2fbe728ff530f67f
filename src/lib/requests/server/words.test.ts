/** Looking for words on the desk: far down the queue too, by every rule of who sees what, and never what has ended. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { listQueue } from './queue.ts';
import { gatherWords } from './words.ts';

const urls = await freshDatabase();
const { aPerson, aServiceType, sql: owner } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), worker.close()]));
const gather = () => gatherWords(worker.as(system));

const ada = await aPerson('customer', { name: 'Ada Quillfeather' });
const ben = await aPerson();
const teams = await owner<{ id: string }>(
  `insert into team (code, name) values ('bills', 'Bills'), ('field', 'Field') returning id`
);
const grace = await staff('agent', teams[0]?.id ?? null);
const lone = await staff('agent', null);
const sam = await staff('supervisor', null);
const type = await aServiceType();

// 3,000 open requests of everybody: of one team, of the other, of none; some given to Grace; all but a few say "water".
beforeAll(async () => {
  await owner(
    `insert into request (reference, requester_id, service_type, service_version, description, channel, status,
                          team_id, agent_id, due_at)
     select '2222-' || substr(signs, n / 32768 % 32 + 1, 1) || substr(signs, n / 1024 % 32 + 1, 1)
                    || substr(signs, n / 32 % 32 + 1, 1) || substr(signs, n % 32 + 1, 1),
            case when n = 2990 then $1::uuid else $2::uuid end, $3, 1,
            case when n = 2999 then 'A zebra crossing' when n = 3000 then 'Hot Water and zinc' else 'Hot water' end,
            'web', 'open', ($4::uuid[])[n % 3 + 1], case when n % 100 = 0 then $5::uuid end,
            timestamptz '2027-03-09 08:00Z' + n * interval '1 minute'
     from generate_series(1, 3000) n, (values ('23456789ABCDEFGHJKLMNPQRSTUVWXYZ')) as alphabet (signs)`,
    [ada.id, ben.id, type, [...teams.map(({ id }) => id), null], grace.id]
  );
  await owner('analyze request');
  await gather();
});

const found = async (who: Somebody, search: string) =>
  (await listQueue(web.as(who), who, { queue: 'all', search, after: null })).requests.map(
    ({ written }) => written
  );

test('a word that hardly anybody uses is found far down the queue, and one that nobody uses is not', async () => {
  expect(await found(sam, 'ZEBRA')).toEqual(['A zebra crossing']);
  expect(await found(sam, 'hippopotamus')).toEqual([]);
});

test('who asked is found by their name, and what is typed is never a pattern', async () => {
  expect(await found(sam, 'quillf')).toEqual(['Hot water']);
  expect(await found(sam, 'zebra_crossing')).toEqual([]);
  expect(await found(sam, '%%%')).toEqual([]);
});

test('a word that everybody uses fills a page with what is due first', async () => {
  expect(await found(sam, 'water')).toHaveLength(50);
});

test.each([
  ['an agent of a team', grace],
  ['an agent of no team', lone],
  ['a supervisor', sam],
  ['a customer', ada]
])('%s finds by words exactly what row-level security lets them see', async (_who, person) => {
  const db = web.as(person);
  const { rows: mentioned } = await sql<{ id: string }>`select requests_mentioning('%hot%') as id`.execute(
    db
  );
  const { rows: visible } = await sql<{
    id: string;
  }>`select id from request where description like 'Hot%'`.execute(db);
  const right = person === ada ? [] : visible;
  expect(mentioned.map(({ id }) => id).sort()).toEqual(right.map(({ id }) => id).sort());
});

test('what has ended is let go of, and gathering twice changes nothing', async () => {
  await owner(`select set_config('app.role', 'admin', false)`); // whoever acts here, staff may end it
  await owner(`update request set status = 'cancelled' where description like 'A zebra%'`);
  await gather();
  await gather();
  expect(await found(sam, 'zebra')).toEqual([]);
  const [{ words } = { words: 0 }] = await owner<{ words: number }>(
    'select count(*)::int as words from request_words'
  );
  expect(words).toBe(2999);
});

test('nobody reads the gathered words but through what they may see', async () => {
  await expect(sql`select * from request_words`.execute(web.as(sam))).rejects.toMatchObject({
    code: '42501'
  });
});

async function staff(role: 'agent' | 'supervisor', team: string | null): Promise<Somebody> {
  const person = await aPerson(role);
  await owner('update person set team_id = $2 where id = $1', [person.id, team]);
  return { ...person, team };
}
