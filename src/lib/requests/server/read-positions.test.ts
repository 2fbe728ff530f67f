/** Read positions: what is new to whom, in lists, and that looking marks it as read for nobody else. */
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { firstNews } from '../news.ts';
import { listRequests } from './customer-list.ts';
import { listQueue } from '#lib/desk/server/queue.ts';
import { noteRead, readUpTo } from './read-positions.ts';
import { readTimeline } from './timeline-queries.ts';
import { speak } from './timeline.ts';

const urls = await freshDatabase();
const { aPerson, aRequest } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [ada, grace, sam] = [
  await aPerson(),
  await aPerson('agent', { name: 'Grace Hall' }),
  await aPerson('agent', { name: 'Sam Reed' })
];
const says = (who: Somebody, id: string, text: string, visibility: 'public' | 'internal' = 'public') =>
  database
    .as(who)
    .transaction()
    .execute((tx) => speak(tx, id, { text, visibility }));
const mine = async () =>
  (await listRequests(database.as(ada), { show: 'all', search: '', page: 1 })).requests;
const row = async (who: Somebody, reference: string) => {
  const { requests } = await listQueue(database.as(who), who, { queue: 'all', search: '', after: null });
  return requests.find((request) => request.reference === reference);
};

test('an answer is new to the customer until they have seen it, and their row says who said what last', async () => {
  const { id, reference } = await aRequest(ada);
  await says(ada, id, 'One more thing.');
  expect((await mine())[0]).toMatchObject({
    reference,
    unread: false,
    said: 'One more thing.',
    said_by: 'me'
  });

  const number = await says(grace, id, 'Which meter is it?');
  expect((await mine())[0]).toMatchObject({
    unread: true,
    said: 'Which meter is it?',
    said_by: 'us',
    said_name: 'Grace Hall'
  });

  await noteRead(database.as(ada), id, number);
  expect((await mine())[0]).toMatchObject({ unread: false });
});

test('a note among colleagues is no news to the customer, and never their last words', async () => {
  const { id } = await aRequest(ada);
  await says(sam, id, 'Between us: look twice.', 'internal');
  expect((await mine())[0]).toMatchObject({ unread: false, said: 'My bill is too high.', said_by: 'me' });
});

test('on the desk each colleague has a position of their own', async () => {
  const { id, reference } = await aRequest(ada);
  const number = await says(ada, id, 'Are you there?');
  await noteRead(database.as(grace), id, number);
  expect(await row(grace, reference)).toMatchObject({
    unread: false,
    said: 'Are you there?',
    said_by: 'customer'
  });
  expect(await row(sam, reference)).toMatchObject({ unread: true });

  await says(sam, id, 'She rang, too.', 'internal');
  expect(await row(grace, reference)).toMatchObject({ unread: true });
  expect(await row(sam, reference)).toMatchObject({ unread: true });
});

test('a position only goes forward, no further than there is, and is nobody else’s', async () => {
  const { id } = await aRequest(ada);
  await says(grace, id, 'Hello');
  const [first, second] = [database.as(ada), database.as(grace)];
  await noteRead(first, id, 99);
  await noteRead(first, id, 0);
  expect(await readUpTo(first, id)).toBe(1);
  expect(await readUpTo(second, id)).toBe(null);
  const forAda = sql`insert into request_read (person_id, request_id, number) values (${ada.id}, ${id}, 1)`;
  await expect(forAda.execute(second)).rejects.toThrow(/row-level security/);
});

test('a stranger’s request takes no position', async () => {
  const ben = await aPerson();
  const { id } = await aRequest(ada);
  await noteRead(database.as(ben), id, 1);
  expect(await readUpTo(database.as(ben), id)).toBe(null);
});

test('the page and the lists mean the same by new', async () => {
  const { id, reference } = await aRequest(ada);
  await says(ada, id, 'First');
  await says(grace, id, 'Second');
  const entries = await readTimeline(database.as(ada), id);
  expect(firstNews(entries, 0, { id: ada.id, staff: false })).toBe(2);
  expect(firstNews(entries, 2, { id: ada.id, staff: false })).toBe(null);
  expect(firstNews(entries, 0, { id: grace.id, staff: true })).toBe(1);
  expect(await row(grace, reference)).toMatchObject({ unread: true });
});
