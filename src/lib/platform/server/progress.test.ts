/** What is shown while something takes its time. */
import { expect, test } from 'vitest';
import { lineOf, step } from './progress.ts';

test('a step says what it does and for how long', () => {
  expect(lineOf({ label: 'Building the pages', since: 0 }, 12_400)).toBe('Building the pages (12 s)');
});

test('a step that can count shows how far it has come', () => {
  const counting = { label: 'Loading requests', since: 0, done: 520_000, total: 1_000_000 };
  expect(lineOf(counting, 7_000)).toBe(
    'Loading requests [##########----------] 52%, 520,000 of 1,000,000 (7 s)'
  );
});

test('a step gives back what its work gave, and fails as it failed', async () => {
  expect(await step('Adding', async () => 1 + 1)).toBe(2);
  await expect(step('Failing', () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
});
