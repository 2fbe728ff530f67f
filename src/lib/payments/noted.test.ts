/** What is taken of a payment that the desk writes down, and what is said of what is not. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { mostNoted, readNoted, type NotedTyped, type ToNote } from './noted.ts';

const t = wordsFor('en');
const typed: NotedTyped = {
  ...{ bill: '', method: 'cash', amount: '25.50', paid_on: '2026-03-10', number: '', note: '', credit: '' }
};
const around: ToNote = { balance: 9000n, currency: 'USD', today: '2026-03-10', bills: ['B-1'] };
const read = (change: Partial<NotedTyped>, other: Partial<ToNote> = {}) =>
  readNoted({ ...typed, ...change }, { ...around, ...other }, t);
const problems = (change: Partial<NotedTyped>, other: Partial<ToNote> = {}) => {
  const said = read(change, other);
  return said.ok ? [] : Object.keys(said.problems);
};

test('cash over the counter needs an amount and a day, and nothing else', () => {
  expect(read({})).toEqual({
    ok: true,
    noted: {
      ...{ bill: null, method: 'cash', amount: 2550n, paid_on: '2026-03-10' },
      number: null,
      note: null
    }
  });
});

test('one slip of paper has one number, however it is typed', () => {
  const said = read({ method: 'bank', number: ' tr 12-34/a ', note: ' in two parts ', bill: 'B-1' });
  expect(said).toMatchObject({ noted: { number: 'TR12-34/A', note: 'in two parts', bill: 'B-1' } });
  expect(read({ method: 'bank', number: 'ＴＲ12\u201334' })).toMatchObject({ noted: { number: 'TR12-34' } });
  expect(problems({ method: 'cheque' })).toEqual(['number']);
  expect(problems({ method: 'bank', number: '<b>' })).toEqual(['number']);
  expect(problems({ number: '9'.repeat(41) })).toEqual(['number']);
});

test.each(['', '0', '0.00', '-5', 'all', '25.505', '1e3'])('%j is no amount to write down', (amount) => {
  expect(problems({ amount })).toEqual(['amount']);
});

test('too many noughts are asked about: more than is owed only if it is meant, and never more than a million', () => {
  expect(problems({ amount: '90.01' })).toEqual(['credit']);
  expect(problems({ amount: '90.00' })).toEqual([]);
  expect(problems({ amount: '90.01', credit: 'yes' })).toEqual([]);
  expect(problems({ amount: '0.01' }, { balance: -500n })).toEqual(['credit']);
  expect(problems({ amount: '1000000.01', credit: 'yes' })).toEqual(['amount']);
  expect(mostNoted('JPY')).toBe(1_000_000n);
});

test('the same form sent again is not asked about what it has paid itself', () => {
  expect(problems({ amount: '90.01' }, { balance: null })).toEqual([]);
});

test('a day is one of the last year, and none that has yet to come', () => {
  for (const paid_on of ['', '2026-02-30', '2026-03-11', '2025-03-09', 'today'])
    expect(problems({ paid_on })).toEqual(['paid_on']);
  for (const paid_on of ['2026-03-10', '2025-03-10']) expect(problems({ paid_on })).toEqual([]);
});

test('all that is wrong is said at once', () => {
  const nothing = { ...{ bill: 'B-9', method: 'gold', amount: '', paid_on: '' }, note: 'x'.repeat(501) };
  expect(problems(nothing).toSorted()).toEqual(['amount', 'bill', 'method', 'note', 'paid_on']);
});
