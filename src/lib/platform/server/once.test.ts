/** A form is one deed, however often it is sent. */
import { expect, test } from 'vitest';
import { refuse } from '../refusal.ts';
import { digestOf, doneBefore, once, type First } from './once.ts';

/** A form that was sent with these contents, one after the other; what each was answered, and how often it was done. */
async function send(contents: string[], { asksBefore = false } = {}) {
  let kept: First<string> | null = null;
  let runs = 0;
  const answers: string[] = [];
  for (const content of contents) {
    const digest = digestOf([content]);
    const refuseOther = () => refuse('conflict', 'orders.key_used');
    const deed = once({ digest, first: async () => kept, refuseOther, asksBefore }, async () => {
      runs += 1;
      if (kept) throw new Error('the database refuses the same key');
      kept = { digest, result: `receipt of ${content}` };
      return kept.result;
    });
    answers.push(await deed.catch((problem: Error) => problem.message));
  }
  return { answers, runs };
}

test('sent again it has its first receipt again, and other content is refused', async () => {
  expect(await send(['one', 'one', 'two'])).toEqual({
    answers: ['receipt of one', 'receipt of one', 'orders.key_used'],
    runs: 3
  });
});

test('where doing it in vain is dear, it is asked before', async () => {
  expect(await send(['one', 'one', 'one'], { asksBefore: true })).toMatchObject({ runs: 1 });
});

test('what fails for another reason fails', async () => {
  const failing = once(
    { digest: '', first: async () => null, refuseOther: () => refuse('conflict', 'orders.key_used') },
    () => Promise.reject(new Error('broken'))
  );
  await expect(failing).rejects.toThrow('broken');
});

test('asked before anything is read, a form says what it became; other content is refused in general words', async () => {
  const form = { digest: 'a', first: async () => ({ digest: 'a', result: 'done' }) };
  expect(await doneBefore(form)).toBe('done');
  expect(await doneBefore({ ...form, first: async () => null })).toBeNull();
  await expect(doneBefore({ ...form, digest: 'b' })).rejects.toMatchObject({ words: 'errors.form_used' });
});
