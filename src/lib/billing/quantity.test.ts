/** A quantity in words: one of a unit is not many of it. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { tellQuantity } from './quantity.ts';

const [en, es] = [wordsFor('en'), wordsFor('es')];

test.each([
  [1000n, '1 therm'],
  [40_500n, '40.5 therms'],
  [0n, '0 therms']
])('%s thousandths are %s', (thousandths, said) => {
  expect(tellQuantity(en, 'therm', thousandths)).toBe(said);
});

test('what is rounded to one is one', () => {
  expect(tellQuantity(en, 'therm', 1200n, 0)).toBe('1 therm');
  expect(tellQuantity(en, 'day', 1000n)).toBe('1 day');
  expect(tellQuantity(es, 'day', 1000n)).toBe('1 día');
  expect(tellQuantity(es, 'day', 30_000n)).toBe('30 días');
});
