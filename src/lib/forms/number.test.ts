/** Numbers as people write them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber } from './number.ts';

test.each([
  ['1200', 1200],
  [' 1 200 ', 1200],
  ['1,200', 1200],
  ['1.200', 1200],
  ["1'200", 1200],
  ['1,200.50', 1200.5],
  ['1.200,50', 1200.5],
  ['12,5', 12.5],
  ['12.5', 12.5],
  ['0.125', 0.125],
  ['-3', -3],
  ['5.', 5],
  ['１２', 12]
])('%s means %d', (typed, number) => expect(readNumber(typed)).toBe(number));

test.each(['', 'ten', '1,200,50', '1.2.3', '--1', '1e3', '0x10', 'Infinity', '12 rooms'])(
  '%s means no number',
  (typed) => expect(readNumber(typed)).toBeNaN()
);

test('every amount is understood in both ways of writing it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
      const amount = cents / 100;
      for (const language of ['en-US', 'de-DE']) {
        const written = new Intl.NumberFormat(language, { minimumFractionDigits: 2 }).format(amount);
        expect(readNumber(written)).toBe(amount);
      }
    })
  );
});
