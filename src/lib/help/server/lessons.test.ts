/** Teaching the bot: who may, how much, what it changes in every process, and how it is taken back. */
import { fork } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody, type PersonActor } from '#lib/platform/actor.ts';
import { connection, openDatabase } from '#lib/platform/server/db.ts';
import { hangBell } from '#lib/platform/server/notifier.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { answer } from './bot.ts';
import { lessonsInForce, proposals, versionsOf } from './lesson-queries.ts';
import { decideProposal, rollBack, takeBack, teachLesson } from './lessons.ts';
import { teach } from './sorter.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const supervisor = await aPerson('supervisor');
const agent = await aPerson('agent');
const ada = await aPerson();
const lesson = (question: string, topic = 'fact:owed') => ({ question, topic, askedBy: ada.id });
const teachAs = (actor: PersonActor, question: string, topic?: string) =>
  teachLesson(database.as(actor), actor, lesson(question, topic));
const known = async () =>
  (await lessonsInForce(database.as(agent))).map(({ question, topic }) => [question, topic]);

test('a supervisor teaches at once, and the same question has one answer', async () => {
  expect(await teachAs(supervisor, 'how many flurbs are left')).toBe(true);
  await teachAs(supervisor, 'How many flurbs are left', 'none');
  expect(await known()).toEqual([['How many flurbs are left', 'none']]);
  expect((await versionsOf(database.as(agent))).map(({ added, removed }) => [added, removed])).toEqual([
    [1, 1],
    [1, 0]
  ]);
});

test('an agent proposes; who may teach takes it or drops it, once', async () => {
  expect(await teachAs(agent, 'where do the wombles go')).toBe(false);
  expect(await teachAs(agent, 'something that is wrong')).toBe(false);
  const db = database.as(supervisor);
  const [wrong, good] = await proposals(db);
  await expect(
    decideProposal(database.as(agent), agent, { id: good!.id, isGood: true })
  ).rejects.toMatchObject({
    kind: 'missing'
  });
  await decideProposal(db, supervisor, { id: good!.id, isGood: true });
  await decideProposal(db, supervisor, { id: wrong!.id, isGood: false });
  expect((await known())[0]).toEqual(['where do the wombles go', 'fact:owed']);
  await expect(decideProposal(db, supervisor, { id: good!.id, isGood: false })).rejects.toMatchObject({
    kind: 'conflict'
  });
});

test('any earlier state comes back, and what came after can be had back too', async () => {
  const db = database.as(supervisor);
  const before = await known();
  const [newest] = await versionsOf(db);
  await rollBack(db, supervisor, 1);
  expect(await known()).toEqual([['how many flurbs are left', 'fact:owed']]);
  await rollBack(db, supervisor, 0);
  expect(await known()).toEqual([]);
  await rollBack(db, supervisor, newest!.version);
  expect((await known()).toSorted()).toEqual(before.toSorted());
  await expect(rollBack(db, supervisor, 99)).rejects.toMatchObject({ kind: 'conflict' });
});

test('two clicks teach, propose and roll back once', async () => {
  const db = database.as(supervisor);
  const changes = async (click: () => Promise<unknown>) => {
    const before = [(await versionsOf(db)).length, (await proposals(db)).length];
    await Promise.all([click(), click()]);
    const after = [(await versionsOf(db)).length, (await proposals(db)).length];
    return after.map((count, at) => count - (before[at] ?? 0));
  };

  expect(await changes(() => teachAs(supervisor, 'where is the moon kept'))).toEqual([1, 0]);
  expect(await changes(() => teachAs(agent, 'who paints the moon'))).toEqual([0, 1]);
  const [, before] = await versionsOf(db);
  expect(await changes(() => rollBack(db, supervisor, before!.version))).toEqual([1, 0]);
  expect(await known()).not.toContainEqual(['where is the moon kept', 'fact:owed']);
});

