/** A bill comes to the same, whichever way it is added up, and never loses a cent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counted, kilowattHours, therms } from './consumption.ts';
import { decimal, divideHalfEven, formatMoney, minorOf, shareOut } from './money.ts';
import { daysOf, linesOf, type Tariff, totalOf } from './tariff.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const cents = (text: string) => BigInt(Math.round(Number(text) * 1e6));

const winter = {
  from: day('2025-01-01'),
  standing: cents('40'),
  tiers: [
    { upTo: 20_000n, rate: cents('80') },
    { upTo: null, rate: cents('95') }
  ],
  delivery: cents('41.25'),
  tax: 50_000n
};
const dearer = { ...winter, from: day('2026-01-16'), standing: cents('43'), delivery: cents('44.1') };
const tariff: Tariff = { unit: 'therm', prices: [winter, dearer] };

describe('a bill of thirty days', () => {
  const lines = linesOf(tariff, { from: day('2025-11-01'), to: day('2025-11-30'), quantity: 40_000n });

  test('has a line for the days, one for each tier, delivery and tax', () => {
    expect(lines.map(({ code, quantity, amount }) => [code, quantity, amount])).toEqual([
      ['standing', 30_000n, 1200n],
      ['gas', 20_000n, 1600n],
      ['gas', 20_000n, 1900n],
      ['delivery', 40_000n, 1650n],
      ['tax', 5000n, 318n]
    ]);
  });

  test('comes to the sum of its lines', () => expect(totalOf(lines)).toBe(6668n));
});

test('prices that change inside the period are charged by their days', () => {
  const lines = linesOf(tariff, { from: day('2026-01-01'), to: day('2026-01-31'), quantity: 31_000n });
  expect(lines.filter(({ code }) => code === 'standing').map(({ quantity }) => quantity)).toEqual([
    15_000n,
    16_000n
  ]);
  expect(lines.filter(({ code }) => code === 'delivery').map(({ quantity }) => quantity)).toEqual([
    15_000n,
    16_000n
  ]);
});

test('the leap day is a day', () => {
  expect(daysOf({ from: day('2028-02-01'), to: day('2028-02-29') })).toBe(29);
  expect(daysOf({ from: day('2027-02-01'), to: day('2027-02-28') })).toBe(28);
});

test('whatever the days and the use: all of it is charged, no more and no less, and tax is on the rounded sum', () => {
  const period = fc.record({
    start: fc.integer({ min: 0, max: 700 }),
    days: fc.integer({ min: 1, max: 70 }),
    quantity: fc.bigInt({ min: 0n, max: 5_000_000n })
  });
  fc.assert(
    fc.property(period, ({ start, days, quantity }) => {
      const from = day('2025-01-01').add({ days: start });
      const lines = linesOf(tariff, { from, to: from.add({ days: days - 1 }), quantity });
      const sum = (code: string) =>
        lines.filter((line) => line.code === code).reduce((all, line) => all + line.quantity, 0n);
      expect(sum('standing')).toBe(BigInt(days) * 1000n);
      expect(sum('gas')).toBe(quantity);
      expect(sum('delivery')).toBe(quantity);
      const taxed = lines.filter(({ code }) => code !== 'tax');
      expect(totalOf(lines)).toBe(totalOf(taxed) + divideHalfEven(totalOf(taxed) * 50_000n, 1_000_000n));
      for (const { amount, quantity: of, rate } of taxed) {
        const off = amount * 1_000_000_000n - of * rate;
        expect(off <= 500_000_000n && off >= -500_000_000n).toBe(true);
      }
    })
  );
});

describe('the worked examples of the field', () => {
  test('37 ccf at a factor of 1.085 are 40 therms', () => expect(therms(37n, 10_850n)).toBe(40_000n));

  test('100 m³ at 39.5 MJ/m³ are 1,122.063 kWh, and 100 units of an imperial meter 2.83 times that', () => {
    expect(kilowattHours(100n, 395n)).toBe(1_122_063n);
    expect(kilowattHours(100n, 395n, { imperial: true })).toBe(3_175_439n);
  });
});

test('a register goes on past its last number', () => {
  expect(counted('99990', '00012')).toBe(22n);
  expect(counted('00412', '00450')).toBe(38n);
  expect(() => counted('0412', '00450')).toThrow('as many digits');
});

describe('money', () => {
  test('is written as the language writes it', () => {
    expect(formatMoney(123_456_789_012_345_678n, 'USD', 'en')).toBe('$1,234,567,890,123,456.78');
    expect(formatMoney(-1250n, 'USD', 'en')).toBe('-$12.50');
    expect(formatMoney(500n, 'JPY', 'en')).toBe('¥500');
  });

  test('comes back from how it was written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), (minor) => {
        expect(minorOf(decimal(minor, 2), 2)).toBe(minor);
      })
    );
    expect(minorOf('12.505', 2)).toBe(null);
    expect(minorOf('12.500', 2)).toBe(1250n);
    expect(minorOf('1e5', 2)).toBe(null);
  });

  test('is shared out to the last cent', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.array(fc.bigInt({ min: 1n, max: 1000n }), { minLength: 1, maxLength: 12 }),
        (total, weights) => {
          const shares = shareOut(total, weights);
          expect(shares.reduce((all, share) => all + share, 0n)).toBe(total);
          expect(shares.every((share) => share >= 0n)).toBe(true);
        }
      )
    );
  });

  test('halves go to the even side', () => {
    expect([5n, 15n, 25n, -5n, -15n].map((part) => divideHalfEven(part, 10n))).toEqual([0n, 2n, 2n, 0n, -2n]);
  });
});
