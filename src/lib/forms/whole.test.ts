/** How many, as people type it. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { wholeField, wholeIn } from './whole.ts';

test.each([
  ['3', 3],
  [' 3 ', 3],
  ['３', 3],
  ['٣', 3],
  ['3.00', 3],
  ['1,000', 1000],
  ['1 000', 1000],
  ['0', 0]
])('%j are %d', (typed, many) => expect(wholeIn(typed)).toBe(many));

test.each([
  '',
  ' ',
  '1.5',
  '-1',
  '1.000',
  '1 2',
  'ten',
  '0x10',
  '1e3',
  '9'.repeat(12),
  `1${' '.repeat(200)}0`
])('%j is no number of things', (typed) => expect(wholeIn(typed)).toBeNull());

test('a field says how few and how many', () => {
  const field = wholeField(1, 5);
  expect(v.parse(field, '５')).toBe(5);
  for (const typed of ['0', '6', '', 'five']) expect(v.safeParse(field, typed).success).toBe(false);
});
