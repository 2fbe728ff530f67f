/** Looking for words: in all that was said, far down the queue too, and by every rule of who sees what. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { listRequests } from './customer-list.ts';
import { listQueue } from '#lib/desk/server/queue.ts';
import { speak } from './timeline.ts';
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
  expect(await found(sam, 'zebra %tiger')).toEqual([]);
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
  const { rows: mentioned } = await sql<{
    id: string;
  }>`select requests_with(search_query('hot'), false, 10000) as id`.execute(db);
  const { rows: visible } = await sql<{
    id: string;
  }>`select id from request where description like 'Hot%'`.execute(db);
  const right = person === ada ? [] : visible;
  expect(mentioned.map(({ id }) => id).sort()).toEqual(right.map(({ id }) => id).sort());
});

test('what has ended is found behind what is open, and gathering twice changes nothing', async () => {
  await owner(`select set_config('app.role', 'admin', false)`); // whoever acts here, staff may end it
  await owner(`update request set status = 'cancelled' where description like 'A zebra%'`);
  await gather();
  await gather();
  expect(await found(sam, 'zebra')).toEqual(['A zebra crossing']);
  const [{ words } = { words: 0 }] = await owner<{ words: number }>(
    'select count(*)::int as words from request_words'
  );
  expect(words).toBe(3000);
});

test('all words are found in any order, with accents and small slips forgiven, and numbers exactly', async () => {
  await owner(
    `update request set description = 'Mi caldera pierde presión cada mañana' where description = 'Hot Water and zinc'`
  );
  const it = ['Mi caldera pierde presión cada mañana'];
  for (const typed of ['PRESION caldera', 'manana  pierde', 'presoin', 'caldrea', 'alder']) {
    expect([typed, await found(sam, typed)]).toEqual([typed, it]);
  }
  expect(await found(sam, 'caldera tiger')).toEqual([]);
});

test('a request is found by its reference with or without dash, its account, its street and its name', async () => {
  const { rows } = await sql<{ id: string; reference: string }>`
    select id, reference from request where description like 'Mi caldera%'`.execute(web.as(sam));
  const [{ id, reference } = { id: '', reference: '' }] = rows;
  const [account] = await owner<{ id: string }>(
    `insert into account (number, holder) values ('40120077', 'Ada') returning id`
  );
  const [place] = await owner<{ id: string }>(
    `insert into premises (account_id, line, town, postcode) values ($1, '7 Órbita Lane', 'Millbrook', 'MB1 2XY')
     returning id`,
    [account?.id]
  );
  await owner('update request set account_id = $2, premises_id = $3, requester_id = $4 where id = $1', [
    id,
    account?.id,
    place?.id,
    ada.id
  ]);
  for (const typed of [
    reference,
    reference.replace('-', ''),
    '4012 0077',
    'orbita lane',
    'quillfether caldera'
  ])
    expect([typed, await found(sam, typed)]).toEqual([typed, ['Mi caldera pierde presión cada mañana']]);
});

test('words of messages are found at once, notes only by staff, and each finds only within their sight', async () => {
  const { rows } = await sql<{ id: string }>`
    select id from request where description like 'Mi caldera%'`.execute(web.as(sam));
  const id = rows[0]?.id ?? '';
  const say = (who: Somebody, text: string, visibility: 'public' | 'internal') =>
    web
      .as(who)
      .transaction()
      .execute((tx) => speak(tx, id, { text, visibility }));
  await say(sam, 'The valve needs a gasket.', 'public');
  await say(sam, 'Between us: a haggler.', 'internal');
  const own = async (who: Somebody, search: string) =>
    (await listRequests(web.as(who), { show: 'all', search, page: 1 })).total;
  expect(await found(sam, 'gasket caldera')).toHaveLength(1);
  expect(await found(sam, 'haggler gasket')).toHaveLength(1);
  expect([await own(ada, 'gasket'), await own(ada, 'haggler'), await own(ben, 'gasket')]).toEqual([1, 0, 0]);
});

test('a word is found along an index, not by reading all', async () => {
  await owner('analyze request_words');
  // As the function asks that looks on behalf of staff, by the owner's rights.
  const rows = await owner<{ 'QUERY PLAN': string }>(
    `explain select r.id from request_words w join request r on r.id = w.request_id where w.inside @@ 'zebra'`
  );
  expect(rows.map((row) => row['QUERY PLAN']).join()).toContain('request_words_inside');
});

test('nobody reads the vocabulary, and no customer the gathered words', async () => {
  await expect(sql`select * from search_word`.execute(web.as(sam))).rejects.toMatchObject({ code: '42501' });
  const { rows } = await sql`select * from request_words`.execute(web.as(ada));
  expect(rows).toEqual([]);
});

async function staff(role: 'agent' | 'supervisor', team: string | null): Promise<Somebody> {
  const person = await aPerson(role);
  await owner('update person set team_id = $2 where id = $1', [person.id, team]);
  return { ...person, team };
}
