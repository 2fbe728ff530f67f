/** Each side of a chat sees the other write, and nobody else does. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import type { Customer, Staff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { endConversation, openConversation } from './commands.ts';
import { handOver } from './hand-over.ts';
import { currentConversation } from './queries.ts';
import { customerWriting, noteTyping, replyingIn } from './typing.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const grace = (await aPerson('agent')) as Staff;
const ada = (await aPerson('customer', { name: 'Ada' })) as Customer;
const [desk, db] = [database.as(grace), database.as(ada)];
const conversation = await openConversation(db, ada, 'en');
const wish = { locale: 'en', wish: 'A person, please.', now: new Date() };

test('with the assistant nobody sees who writes', async () => {
  await noteTyping(db, await currentConversation(db, ada), true);
  expect(await sql(`select 1 from conversation where typed_at is not null`)).toEqual([]);
});

test('our people see the customer write, until it is sent or eight seconds old', async () => {
  const reference = await handOver(db, ada, conversation, wish);
  await noteTyping(db, await currentConversation(db, ada), true);
  expect(await customerWriting(desk, reference)).toEqual([
    { id: conversation.id, name: 'Ada', typing: true }
  ]);
  await noteTyping(db, await currentConversation(db, ada), false);
  expect(await customerWriting(desk, reference)).toEqual([]);
  await sql(`update conversation set typed_at = now() - interval '9 seconds'`);
  expect(await customerWriting(desk, reference)).toEqual([]);
});

test('nobody marks the chat of another, nor sees who writes in it', async () => {
  const ben = (await aPerson()) as Customer;
  const { reference } = (await currentConversation(db, ada)) ?? {};
  await sql(`update conversation set typed_at = null`);
  await noteTyping(database.as(ben), await currentConversation(db, ada), true);
  await database.as(ben).updateTable('conversation').set({ typed_at: new Date() }).execute();
  expect(await customerWriting(desk, reference ?? '')).toEqual([]);
  await noteTyping(db, await currentConversation(db, ada), true);
  expect(await customerWriting(database.as(ben), reference ?? '')).toEqual([]);
});

test('the customer hears that a reply is written while the chat goes on', async () => {
  const now = await currentConversation(db, ada);
  const reference = now?.reference ?? '';
  expect(await replyingIn(desk, grace, reference)).toMatchObject({
    requester_id: ada.id,
    visibility: 'public'
  });
  if (now) await endConversation(db, now, null);
  expect(await replyingIn(desk, grace, reference)).toBeNull();
});
