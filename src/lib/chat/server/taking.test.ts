/** Who has a chat: whoever answers it, as many as they can hold; and how long it waits for us. */
import { afterAll, expect, test } from 'vitest';
import { chatsOn } from '../../../../tests/support/chats.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system, type Staff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { replyToRequest } from '#lib/requests/server/messages.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { acceptChat } from './desk.ts';
import { chatJobs } from './jobs.ts';
import { currentConversation } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));
const aChat = chatsOn(database, aPerson);
const grace = (await aPerson('agent', { name: 'Grace' })) as Staff;

test('a chat that nobody answered over a weekend is still there; one that we answered has ended', async () => {
  const [asked, answered] = [await aChat(), await aChat()];
  await replyToRequest(database.as(grace), grace, answered.reference, {
    ...{ key: crypto.randomUUID(), text: 'It is on its way.', attachments: [] }
  });
  const later = async (days: number) => {
    await sql(`alter table request disable trigger user`);
    await sql(`update request set updated_at = now() - make_interval(days => $1)`, [days]);
    await sql(`alter table request enable trigger user`);
    await chatJobs['chat.forget'](worker.as(system), {});
  };
  const isThere = async ({ db, customer }: typeof asked) =>
    (await currentConversation(db, customer)) !== null;

  await later(3);
  expect(await isThere(asked)).toBe(true);
  expect(await isThere(answered)).toBe(false);
  await later(15);
  expect(await isThere(asked)).toBe(false);
});

test('whoever answers in a chat that waits has taken it', async () => {
  const { reference } = await aChat();
  const ivy = (await aPerson('agent')) as Staff;
  await replyToRequest(database.as(ivy), ivy, reference, {
    ...{ key: crypto.randomUUID(), text: 'Hello, I am Ivy.', attachments: [] }
  });
  expect((await getRequest(database.as(ivy), ivy, reference)).agent_id).toBe(ivy.id);
});

test('of two chats taken at once by one who has room for one, one is refused', async () => {
  const kay = (await aPerson('agent')) as Staff;
  const db = database.as(kay);
  for (let n = 0; n < 2; n++) await acceptChat(db, kay, (await aChat()).reference);
  const [one, other] = [await aChat(), await aChat()];
  const both = await Promise.allSettled([
    acceptChat(db, kay, one.reference),
    acceptChat(db, kay, other.reference)
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
