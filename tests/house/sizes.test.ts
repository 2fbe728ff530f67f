/** A file is held in the head: none is longer than 300 lines, and nine in ten are under 150. A module is read in a day. */
import { expect, test } from 'vitest';
import { filesOf, floors, read } from './source.ts';

const generated = ['db/tables.ts', 'src/lib/platform/words/en.ts', 'src/lib/platform/words/es.ts'];
/** Data, not code: the words of the safety page, and what the emergency screen learns from. */
const isLearned = (file: string) =>
  /src\/lib\/safety\/(corpus|lexicon|wording)\//.test(file) || /weights/.test(file);
/** The service types as well: as many as there are, each as long as it asks. */
const isData = (file: string) => /src\/lib\/catalogue\//.test(file) || isLearned(file);

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

/** Words and tests do not count, nor what is learned from; all else that a module is made of does, the service types too. */
test.each(floors)('%s is under 5,000 lines: what grows beyond it is two modules', (floor) => {
  const own = filesOf(`src/lib/${floor}/**/*.{ts,svelte}`).filter(
    (file) => !generated.includes(file) && !isLearned(file)
  );
  expect(own.reduce((lines, file) => lines + linesOf(file), 0)).toBeLessThan(5000);
});
