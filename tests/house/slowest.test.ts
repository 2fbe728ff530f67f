/** The run says which tests took the longest or a second attempt: files of Vitest, and journeys wherever they are nested. */
import { expect, test } from 'vitest';
import { filesOf, journeysOf, slowest, unsteadyOf } from '../support/slowest.ts';

test('ten are named, the longest first', () => {
  const all = Array.from({ length: 12 }, (_, nth) => ({ name: `test ${nth}`, ms: nth }));
  expect(slowest(all).map(({ ms }) => ms)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
});

test('a file of tests takes from its first moment to its last, and is named as in the project', () => {
  const testResults = [{ name: '/some/where/src/a.test.ts', startTime: 1000, endTime: 1250 }];
  expect(filesOf({ testResults }, '/some/where')).toEqual([{ name: 'src/a.test.ts', ms: 250 }]);
  expect(filesOf({}, '/some/where')).toEqual([]);
});

test('a journey is found however deep it stands, with all its tries', () => {
  const spec = (title: string, ...durations: number[]) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ results: durations.map((duration) => ({ duration })) }]
  });
  const suites = [{ specs: [spec('one', 5)], suites: [{ specs: [spec('two', 7, 8)] }] }];
  expect(journeysOf({ suites })).toEqual([
    { name: 'a.spec.ts: two', ms: 15 },
    { name: 'a.spec.ts: one', ms: 5 }
  ]);
});

test('a journey that came right only the second time is named', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ status, results: [] }]
  });
  const suites = [{ specs: [spec('one', 'expected')], suites: [{ specs: [spec('two', 'flaky')] }] }];
  expect(unsteadyOf({ suites })).toEqual(['a.spec.ts: two']);
});
