/** A file is held in the head: none is longer than 300 lines, and nine in ten are under 150. */
import { expect, test } from 'vitest';
import { filesOf, read } from './source.ts';

const generated = ['db/tables.ts'];
/** Data, not code: the words of the catalogue and of the safety page, and what the emergency screen learns from. */
const isData = (file: string) =>
  /src\/lib\/(catalogue|safety\/(corpus|lexicon|wording))\//.test(file) || /weights/.test(file);

const files = filesOf('{src,bin,tests,bench}/**/*.{ts,mjs,svelte}', { tests: true }).filter(
  (file) => !generated.includes(file) && !isData(file)
);
const linesOf = (file: string) => read(file).split('\n').length;

test.each(files)('%s is no longer than 300 lines', (file) => {
  expect(linesOf(file)).toBeLessThanOrEqual(300);
});

test('nine files in ten are under 150 lines', () => {
  const long = files.filter((file) => linesOf(file) >= 150);
  expect(long.length / files.length).toBeLessThan(0.1);
});
