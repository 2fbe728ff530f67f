/** Money is written from whole minor units, as its currency and the reader's language have it. */
import { expect, test } from 'vitest';
import { writeMoney } from './money.ts';

test('minor units become an amount', () => {
  expect(writeMoney(123_450, 'USD', 'en')).toBe('$1,234.50');
  expect(writeMoney(-50, 'USD', 'en')).toBe('-$0.50');
});

test('a currency without a minor unit keeps its number', () => {
  expect(writeMoney(1250, 'JPY', 'en')).toBe('¥1,250');
});

test('the language decides where the sign stands', () => {
  expect(writeMoney(1250, 'EUR', 'es').replaceAll(/\s/g, ' ')).toBe('12,50 €');
});
