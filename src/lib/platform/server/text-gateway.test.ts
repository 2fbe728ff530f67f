/** Text messages over a real gateway on this machine: as they arrive, and what it says against them. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { textGateway } from '../../../../tests/support/text-gateway.ts';
import { system } from '../actor.ts';
import { openDatabase } from './db.ts';
import { startTextCatcher } from './text-catcher.ts';
import { openTexts, TextProblem } from './text-gateway.ts';

const urls = await freshDatabase();
const database = openDatabase(urls.worker, 'hearth_worker');
const db = database.as(system);
afterAll(() => database.close());

const { office, sent, told } = await textGateway();
const texts = openTexts(office);
const one = { to: '+12075550134', text: 'Northgate Gas: ¿Qué pasa?' };

beforeEach(() => {
  sent.length = 0;
  Object.assign(told, { status: 202, silent: false, tries: 0 });
});

test('a text arrives with our sender, its token and its id, and the same id is the same text', async () => {
  await texts.send(one, 'a-1');
  await texts.send(one, 'a-1');
  expect(sent).toEqual([{ ...one, from: 'Northgate', id: 'a-1' }]);
});

test.each([
  [422, true],
  [400, false],
  [401, false],
  [404, false],
  [429, false],
  [500, false],
  [302, false]
])('an answer of %i is final: %s', async (status, final) => {
  told.status = status;
  const sending = texts.send(one, 'a-2');
  await expect(sending).rejects.toThrow(TextProblem);
  await expect(sending).rejects.toMatchObject({ final });
  await expect(sending).rejects.not.toThrow(/2075550134|pasa/);
});

test('silence, and nobody there, are tried again', async () => {
  told.silent = true;
  await expect(openTexts({ ...office, patience: 200 }).send(one, 'a-3')).rejects.toMatchObject({
    final: false,
    message: 'A text was not taken: no answer in time.'
  });
  await expect(openTexts({ ...office, url: 'http://127.0.0.1:9/' }).send(one, 'a-4')).rejects.toMatchObject({
    final: false,
    message: 'A text was not taken: no connection.'
  });
});

test('the catcher keeps what it is sent by who knows its token, told apart from letters', async () => {
  const catcher = await startTextCatcher(db, 'Northgate');
  await openTexts(catcher.office).send(one, 'a-5');
  await expect(openTexts({ ...catcher.office, token: 'guessed' }).send(one, 'a-6')).rejects.toThrow('401');
  await catcher.close();
  const kept = await db.selectFrom('caught_mail').select(['by', 'sender', 'recipient', 'text']).execute();
  expect(kept).toEqual([{ by: 'text', sender: 'Northgate', recipient: one.to, text: one.text }]);
});
