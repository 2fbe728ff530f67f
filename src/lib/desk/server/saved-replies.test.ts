/** Saved replies: one's own are one's own, a team's are kept by few, and what is proposed is decided on once. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import * as replies from './saved-replies.ts';

const urls = await freshDatabase();
const { aPerson } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [grace, otto, sam, ada] = [
  await aPerson('agent'),
  await aPerson('agent'),
  await aPerson('supervisor'),
  await aPerson()
];
const hello = { name: 'Hello', text: 'Hello {customer name}' };
const seenBy = async (who: typeof grace) =>
  (await replies.repliesFor(database.as(who), who, null)).map(({ name }) => name);

test('one’s own are offered to nobody else, and a name is given once', async () => {
  await replies.saveReply(database.as(grace), grace, 'own', hello);
  expect(await seenBy(grace)).toEqual(['Hello']);
  for (const other of [otto, sam, ada]) expect(await seenBy(other)).toEqual([]);
  await expect(
    replies.saveReply(database.as(grace), grace, 'own', { ...hello, name: 'hello' })
  ).rejects.toMatchObject({ words: 'replies.name_taken' });
  await expect(replies.saveReply(database.as(ada), ada, 'own', hello)).rejects.toThrow(/row-level/);
});

test('an agent proposes, who keeps the replies decides, once', async () => {
  const [own] = await replies.savedReplies(database.as(grace), grace);
  await expect(replies.saveReply(database.as(grace), grace, 'all', hello)).rejects.toMatchObject({
    kind: 'missing'
  });
  await replies.proposeReply(database.as(otto), otto, own!.id, true);
  expect(await replies.savedReplies(database.as(sam), sam)).toEqual([]);
  await replies.proposeReply(database.as(grace), grace, own!.id, true);
  await expect(replies.decideReply(database.as(otto), otto, own!.id, 'all')).rejects.toMatchObject({
    kind: 'missing'
  });
  await replies.decideReply(database.as(sam), sam, own!.id, 'all');
  await expect(replies.decideReply(database.as(sam), sam, own!.id, 'no')).rejects.toMatchObject({
    kind: 'conflict'
  });
  expect(await seenBy(otto)).toEqual(['Hello']);
});

test('what is everybody’s is changed and dropped by who keeps it alone', async () => {
  const [shared] = await replies.savedReplies(database.as(otto), otto);
  await expect(replies.changeReply(database.as(otto), shared!.id, hello)).rejects.toMatchObject({
    words: 'replies.gone'
  });
  await replies.dropReply(database.as(otto), shared!.id);
  expect(await seenBy(otto)).toEqual(['Hello']);
  await replies.changeReply(database.as(sam), shared!.id, { ...hello, name: 'Good day' });
  expect(await seenBy(otto)).toEqual(['Good day']);
  await replies.dropReply(database.as(sam), shared!.id);
  expect(await seenBy(otto)).toEqual([]);
});

test('a reply that is saved by two clicks is one', async () => {
  const bye = { name: 'Goodbye', text: 'Thank you for writing.' };
  for (const whose of ['own', 'all'] as const) {
    const save = () => replies.saveReply(database.as(sam), sam, whose, bye);
    await Promise.all([save(), save()]);
  }
  expect((await seenBy(sam)).filter((name) => name === 'Goodbye')).toHaveLength(2);
  const other = replies.saveReply(database.as(sam), sam, 'own', { ...bye, text: 'Good night.' });
  await expect(other).rejects.toMatchObject({ words: 'replies.name_taken' });
});
