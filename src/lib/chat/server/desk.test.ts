/** The chat at the desk: one of two gets it, nobody has too many, and who vanishes loses it to the queue. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { chatsOn } from '../../../../tests/support/chats.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system, type Customer, type Staff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { settleWaits } from '#lib/requests/server/wait-outcomes.ts';
import { openConversation, takeTurn } from './commands.ts';
import { acceptChat, chatsFor, countWaiting } from './desk.ts';
import { handOver } from './hand-over.ts';
import { returnToAssistant, transferChat } from './hands.ts';
import { giveBack } from './jobs.ts';
import { noteDesk } from './presence.ts';
import { chatsBefore, currentConversation, linesOf } from './queries.ts';
import { expectedAnswer, expectedForNext } from './waiting.ts';

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

const aChat = chatsOn(database, aPerson);

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
  const lines = () => sql('select 1 from conversation_line where conversation_id = $1', [conversation.id]);
  expect(await lines()).toHaveLength(2);

  // Other words under it are not swallowed: they are sent again under a key of their own.
  await expect(takeTurn(db, conversation, { ...said, text: 'Where is my bill?' })).rejects.toMatchObject({
    kind: 'conflict'
  });
  expect(await lines()).toHaveLength(2);
});

test('nobody sees the conversation of another, nor its place', async () => {
  const { conversation, customer } = await aChat();
  const eve = await aPerson();
  expect(await currentConversation(database.as(eve), customer)).toBeNull();
  expect(await chatsBefore(database.as(eve), conversation.id)).toBe(0);
});

test('of two who accept at once one gets it, and the other is told', async () => {
  const { reference } = await aChat();
  const waited = await countWaiting(database.as(grace), grace);
  const both = await Promise.allSettled([
    acceptChat(database.as(grace), grace, reference),
    acceptChat(database.as(sam), sam, reference)
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await countWaiting(database.as(grace), grace)).toBe(waited - 1);
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

  // Both conversations are of one request, which has one place in the line.
  const waits = await getRequest(db, customer, reference);
  await expectedAnswer(db, waits, t, new Date('2026-11-30T12:00:00-05:00'));
  const [line] = await sql<{ before: number }>(
    `select count(*)::int as before from conversation c join request r on r.id = c.request_id
     where c.ended_at is null and r.agent_id is null and r.status in ('submitted', 'open')
       and r.submitted_at < (select submitted_at from request where id = $1)`,
    [waits.id]
  );
  expect(await chatsBefore(db, waits.id)).toBe(line?.before);
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

/** A chat in somebody's hands, and what they have seen of it. */
async function inHand(by: Staff) {
  const chat = await aChat();
  await acceptChat(database.as(by), by, chat.reference);
  return { ...chat, seen: await seenOf(by, chat.reference) };
}

const seenOf = async (by: Staff, reference: string) =>
  (await getRequest(database.as(by), by, reference)).last_number;
const said = async (reference: string) =>
  (
    await sql<{ text: string }>(
      `select m.text from message m join request r on r.id = m.request_id where r.reference = $1 order by m.id`,
      [reference]
    )
  ).map(({ text }) => text);
const anAgent = async (name: string) => (await aPerson('agent', { name })) as Staff;

test('who gets a chat hears it ring first; after a minute it is everybody’s, and the customer is told once', async () => {
  const [from, to, other] = [await anAgent('Fay'), await anAgent('Tom'), await anAgent('Otto')];
  const { reference } = await inHand(from);
  const hand = (agent: string) => transferChat(database.as(from), from, reference, { agent, team: null });
  await expect(hand(to.id)).rejects.toMatchObject({ words: 'chat.nobody_there' });
  await noteDesk(database.as(to), to);
  const before = await countWaiting(database.as(other), other);
  await hand(to.id);
  await expect(hand(to.id)).rejects.toMatchObject({ words: 'chat.not_in_hand' });
  expect((await said(reference)).at(-1)).toBe(t('chat.passed_to', { from: 'Fay', to: 'Tom' }));
  expect(await countWaiting(database.as(other), other)).toBe(before);
  await expect(acceptChat(database.as(other), other, reference)).rejects.toMatchObject({
    words: 'chat.offered'
  });
  expect((await chatsFor(database.as(to), to)).waiting[0]).toMatchObject({ reference, offered_to: to.id });

  await sql(`update conversation set offered_at = now() - interval '61 seconds' where offered_to = $1`, [
    to.id
  ]);
  expect(await countWaiting(database.as(other), other)).toBe(before + 1);
  await acceptChat(database.as(other), other, reference);
  const [event] = await sql<{ payload: unknown }>(
    `select e.payload from request_event e join request r on r.id = e.request_id
     where r.reference = $1 and e.kind = 'assigned' order by e.number desc offset 1 limit 1`,
    [reference]
  );
  expect(event?.payload).toMatchObject({ agent: null, taken_from: { agent: from.id } });
});

