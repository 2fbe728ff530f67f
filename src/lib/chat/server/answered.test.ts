/** What the bot answered is written down for those who improve it, and its words are forgotten in time. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody, type Asker, type Staff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { concludeAnswer, isUnjudged, lately, listAnswers } from './answered.ts';
import type { Answered } from './answering.ts';
import { adoptConversation, openConversation, takeTurn } from './commands.ts';
import { chatJobs } from './jobs.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));
const grace = (await aPerson('agent')) as Staff;

const typed = { locale: 'en', confidence: 0.7, next: ['fact:visit'] };
const made: Record<string, Answered> = {
  article: { kind: 'article', topic: 'article:a', text: 'It is so.', ways: [], understood: typed },
  guesses: { kind: 'guesses', topic: null, text: 'One of these?', ways: [], understood: typed },
  person: { kind: 'person', topic: null, text: 'Somebody comes.', ways: [], understood: typed },
  chosen: { kind: 'fact', topic: 'fact:visit', text: 'Tomorrow.', ways: [], understood: null },
  rejected: { kind: 'abstain', topic: 'not-that', text: 'Sorry.', ways: [], understood: null }
};

/** A conversation in which the bot answered so, one after the other. */
async function talked(actor: Asker, ...answers: Answered[]) {
  const db = database.as(actor);
  const conversation = await openConversation(db, actor, 'en');
  for (const answer of answers)
    await takeTurn(db, conversation, { key: crypto.randomUUID(), text: `about ${answer.kind}`, answer });
  return { db, conversation };
}
const outcomes = async (conversation: string) =>
  (await sql(`select outcome from bot_answer where conversation_id = $1 order by id`, [conversation])).map(
    ({ outcome }) => outcome
  );
const of = async (...kinds: (keyof typeof made)[]) => {
  const { conversation } = await talked(await aPerson(), ...kinds.flatMap((kind) => made[kind] ?? []));
  return outcomes(conversation.id);
};

test('how it went on after an answer is known', async () => {
  expect(await of('article')).toEqual(['open']);
  expect(await of('article', 'article')).toEqual(['open', 'open']);
  expect(await of('article', 'guesses')).toEqual(['again', 'open']);
  expect(await of('guesses', 'chosen')).toEqual(['chosen']);
  expect(await of('article', 'rejected')).toEqual(['again']);
  expect(await of('guesses', 'person')).toEqual(['person', 'person']);
});

test('who asked says once that it helped', async () => {
  const { db, conversation } = await talked(await aPerson(), made['article']!);
  expect(await isUnjudged(db, conversation.id)).toBe(true);
  await concludeAnswer(db, conversation.id, 'helped');
  await concludeAnswer(db, conversation.id, 'person');
  expect(await outcomes(conversation.id)).toEqual(['helped']);
  expect(await isUnjudged(db, conversation.id)).toBe(false);
});

test('a turn that is sent twice is noted once', async () => {
  const ada = await aPerson();
  const { db, conversation } = await talked(ada);
  const turn = { key: crypto.randomUUID(), text: 'twice', answer: made['article']! };
  await Promise.all([takeTurn(db, conversation, turn), takeTurn(db, conversation, turn)]);
  expect(await outcomes(conversation.id)).toEqual(['open']);
});

test('staff see all of it, a customer only their own, nobody writes for another', async () => {
  const ada = await aPerson();
  const { conversation } = await talked(ada, made['guesses']!);
  const { answers } = await listAnswers(database.as(grace), 'unsure', null);
  expect(answers[0]).toMatchObject({ question: 'about guesses', next: ['fact:visit'], outcome: 'open' });
  expect((await lately(database.as(grace))).asked).toBeGreaterThan(3);
  const eve = database.as(await aPerson());
  expect((await listAnswers(eve, 'newest', null)).answers).toEqual([]);
  await concludeAnswer(eve, conversation.id, 'helped');
  expect(await outcomes(conversation.id)).toEqual(['open']);
});

test('what a visitor asked goes with the person they turn out to be', async () => {
  const visitor = { ...nobody, visitor: 'somebody unknown' };
  const { conversation } = await talked(visitor, made['article']!);
  const ada = await aPerson();
  await adoptConversation(database.as(ada), visitor.visitor);
  expect(await sql(`select person_id from bot_answer where conversation_id = $1`, [conversation.id])).toEqual(
    [{ person_id: ada.id }]
  );
  await sql(`delete from person where id = $1`, [ada.id]);
  expect(await outcomes(conversation.id)).toEqual([]);
});

test('words are forgotten after thirty days, figures after a year', async () => {
  const { conversation } = await talked(await aPerson(), made['article']!, made['article']!);
  await sql(
    `update bot_answer set at = now() - (case when id = (select min(id::text)::uuid from bot_answer where conversation_id = $1)
                                         then interval '366 days' else interval '31 days' end) where conversation_id = $1`,
    [conversation.id]
  );
  await chatJobs['chat.forget'](worker.as({ kind: 'system' }), {});
  expect(await sql(`select question from bot_answer where conversation_id = $1`, [conversation.id])).toEqual([
    { question: null }
  ]);
});
