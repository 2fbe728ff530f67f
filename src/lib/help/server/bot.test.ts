/** The bot on a database: what it says to a visitor, and to a customer of their own account. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { decide } from '../bot.ts';
import { answer, searched } from './bot.ts';
import { publishArticles, shippedArticles } from './publish.ts';
import { currentSorter } from './teaching.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const request = await aRequest(ada);
// The maker's own kind of request has no words to learn from.
await sql(`update service_type set offered = false`);
await publish(urls.owner, serviceTypes);
await publishArticles(urls.owner, shippedArticles());
await currentSorter(database.as(nobody));
const en = wordsFor('en');
const es = wordsFor('es');
const ask = (text: string, actor: typeof ada | typeof nobody = ada, t = en) =>
  answer(database.as(actor), actor, { text, before: [] }, t);

test('tells a customer where their request is, and leads there', async () => {
  const said = await ask('where is my request?');
  expect(said).toMatchObject({ kind: 'fact', topic: 'fact:request' });
  expect(said.text).toContain(request.reference);
  expect(said.action?.href).toBe(`/requests/${request.reference}`);
});

test('answers from an article, names it, and leads to what one does next', async () => {
  const said = await ask('my gas bill is way too high this month', nobody);
  expect(said).toMatchObject({
    kind: 'article',
    topic: 'article:bill-higher-than-usual',
    source: { href: '/help/bill-higher-than-usual' },
    action: { href: '/requests/new/BILL-HIGH' }
  });
  const spanish = await ask('me voy del piso y quiero dar de baja el gas', nobody, es);
  expect(spanish.source).toEqual({ href: '/help/moving-out', label: 'Baja por mudanza' });
});

test('offers what the search finds while it still learns, and never answers by it', async () => {
  const found = await searched(database.as(nobody), 'why is my bill higher than usual', 'en');
  const decision = decide(found, []);
  expect(decision.kind).toBe('guesses');
  expect(decision.next).toContain('article:bill-higher-than-usual');
  expect(await searched(database.as(nobody), 'xylophone', 'en')).toEqual([]);
});

test('tells nobody anything of another, and a visitor how to get at their own', async () => {
  const grace = await aPerson();
  expect((await ask('where is my request?', grace)).text).toBe(en('bot.no_request'));
  expect(await ask('¿cuánto debo?', nobody, es)).toMatchObject({
    kind: 'fact',
    text: es('bot.sign_in_first')
  });
});

test('leads to a person when one is asked for, in either language', async () => {
  expect((await ask('let me talk to a real person')).kind).toBe('person');
  expect((await ask('quiero hablar con una persona', ada, es)).kind).toBe('person');
});

test('offers guesses or says that it does not know, and a person the second time', async () => {
  const strange = 'who won the football match in the champions league';
  const first = await ask(strange);
  expect(['guesses', 'abstain']).toContain(first.kind);
  const again = await answer(database.as(ada), ada, { text: strange, before: [first] }, en);
  expect(again.kind).toBe('person');
});

test('answers a guess that was chosen, and steps aside from one that is no more', async () => {
  const chosen = await answer(database.as(ada), ada, { text: '', topic: 'fact:visit', before: [] }, en);
  expect(chosen).toMatchObject({ kind: 'fact', text: en('bot.no_visit') });
  const gone = await answer(database.as(ada), ada, { text: '', topic: 'service:GONE', before: [] }, en);
  expect(gone.kind).toBe('person');
});