test('nobody hands on what is in the hands of another, nor to nobody', async () => {
  const [from, other] = [await anAgent('Fay'), await anAgent('Otto')];
  const { reference, seen, customer } = await inHand(from);
  const to = { agent: null, team: null };
  await expect(transferChat(database.as(other), other, reference, to)).rejects.toMatchObject({
    words: 'chat.not_in_hand'
  });
  await expect(returnToAssistant(database.as(other), other, reference, { seen })).rejects.toMatchObject({
    words: 'chat.not_in_hand'
  });
  await expect(transferChat(database.as(customer), customer, reference, to)).rejects.toMatchObject({
    kind: 'missing'
  });
  await expect(
    transferChat(database.as(from), from, reference, { ...to, agent: customer.id })
  ).rejects.toMatchObject({ words: 'chat.nobody_there' });
  await expect(transferChat(database.as(from), from, reference, to)).rejects.toMatchObject({
    kind: 'invalid'
  });
});

test('back with the assistant, and a new wish for a person goes on with the same request', async () => {
  const from = await anAgent('Fay');
  const { reference, seen, customer, db, asked } = await inHand(from);
  await returnToAssistant(database.as(from), from, reference, { seen });
  await expect(
    returnToAssistant(database.as(from), from, reference, { seen: await seenOf(from, reference) })
  ).rejects.toMatchObject({ words: 'chat.not_in_hand' });
  const again = await currentConversation(db, customer);
  expect(again).toMatchObject({ reference: null, returned: reference });
  expect((await linesOf(db, again!.id)).map(({ text }) => text)).toEqual([
    t('chat.back_with_assistant', { from: 'Fay' })
  ]);
  expect((await getRequest(db, customer, reference)).status).toBe('resolved');

  const answer = { kind: 'abstain' as const, topic: null, text: 'Hm.', ways: [], understood: null };
  await takeTurn(db, again!, { key: crypto.randomUUID(), text: 'One more thing', answer });
  expect(await handOver(db, customer, again!, asked)).toBe(reference);
  expect(await handOver(db, customer, again!, asked)).toBe(reference);
  expect((await said(reference)).slice(-3)).toEqual([
    t('chat.given_back', { from: 'Fay' }),
    'One more thing',
    'Hm.'
  ]);
  expect(await getRequest(db, customer, reference)).toMatchObject({ status: 'open', agent_id: null });
  expect((await currentConversation(db, customer))?.reference).toBe(reference);
});

test('how long it takes until somebody answers is said once ten were answered, and held against what came', async () => {
  await noteDesk(database.as(grace), grace);
  const { reference, db, customer } = await aChat();
  const request = await getRequest(db, customer, reference);
  // A Tuesday in working hours.
  const at = new Date('2026-11-24T15:00:00Z');
  expect(await expectedAnswer(db, request, t, at)).toBeNull();
  await sql(
    `insert into wait_estimate (request_id, awaits, service_type, said, figure, at_once, happened_at)
     select id, 'answer', service_type, 'before ' || n, 1, false, now() + n * interval '30 seconds'
     from request, generate_series(1, 20) n where reference = $1`,
    [reference]
  );
  expect(await expectedAnswer(db, request, t, at)).toMatch(/^Somebody will most likely answer /);
  expect(await expectedForNext(database.as(await aPerson()), t, at)).toMatch(/will most likely /);
  expect(await expectedAnswer(db, request, t, new Date('2026-11-24T03:00:00Z'))).toBeNull();

  await acceptChat(database.as(grace), grace, reference);
  await settleWaits(worker.as(system));
  const came = await sql<{ outcome: string | null }>(
    `select outcome from wait_estimate where said not like 'before%' order by said`
  );
  expect(came.length).toBeGreaterThanOrEqual(2);
  expect(came[0]?.outcome).toBeNull();
  expect(['right', 'early', 'late']).toContain(came.at(-1)?.outcome);
});
