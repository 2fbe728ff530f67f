/** An amount means the same wherever money is paid, noted or priced. */
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { wordsFor } from '#lib/platform/words.ts';
import { linesOf } from '../../../tests/support/cases.ts';
import { readNoted } from '#lib/payments/noted.ts';
import { amountField, amountOrNothing, readAmount, typedAmount } from './typed-amount.ts';

test.each(linesOf('amounts'))('%s', (line, [typed = '']) => {
  const minor = BigInt(/-> (\d+)/.exec(line)?.[1] ?? 0);
  const currency = line.includes('India') ? 'INR' : 'USD';
  expect(typedAmount(typed, currency)).toBe(minor);
  expect(readAmount(typed, currency, minor)).toEqual({ ok: true, amount: minor });
  expect(v.parse(amountField(currency, minor), typed)).toBe(minor);
  const day = '2026-03-10';
  const noted = { bill: '', method: 'cash', amount: typed, paid_on: day, number: '', note: '', credit: '' };
  const around = { balance: minor, currency, today: day, bills: [] };
  expect(readNoted(noted, around, wordsFor('en'))).toMatchObject({ noted: { amount: minor } });
});

test('what may be two amounts is none', () => {
  for (const typed of ['25.505', '1.025', '20 50', '1 2', '$', '20 GBP'])
    expect([typed, typedAmount(typed, 'USD')]).toEqual([typed, null]);
  for (const [typed, minor] of [
    ['1 025', 102500n],
    ['1.025.000', 102500000n],
    ["1'025.50", 102550n],
    ['1 20 000.50', 12000050n]
  ] as const)
    expect([typed, typedAmount(typed, 'USD')]).toEqual([typed, minor]);
});

test('dinars have thousandths, and yen no parts at all', () => {
  expect(typedAmount('25.505', 'KWD')).toBe(25505n);
  expect(typedAmount('25,505 KWD', 'KWD')).toBe(25505n);
  expect(typedAmount('1,025', 'JPY')).toBe(1025n);
  expect(typedAmount('25.5', 'JPY')).toBeNull();
});

test('an empty field is nothing where that is allowed, and what is no amount is never nothing', () => {
  expect(v.parse(amountOrNothing('USD', 500n), ' ')).toBe(0n);
  expect(v.safeParse(amountOrNothing('USD', 500n), 'lots').success).toBe(false);
  expect(v.safeParse(amountOrNothing('USD', 500n), '5.01').success).toBe(false);
  expect(v.safeParse(amountField('USD', 500n), '').success).toBe(false);
});
