/** The chat at the desk: one of two gets it, nobody has too many, and who vanishes loses it to the queue. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system, type Customer, type Staff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { openConversation, takeTurn } from './commands.ts';
import { acceptChat, chatsFor, countWaiting, noteDesk } from './desk.ts';
import { handOver } from './hand-over.ts';
import { giveBack } from './jobs.ts';
import { chatsBefore, currentConversation } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const t = wordsFor('en');
const [grace, sam] = [
  (await aPerson('agent', { name: 'Grace' })) as Staff,
  (await aPerson('agent')) as Staff
];

/** A customer who asked something, and then for a person. */
async function aChat(text = 'Where is my bill?') {
  const customer = (await aPerson()) as Customer;
  const db = database.as(customer);
  const conversation = await openConversation(db, customer, 'en');
  const answer = {
    kind: 'abstain' as const,
    topic: null,
    text: 'I do not know.',
    ways: [],
    understood: null
  };
  await takeTurn(db, conversation, { key: crypto.randomUUID(), text, answer });
  const asked = { locale: 'en', wish: 'A person, please.', now: new Date() };
  const reference = await handOver(db, customer, conversation, asked);
  return { customer, db, reference, conversation, asked };
}

test('all that was said stands on the request, once, and nowhere else', async () => {
  const { db, customer, reference, conversation, asked } = await aChat();
  expect(await handOver(db, customer, conversation, asked)).toBe(reference);
  expect(
    await sql(
      `select r.description, r.channel, m.text, m.author_role from request r join message m on m.request_id = r.id
       where r.reference = $1`,
      [reference]
    )
  ).toEqual([
    { description: 'Where is my bill?', channel: 'chat', text: 'I do not know.', author_role: 'system' }
  ]);
  expect(await sql('select 1 from conversation_line where conversation_id = $1', [conversation.id])).toEqual(
    []
  );
});

test('a message twice under one key is one', async () => {
  const customer = (await aPerson()) as Customer;
  const db = database.as(customer);
  const conversation = await openConversation(db, customer, 'en');
  const said = {
    key: crypto.randomUUID(),
    text: 'Hello?',
    answer: { kind: 'abstain' as const, topic: null, text: 'Hm.', ways: [], understood: null }
  };
  await Promise.all([takeTurn(db, conversation, said), takeTurn(db, conversation, said)]);
  expect(
    await sql('select 1 from conversation_line where conversation_id = $1', [conversation.id])
  ).toHaveLength(2);
});

test('nobody sees the conversation of another, nor its place', async () => {
  const { conversation, customer } = await aChat();
  const eve = await aPerson();
  expect(await currentConversation(database.as(eve), customer)).toBeNull();
  expect(await chatsBefore(database.as(eve), conversation.id)).toBe(0);
});

test('of two who accept at once one gets it, and the other is told', async () => {
  const { reference } = await aChat();
  const waited = await countWaiting(database.as(grace));
  const both = await Promise.allSettled([
    acceptChat(database.as(grace), grace, reference),
    acceptChat(database.as(sam), sam, reference)
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await countWaiting(database.as(grace))).toBe(waited - 1);
});

test('who went silent loses it to the queue, and the customer is told', async () => {
  const { reference, db, customer } = await aChat();
  const ruth = (await aPerson('agent')) as Staff;
  await acceptChat(database.as(ruth), ruth, reference);
  await noteDesk(database.as(ruth), ruth);
  await giveBack(worker.as(system), 30);
  expect((await chatsFor(database.as(ruth), ruth)).mine).toHaveLength(1);

  await sql(`update request_event set at = at - interval '5 minutes' where kind = 'assigned'`);
  await sql(`update chat_desk set seen_at = now() - interval '40 seconds' where person_id = $1`, [ruth.id]);
  await giveBack(worker.as(system), 30);
  await giveBack(worker.as(system), 30);
  expect((await chatsFor(database.as(ruth), ruth)).mine).toEqual([]);
  const told = await sql<{ text: string }>(
    `select m.text from message m join request r on r.id = m.request_id where r.reference = $1 order by m.id`,
    [reference]
  );
  expect(told.map(({ text }) => text)).toEqual(['I do not know.', t('chat.agent_gone')]);
  expect((await currentConversation(db, customer))?.reference).toBe(reference);
});

test('a desk that died as it took the conversation loses it too; one without scripts keeps it', async () => {
  const { reference } = await aChat();
  const ruth = (await aPerson('agent')) as Staff;
  await noteDesk(database.as(ruth), ruth);
  await acceptChat(database.as(ruth), ruth, reference);
  await sql(`update request_event set at = now() - interval '41 seconds' where kind = 'assigned'`);
  await sql(`update chat_desk set seen_at = now() - interval '43 seconds' where person_id = $1`, [ruth.id]);
  await giveBack(worker.as(system), 30);
  expect((await chatsFor(database.as(ruth), ruth)).mine).toEqual([]);

  const another = await aChat();
  await acceptChat(database.as(ruth), ruth, another.reference);
  await sql(`update chat_desk set seen_at = now() - interval '10 minutes' where person_id = $1`, [ruth.id]);
  await giveBack(worker.as(system), 30);
  expect((await chatsFor(database.as(ruth), ruth)).mine).toHaveLength(1);
});

test('nobody talks with more at once than they can', async () => {
  const busy = (await aPerson('agent')) as Staff;
  const db = database.as(busy);
  for (let n = 0; n < 3; n++) await acceptChat(db, busy, (await aChat()).reference);
  await expect(acceptChat(db, busy, (await aChat()).reference)).rejects.toMatchObject({ words: 'chat.full' });
});

test('what a visitor began goes on with the person they turn out to be', async () => {
  const visitor = { kind: 'visitor' as const, visitor: 'a digest of a cookie' };
  const begun = await openConversation(database.as(visitor), visitor, 'es');
  const { adoptConversation } = await import('./commands.ts');
  const customer = await aPerson();
  await adoptConversation(database.as(customer), visitor.visitor);
  expect((await currentConversation(database.as(customer), customer))?.id).toBe(begun.id);
  expect(await currentConversation(database.as(visitor), visitor)).toBeNull();
});
