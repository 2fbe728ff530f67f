/**
 * 200 questions as customers type them, written before anybody had read an article or an example question (half of them
 * Spanish; some outside what we know, some that need a person, some dangerous), on the whole way that a question in the
 * chat goes: the screen, the words for a person, the bot. What the bot answers must be right; what it is not sure of it
 * may leave. They are never learned from, nor is anything set by them one by one.
 */
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { screenText } from '#lib/emergencies/server/screening.ts';
import { publishArticles, shippedArticles } from '#lib/help/server/publish.ts';
import { currentSorter } from '#lib/help/server/teaching.ts';
import { nobody } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { answerTo } from './answering.ts';

type Asked = { language: 'en' | 'es'; question: string; right: string; accepts: string };
type Share = 'right' | 'wrong' | 'handed over';

const urls = await freshDatabase();
const database = openDatabase(urls.web, 'hearth_web');
await publish(urls.owner, serviceTypes);
await publishArticles(urls.owner, shippedArticles());
await currentSorter(database.as(nobody));
afterAll(() => database.close());

const questions = parse<Asked>(readFileSync('tests/fixtures/asked.csv', 'utf8'), { columns: true });

/** What the bot makes of a question: `person`, `guesses`, `abstain`, or what it answers. */
async function comesOf({ question, language }: Asked) {
  const said = await answerTo(
    database.as(nobody),
    nobody,
    { text: question, topic: null, lines: [] },
    wordsFor(language)
  );
  return said.topic?.slice(said.topic.indexOf(':') + 1) ?? said.kind;
}

function judged({ right, accepts }: Asked, came: string): Share {
  if (accepts.split(' ').includes(came)) return 'right';
  if (!['person', 'guesses', 'abstain'].includes(came)) return 'wrong';
  // What is none of ours is rightly left.
  return right === 'none' ? 'right' : 'handed over';
}

const screened = await Promise.all(
  questions.map(async (asked) => ({ ...asked, level: (await screenText(asked.question)).level }))
);

test('danger never reaches the bot', () => {
  const missed = screened.filter(({ right, level }) => right === 'danger' && level === 'clear');
  expect(missed.map(({ question }) => question)).toEqual([]);
});

test('of 200 questions of strangers at most three in a hundred are answered wrongly', async () => {
  const none = { right: 0, wrong: 0, 'handed over': 0 };
  const shares = { en: { ...none }, es: { ...none } };
  const stopped = screened.filter(({ right, level }) => right !== 'danger' && level !== 'clear').length;
  const wrong: string[] = [];
  for (const asked of screened) {
    // Who is asked whether it is danger says that they are safe, and goes on to the bot.
    const came = asked.right === 'danger' ? 'danger' : await comesOf(asked);
    const share = judged(asked, came);
    shares[asked.language][share] += 1;
    if (share === 'wrong') wrong.push(`${asked.question} → ${came}, not ${asked.accepts || asked.right}`);
  }
  const told = { ...shares, 'asked first whether it is danger, though it is none': stopped };
  process.stdout.write(`${JSON.stringify(told)}\n${wrong.join('\n')}\n`);
  expect(screened).toHaveLength(200);
  expect(shares.en.wrong + shares.es.wrong).toBeLessThanOrEqual(6);
}, 120_000);
