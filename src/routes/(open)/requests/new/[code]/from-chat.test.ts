/** What somebody wrote in the chat is filled in for them alone, and never over what they typed. */
import { isRedirect } from '@sveltejs/kit';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../../../tests/support/database.ts';
import { makersOn } from '../../../../../../tests/support/makers.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { endConversation, openConversation, takeTurn } from '#lib/chat/server/commands.ts';
import { handOver } from '#lib/chat/server/hand-over.ts';
import { keepDraft, type DraftTyped } from '#lib/forms/server/drafts.ts';
import type { Customer, VisitorActor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { typeAsked, usual } from './form-page.ts';
import { besideBegun, leadToBegun, withChat } from './from-chat.ts';

const urls = await freshDatabase();
const { aPerson } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const database = openDatabase(urls.web, 'hearth_web', { size: 2 });
afterAll(() => database.close());

type Asker = Customer | VisitorActor;
const aCustomer = async () => (await aPerson()) as Customer;
const aVisitor = (): VisitorActor => ({ kind: 'visitor', visitor: crypto.randomUUID() });

async function says(who: Asker, text: string) {
  const db = database.as(who);
  const conversation = await openConversation(db, who, 'en');
  const answer = {
    ...{ kind: 'service' as const, topic: 'service:BILL-HIGH', text: 'You can ask us to look at it.' },
    ...{ ways: [], understood: null }
  };
  await takeTurn(db, conversation, { key: crypto.randomUUID(), text, answer });
  return conversation;
}

const opening = (who: Asker, query: string) => ({
  event: {
    params: { code: 'BILL-HIGH' },
    locals: { db: database.as(who), actor: who, locale: 'en' } as unknown as App.Locals
  },
  url: new URL(query, 'http://here/requests/new/BILL-HIGH')
});

/** What stands in the description, or where they are led instead. */
async function finds(who: Asker, query = '?from=chat', begun: DraftTyped = usual) {
  const { event, url } = opening(who, query || '/requests/new/BILL-HIGH');
  const { type } = await typeAsked(event);
  try {
    await leadToBegun(event, type, url);
  } catch (away) {
    if (isRedirect(away)) return away.location;
    throw away;
  }
  const { typed, isFromChat } = await withChat(event, type, { url, begun });
  expect(isFromChat).toBe(typed !== begun);
  return typed['description'];
}

test.each([
  ['a customer', aCustomer],
  ['a visitor', aVisitor]
])('%s finds their own words, and nobody else does', async (_, make) => {
  const [who, other, visitor] = [await make(), await aCustomer(), aVisitor()];
  expect(await finds(who)).toBeUndefined();
  await says(who, 'My bill doubled.');
  await says(who, 'We were away in April.');
  await says(visitor, 'Something else.');
  expect(await finds(who)).toBe('My bill doubled.\nWe were away in April.');
  expect(await finds(who, '?from=chat', { description: 'About bill 7.\n' })).toMatch(
    /^About bill 7.\nMy bill/
  );
  expect(await finds(other)).toBeUndefined();
  expect(await finds(visitor)).toBe('Something else.');
  expect(await finds({ kind: 'visitor', visitor: null })).toBeUndefined();
});

test.each(['', '?from=', '?from=Chat', '?from=toString', '?from=%00', '?from=a&from=chat', '?from[]=chat'])(
  'an address with “%s” does not say that they come from the chat',
  async (query) => {
    const ada = await aCustomer();
    await says(ada, 'My bill doubled.');
    expect(await finds(ada, query)).toBeUndefined();
  }
);

test('as much as the description takes, with what it begins with', async () => {
  const ada = await aCustomer();
  for (const letter of 'abc') await says(ada, letter.repeat(1999));
  expect(await finds(ada)).toBe(`${'b'.repeat(1999)}\n${'c'.repeat(1999)}`);
  expect(await finds(ada, '?from=chat', { description: 'About it\n' })).toBe(`About it\n${'c'.repeat(1999)}`);
});

test('what they have begun to type in the form comes first, of this form and of theirs', async () => {
  const [ada, vic] = [await aCustomer(), aVisitor()];
  const key = crypto.randomUUID();
  for (const who of [ada, vic]) await says(who, 'My bill doubled.');
  const draft = { key, form: 'request:BILL-HIGH', typed: { description: 'Typed.' } };
  await keepDraft(database.as(ada), ada, { ...draft, key: crypto.randomUUID(), form: 'request:GENERAL' });
  expect(await finds(ada)).toBe('My bill doubled.');
  await keepDraft(database.as(ada), ada, draft);
  expect(await finds(ada)).toBe(`/requests/new/BILL-HIGH?key=${key}&from=chat`);
  expect(await finds(vic)).toBe('My bill doubled.');
});

test('what has ended or is with a person already is not taken', async () => {
  const [ada, eve] = [await aCustomer(), await aCustomer()];
  await handOver(database.as(ada), ada, await says(ada, 'My bill doubled.'), {
    ...{ locale: 'en', wish: 'A person, please.', now: new Date() }
  });
  await endConversation(database.as(eve), await says(eve, 'My bill doubled.'));
  for (const who of [ada, eve]) expect(await finds(who)).toBeUndefined();
});

test('beside what they had begun their words of the chat are offered, and added once, as far as there is room', async () => {
  const ada = await aCustomer();
  await says(ada, 'My bill doubled.');
  const beside = async (query: string, description: string) => {
    const { event, url } = opening(ada, query);
    const { type } = await typeAsked(event);
    const { typed, offered, isFromChat } = await besideBegun(event, type, { url, begun: { description } });
    return { description: typed['description'], offered, isFromChat };
  };
  const asBegun = { description: 'Typed.', offered: null, isFromChat: false };
  expect(await beside('?key=1', 'Typed.')).toEqual(asBegun);
  expect(await beside('?key=1&from=chat', 'Typed.')).toEqual({
    ...asBegun,
    offered: { words: 'My bill doubled.', href: '/requests/new/BILL-HIGH?key=1&add=chat&from=chat' }
  });
  const added = await beside('?key=1&add=chat&from=chat', 'Typed.');
  expect(added).toEqual({ description: 'Typed.\nMy bill doubled.', offered: null, isFromChat: true });
  expect(await beside('?key=1&add=chat&from=chat', added.description as string)).toMatchObject({
    description: added.description,
    isFromChat: false
  });
  const full = 'x'.repeat(4000);
  expect(await beside('?key=1&from=chat', full)).toEqual({ ...asBegun, description: full });
});
