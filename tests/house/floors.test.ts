/** The house has floors. A module leans only on the floors below it, and pure files only on pure files. */
import { expect, test } from 'vitest';
import { filesOf, floors, importsOf } from './source.ts';

/** Gathered from all modules by `npm run words`, so that no module edits a list of another's. */
const gathered = ['src/lib/platform/words/en.ts', 'src/lib/platform/words/es.ts'];

const files = filesOf('src/lib/**/*.{ts,svelte}').filter((file) => !gathered.includes(file));

test('every module has its floor', () => {
  const modules = new Set(files.map((file) => placeOf(file).home));
  expect([...modules].filter((home) => !floors.includes(home))).toEqual([]);
});

test.each(files)('%s leans only downwards', (file) => {
  const { home, part } = placeOf(file);
  for (const target of importsOf(file)) {
    if (!target.startsWith('src/lib/')) {
      // Only the types of the tables are known from outside; the roof is never.
      expect(target, `${file} reaches out of the house`).toBe('db/tables.ts');
      continue;
    }
    const there = placeOf(target);
    if (there.home !== home) {
      expect(floors.indexOf(there.home), `${home} leans on ${there.home}`).toBeLessThan(floors.indexOf(home));
    }
    if (part !== 'server') expect(there.part, `${file} reaches into ${target}`).not.toBe('server');
    if (part === 'server') expect(there.part, `${file} reaches into ${target}`).not.toBe('ui');
    if (part === 'rules') expect(there.part, `${file} reaches into ${target}`).toBe('rules');
  }
});

/**
 * `src/lib/desk/server/queue.ts` stands in `desk`, in its part `server`. What is compiled by Svelte shows; the
 * plain files of `ui` (how a moment is written, which icons there are) are rules like any other.
 */
function placeOf(file: string) {
  const [, , home = '', next = ''] = file.split('/');
  const shows = next === 'ui' || (home === 'ui' && /\.svelte(\.ts)?$/.test(file));
  return { home, part: shows ? 'ui' : next === 'server' ? 'server' : 'rules' };
}