test('one lesson is taken back', async () => {
  const db = database.as(supervisor);
  const [last] = await lessonsInForce(db);
  await takeBack(db, supervisor, last!.id);
  expect((await known()).some(([question]) => question === last!.question)).toBe(false);
  await expect(takeBack(db, supervisor, last!.id)).rejects.toMatchObject({ kind: 'conflict' });
});

test('nobody else teaches, and nothing that is not there is taught', async () => {
  await expect(teachAs(ada, 'what is a florb')).rejects.toMatchObject({ kind: 'missing' });
  await expect(teachAs(supervisor, 'what is a florb', 'article:no-such')).rejects.toMatchObject({
    kind: 'invalid'
  });
  await expect(teachAs(supervisor, '??')).rejects.toMatchObject({ kind: 'invalid' });
  await expect(teachAs(supervisor, 'x'.repeat(201))).rejects.toMatchObject({ kind: 'invalid' });
  const row = { question: 'a trick', topic: 'person', proposed_by: agent.id, since: 1 };
  await expect(database.as(agent).insertInto('bot_lesson').values(row).execute()).rejects.toThrow(
    /row-level/
  );
  expect(await database.as(ada).selectFrom('bot_lesson').select('id').execute()).toEqual([]);
});

test('of one answer no more than a hundred questions are taught', async () => {
  await sql(
    `insert into bot_lesson (question, topic, proposed_by)
     select 'many ' || n, 'fact:visit', $1 from generate_series(1, 100) n`,
    [supervisor.id]
  );
  await expect(teachAs(supervisor, 'one too many', 'fact:visit')).rejects.toMatchObject({ kind: 'conflict' });
  await sql(`delete from bot_lesson where topic = 'fact:visit'`);
});

test('what was taught goes with the person whose words it were', async () => {
  const gone = await aPerson();
  await teachLesson(database.as(supervisor), supervisor, { ...lesson('whose words'), askedBy: gone.id });
  await sql(`delete from person where id = $1`, [gone.id]);
  expect((await known()).some(([question]) => question === 'whose words')).toBe(false);
});

test('lessons never hide the words for a person', async () => {
  const person = ['I want to talk to a person', 'get me an operator', 'a real person please'];
  const examples = [
    ...person.map((text) => ({ text, category: 'person' })),
    ...['how much do I owe', 'my balance'].map((text) => ({ text, category: 'fact:owed' }))
  ];
  const taught = Array.from({ length: 60 }, (_, n) => ({
    text: `${person[n % 3] ?? ''} ${n % 7}`,
    category: 'fact:owed'
  }));
  const sorter = await teach({
    examples,
    taught: [...taught, { text: person[0] ?? '', category: 'fact:owed' }]
  });
  for (const text of person) expect((await sorter?.guess(text))?.[0]?.category).toBe('person');
  await sorter?.close();
});

test('another process knows it within a minute, without a restart, and forgets it when it is taken back', async () => {
  const bell = hangBell(connection(urls.web, 'hearth_web'), () => {});
  const program = new URL('../../../../tests/support/another-learner.ts', import.meta.url).pathname;
  const other = fork(program, [], {
    execArgv: [],
    env: { ...process.env, DATABASE_URL: urls.web, ASKED: 'is the grommet frobbed' }
  });
  const heard: string[] = [];
  other.on('message', (said: string) => heard.push(said));
  await expect.poll(() => heard.at(-1), { timeout: 60_000 }).toBe('unsure');

  await teachAs(supervisor, 'Is the grommet frobbed?', 'fact:reading');
  bell.ring();
  await expect.poll(() => heard.at(-1), { timeout: 60_000 }).toBe('fact:reading');

  const here = async () =>
    (
      await answer(
        database.as(nobody),
        nobody,
        { text: 'is the grommet frobbed', before: [] },
        wordsFor('en')
      )
    ).topic;
  await expect.poll(here, { timeout: 60_000 }).toBe('fact:reading');

  await rollBack(database.as(supervisor), supervisor, 0);
  bell.ring();
  await expect.poll(() => heard.at(-1), { timeout: 60_000 }).toBe('unsure');
  other.kill();
  await bell.stop();
}, 200_000);
