/** What readers say of articles is counted once for each of them, and read by the staff alone. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { type Actor, nobody, system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { articleForDesk } from './desk.ts';
import { countView, mostAsked, sayWhetherItHelped, shares, wordsOfReaders } from './helped.ts';
import { helpJobs } from './jobs.ts';
import { publishArticles, shippedArticles } from './publish.ts';

const urls = await freshDatabase();
const { sql, aPerson } = await makersOn(urls.owner);
await publishArticles(urls.owner, shippedArticles());
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));
const [ada, grace] = [await aPerson(), await aPerson('agent')];
const visitor = (name: string): Actor => ({ kind: 'visitor', visitor: name, source: `network of ${name}` });
const say = (actor: Actor, helped: boolean, words: string | null = null, slug = 'moving-in') =>
  sayWhetherItHelped(database.as(actor), actor, { slug, locale: 'en', version: 1, helped, words });
const desk = database.as(grace);
const idOf = async (slug: string) => (await articleForDesk(desk, slug)).id;

test('each reader counts once for a version, and may change their mind', async () => {
  await say(ada, true);
  await say(ada, false, 'It does not say when.');
  await say(visitor('one'), true);
  await say(visitor('two'), true);
  const id = await idOf('moving-in');
  expect((await shares(desk)).get(id)).toMatchObject({ helped: 2, answers: 3 });
  expect(await wordsOfReaders(desk, id)).toMatchObject([{ helped: false, words: 'It does not say when.' }]);
});

test('nobody answers for somebody else, nor without being anybody, nor at the desk, nor of what is not there', async () => {
  await expect(say(nobody, true)).rejects.toThrow();
  await expect(say(grace, true)).rejects.toThrow('errors.missing');
  await expect(say(ada, true, null, 'no-such')).rejects.toThrow('errors.missing');
  const id = await idOf('moving-in');
  const forge = database
    .as(visitor('three'))
    .insertInto('article_answer')
    .values({ article_id: id, locale: 'en', version: 1, helped: true, person_id: ada.id })
    .execute();
  await expect(forge).rejects.toThrow();
  expect(await wordsOfReaders(database.as(visitor('three')), id)).toEqual([]);
});

test('a network that answers without end is stopped', async () => {
  const one = visitor('one of many');
  await say(one, false, null, 'complain');
  await sql(`update source_budget set count = 450 where source = 'network of one of many'`);
  await expect(say(one, true, null, 'how-to-pay')).rejects.toThrow();
});

test('what is opened most stands first, and what is retired nowhere', async () => {
  for (const slug of ['smell-of-gas', 'smell-of-gas', 'how-to-pay', 'no-such'])
    await countView(database.as(nobody), slug);
  const found = (await mostAsked(database.as(nobody), 'es')).map(({ slug }) => slug);
  expect(found.slice(0, 2)).toEqual(['moving-in', 'smell-of-gas']);
  await sql(`update article set retired_at = now() where slug = 'smell-of-gas'`);
  expect((await mostAsked(database.as(nobody), 'es')).map(({ slug }) => slug)).not.toContain('smell-of-gas');
});

test('what was said a year ago is forgotten, and still counts', async () => {
  const id = await idOf('moving-in');
  await say(ada, false, 'It still does not say when.');
  await say(visitor('a new one'), false, 'Where is the form?');
  await sql(
    `update article_answer set created_at = now() - interval '366 days' where words like 'It still%'`
  );
  const before = (await shares(desk)).get(id);
  await helpJobs['help.forget'](worker.as(system), {});
  expect((await wordsOfReaders(desk, id)).map(({ words }) => words)).toEqual(['Where is the form?']);
  expect((await shares(desk)).get(id)).toEqual(before);
});
