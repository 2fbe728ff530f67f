/** Amounts as people type them are read to the cent, or not at all. */
import { expect, test } from 'vitest';
import { readAmount } from '#lib/billing/typed-amount.ts';

test.each([
  ['25', 2500n],
  ['25.5', 2550n],
  ['25,50', 2550n],
  [' $ 25.00', 2500n],
  ['1,025.50', 102550n],
  ['1.025,50', 102550n],
  ['1,025', 102500n],
  ['٢٥', 2500n],
  ['２５．５０', 2550n],
  ['25 dollars', 2500n],
  ['1,025.50 USD', 102550n]
])('%s is %s', (typed, amount) => {
  expect(readAmount(typed, 'USD', 200_000n)).toEqual({ ok: true, amount });
});

test.each(['', '0x10', '25.505', '-5', '1e3', '12,34,56', '£25', '20 50', `25${' '.repeat(300)}00`, 'all'])(
  '%j is no amount',
  (typed) => {
    expect(readAmount(typed, 'USD', 200_000n)).toEqual({ ok: false, problem: 'pay_amount_none' });
  }
);

test('nobody pays more than is owed, nor less than a provider takes, unless that is all', () => {
  expect(readAmount('20.01', 'USD', 2000n)).toEqual({ ok: false, problem: 'pay_amount_most' });
  expect(readAmount('0.99', 'USD', 2000n)).toEqual({ ok: false, problem: 'pay_amount_least' });
  expect(readAmount('0.40', 'USD', 40n)).toEqual({ ok: true, amount: 40n });
  expect(readAmount('500', 'JPY', 500n)).toEqual({ ok: true, amount: 500n });
});
