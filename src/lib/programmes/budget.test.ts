import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountsOf, averageOf, monthlyOf } from './budget.ts';

const billed = (...totals: bigint[]) => totals.map((total) => ({ total }));
const totals = fc.array(fc.bigInt({ min: 1n, max: 60_000n }), { minLength: 1, maxLength: 30 });

test('a month is the mean of the last twelve bills and a twelfth of the balance, as Atmos publishes it', () => {
  // Twelve bills of $1,200 in all, $60 still owed: $100 + $5.
  const year = billed(...Array.from({ length: 12 }, (_, month) => BigInt(month < 6 ? 5000 : 15_000)));
  expect(averageOf(year)).toBe(10_000n);
  expect(monthlyOf(year, 6000n)).toBe(10_500n);
  expect(monthlyOf(year, -6000n)).toBe(9500n);
});

test('only the last twelve count, and credit notes are no month', () => {
  expect(averageOf(billed(...Array.from({ length: 12 }, () => 100n), 99_999n))).toBe(100n);
  expect(averageOf(billed(-500n, 100n, 300n))).toBe(200n);
  expect(averageOf([])).toBe(0n);
});

test('it is rounded once, to within half a unit, and never below nothing', () => {
  fc.assert(
    fc.property(totals, fc.bigInt({ min: -2_000_000n, max: 2_000_000n }), (some, balance) => {
      const month = monthlyOf(billed(...some), balance);
      const year = some.slice(0, 12);
      const count = BigInt(year.length);
      const exact = year.reduce((sum, total) => sum + total, 0n) * 12n + balance * count;
      expect(month).toBeGreaterThanOrEqual(0n);
      if (exact >= 0n) {
        const off = 2n * (month * count * 12n - exact);
        expect(off <= count * 12n && off >= -count * 12n).toBe(true);
      }
    })
  );
});

test('a small difference is settled with the first month after a year, a large one spread', () => {
  const year = billed(...Array.from({ length: 12 }, () => 10_000n));
  const after = { months: 3, yearEnds: true, settle: 2500n };
  expect(amountsOf(year, 1800n, after)).toEqual([11_800n, 10_000n, 10_000n]);
  expect(amountsOf(year, -1800n, after)).toEqual([8200n, 10_000n, 10_000n]);
  expect(amountsOf(year, 12_000n, after)).toEqual([11_000n, 11_000n, 11_000n]);
  expect(amountsOf(year, 1800n, { ...after, yearEnds: false })).toEqual([10_150n, 10_150n, 10_150n]);
});

test('over years, who pays each month as asked pays for what is used: the difference stays within a year’s swing', () => {
  const year = fc.array(fc.bigInt({ min: 2000n, max: 40_000n }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(year, fc.bigInt({ min: 0n, max: 40_000n }), (seasons, owed) => {
      const bills = seasons.toReversed().map((total) => ({ total }));
      const use = seasons.reduce((sum, total) => sum + total, 0n);
      let balance = owed;
      let asked = 0n;
      for (let review = 0; review < 20; review += 1) {
        const months = amountsOf(bills, balance, { months: 3, yearEnds: review % 4 === 0, settle: 2500n });
        months.forEach((amount, index) => {
          const total = seasons[(review * 3 + index) % 12] ?? 0n;
          bills.unshift({ total });
          balance += total - amount;
          asked += amount;
        });
      }
      // Nothing is lost on the way: what was asked and what is open are what was used and owed.
      expect(asked + balance).toBe(owed + 5n * use);
      expect(balance <= use && balance >= -use).toBe(true);
    })
  );
});
