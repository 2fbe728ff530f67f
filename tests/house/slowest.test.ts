/** The run says which tests took the longest or a second attempt: files of Vitest, and journeys wherever they are nested. */
import { expect, test } from 'vitest';
import { failedOf, filesOf, journeysOf, slowest, unsteadyOf } from '../support/slowest.ts';

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
  const spec = (title: string, status: string, message: string) => ({
    title,
    file: 'a.spec.ts',
    tests: [{ status, results: [{ duration: 1, error: { message } }, { duration: 1 }] }]
  });
  const suites = [
    { specs: [spec('one', 'expected', '')], suites: [{ specs: [spec('two', 'flaky', '\u001b[31mNot yet')] }] }
  ];
  expect(unsteadyOf({ suites })).toEqual([{ name: 'a.spec.ts: two', said: 'Not yet' }]);
});

test('a file with a failed test is named, with what the test said', () => {
  const file = (name: string, status: string, failureMessages: string[]) => ({
    ...{ name: `/some/where/${name}`, status, startTime: 0, endTime: 1 },
    assertionResults: [
      { fullName: 'is whole', failureMessages: null },
      { fullName: 'adds up', failureMessages }
    ]
  });
  const testResults = [file('a.test.ts', 'passed', []), file('b.test.ts', 'failed', ['2 is not 3'])];
  expect(failedOf({ testResults }, '/some/where')).toEqual([
    { name: 'b.test.ts', said: 'adds up: 2 is not 3' }
  ]);
});
