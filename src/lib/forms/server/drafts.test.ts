/** Drafts: kept for whoever typed them, under a key that is theirs alone, and handed over when they sign in. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody, type Actor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { adoptDrafts, findDraft, findReply, keepDraft, moveDraft, replyForm } from './drafts.ts';
import { replyToRequest } from '#lib/requests/server/messages.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const ben = await aPerson('customer', { name: 'Ben Hill' });
const aVisitor = (): Actor & { visitor: string } => ({ kind: 'visitor', visitor: randomUUID() });

const keep = (by: Actor, key: string, text: string, form = 'request:GENERAL') =>
  keepDraft(database.as(by), by, { key, form, typed: { text } });
const kept = async (by: Actor, key: string) => (await findDraft(database.as(by), key))?.typed['text'];

test('what is typed on after a session has ended is kept under the same key, and is theirs when they are back', async () => {
  const [key, visitor] = [randomUUID(), aVisitor()];
  await keep(ada, key, 'Half of it');
  expect(await keep(visitor, key, 'Half of it, and the rest')).toBe(true);
  expect(await kept(ada, key)).toBe('Half of it');

  await adoptDrafts(database, visitor.visitor, ada.id);
  expect(await kept(ada, key)).toBe('Half of it, and the rest');
  expect(await kept(visitor, key)).toBeUndefined();
});

test('of two drafts of one form the newer stays, whoever kept it', async () => {
  const [key, visitor] = [randomUUID(), aVisitor()];
  await keep(visitor, key, 'Before');
  await keep(ada, key, 'After');
  await adoptDrafts(database, visitor.visitor, ada.id);
  expect(await kept(ada, key)).toBe('After');
  // Nor does the older one wait for whoever signs in next in that browser.
  expect(await kept(visitor, key)).toBeUndefined();
  await adoptDrafts(database, visitor.visitor, ben.id);
  expect(await kept(ben, key)).toBeUndefined();
});

test('the files that a visitor has chosen come along, and only those of their own forms', async () => {
  const [key, visitor, stranger] = [randomUUID(), aVisitor(), aVisitor()];
  await keep(visitor, key, 'With a photo');
  await keep(stranger, key, 'Under the same key');
  const [theirs, foreign] = [await aFile(key, visitor.visitor), await aFile(key, stranger.visitor)];

  await adoptDrafts(database, visitor.visitor, ada.id);
  const seen = await database
    .as(ada)
    .selectFrom('attachment')
    .select('id')
    .where('form_key', '=', key)
    .execute();
  expect(seen).toEqual([{ id: theirs }]);
  expect(await sql('select person_id from attachment where id = $1', [foreign])).toEqual([
    { person_id: null }
  ]);
});

test('what is too long is kept as far as it goes, and what fits no form is not', async () => {
  const key = randomUUID();
  expect(await keep(ada, key, `${'a'.repeat(19_999)}\u{1f525}${'b'.repeat(50_000)}`)).toBe(true);
  expect(await kept(ada, key)).toHaveLength(20_000);
  const typed = { attachment: Array.from({ length: 10 }, () => 'a'.repeat(9_000)) };
  expect(await keepDraft(database.as(ada), ada, { key: randomUUID(), form: 'request:GENERAL', typed })).toBe(
    false
  );
  expect(await keep(nobody, randomUUID(), 'Without a cookie')).toBe(false);
});

test('a reply is found again on its request, or by its key; and never once it was sent', async () => {
  const { reference } = await aRequest(ada, { status: 'open' });
  const [older, newer] = [randomUUID(), randomUUID()];
  const found = (key: string | null = null, by = ada) => findReply(database.as(by), by, reference, key);
  await keep(ada, older, 'In one tab', replyForm(reference));
  await keep(ada, newer, 'In another', replyForm(reference));
  expect(await found()).toEqual({ key: newer, text: 'In another' });
  expect(await found(older)).toEqual({ key: older, text: 'In one tab' });
  expect(await found(null, ben)).toBeNull();

  await replyToRequest(database.as(ada), ada, reference, { key: newer, text: 'In another', attachments: [] });
  // A script that was still keeping it comes late.
  await keep(ada, newer, 'In another', replyForm(reference));
  expect(await found()).toEqual({ key: older, text: 'In one tab' });
  expect(await found(newer)).toBeNull();
});

test('a form that goes on under another key takes its files along', async () => {
  const [from, to] = [randomUUID(), randomUUID()];
  const file = await aFile(from, null);
  await moveDraft(database.as(ben), from, to);
  expect(await sql('select form_key from attachment where id = $1', [file])).toEqual([{ form_key: from }]);
  await moveDraft(database.as(ada), from, to);
  expect(await sql('select form_key from attachment where id = $1', [file])).toEqual([{ form_key: to }]);
});

/** A file of a visitor's, or else of Ada's. */
async function aFile(formKey: string, visitor: string | null) {
  const [file] = await sql<{ id: string }>(
    `insert into attachment (form_key, person_id, visitor, address, name, size, expires_at)
     values ($1, $2, $3, 'somewhere', 'photo.png', 1, now() + interval '1 day') returning id`,
    [formKey, visitor ? null : ada.id, visitor]
  );
  return file?.id ?? '';
}
