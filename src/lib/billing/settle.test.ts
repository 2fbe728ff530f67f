/** Payments settle the bill they name, else the oldest, and nothing is lost between them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf, paidSoFar, settle, statusOf } from './settle.ts';

const bill = (issued_on: string, total: bigint) => ({ id: issued_on, issued_on, due_on: issued_on, total });
const paid = (paid_on: string, amount: bigint, bill_id: string | null = null) => ({
  paid_on,
  amount,
  bill_id
});

test('a payment pays the oldest bill, and what is over the next', () => {
  const bills = [bill('2026-01-05', 5000n), bill('2026-02-05', 6000n), bill('2026-03-05', 1000n)];
  expect(settle(bills, [paid('2026-02-10', 7000n)])).toEqual([
    { open: 0n, paid_on: '2026-02-10' },
    { open: 4000n, paid_on: null },
    { open: 1000n, paid_on: null }
  ]);
});

test('who has paid ahead has paid the next bill on the day it comes', () => {
  expect(settle([bill('2026-03-05', 4000n)], [paid('2026-01-02', 9000n)])).toEqual([
    { open: 0n, paid_on: '2026-03-05' }
  ]);
});

test('a credit note pays for another bill', () => {
  const bills = [bill('2026-01-05', 5000n), bill('2026-02-05', -5000n)];
  expect(settle(bills, []).map(({ open }) => open)).toEqual([0n, 0n]);
});

test('what is taken back was never there, whether on its day or later', () => {
  const bills = [bill('2026-01-05', 5000n), bill('2026-02-05', 6000n)];
  const before = [paid('2026-01-10', 5000n), paid('2026-02-10', 6000n)];
  for (const day of ['2026-02-10', '2026-03-01'])
    expect(settle(bills, [...before, paid(day, -6000n)])).toEqual([
      { open: 0n, paid_on: '2026-01-10' },
      { open: 6000n, paid_on: null }
    ]);
  expect(settle(bills, [paid('2026-01-01', -100n), ...before]).map(({ open }) => open)).toEqual([0n, 100n]);
});

test('what is paid for a bill by its name settles it first, and only what is over the oldest', () => {
  const bills = [bill('2026-01-05', 5000n), bill('2026-02-05', 6000n), bill('2026-03-05', 1000n)];
  const open = (...money: ReturnType<typeof paid>[]) => settle(bills, money).map((one) => one.open);
  expect(open(paid('2026-03-10', 1000n, '2026-03-05'))).toEqual([5000n, 6000n, 0n]);
  expect(open(paid('2026-03-10', 7500n, '2026-03-05'))).toEqual([0n, 4500n, 0n]);
  // A part of it paid before without a name stays with the oldest.
  expect(open(paid('2026-02-10', 5500n), paid('2026-03-10', 5500n, '2026-02-05'))).toEqual([0n, 0n, 1000n]);
  expect(settle(bills, [paid('2026-03-10', 1000n, '2026-03-05')])[2]).toEqual({
    open: 0n,
    paid_on: '2026-03-10'
  });
});

test('what named a bill and is taken back was never there, by its name or without one', () => {
  const bills = [bill('2026-01-05', 5000n), bill('2026-02-05', 6000n)];
  const before = [paid('2026-01-10', 5000n, '2026-01-05'), paid('2026-02-10', 6000n, '2026-02-05')];
  for (const name of ['2026-02-05', null])
    expect(settle(bills, [...before, paid('2026-03-01', -6000n, name)])).toEqual([
      { open: 0n, paid_on: '2026-01-10' },
      { open: 6000n, paid_on: null }
    ]);
});

test('whatever is billed and paid: what is open is the balance, or nothing where money is held', () => {
  const amounts = fc.array(fc.bigInt({ min: -3000n, max: 20_000n }), { maxLength: 12 });
  const payment = fc.tuple(fc.bigInt({ min: 1n, max: 20_000n }), fc.option(fc.nat({ max: 11 })));
  const payments = fc.array(payment, { maxLength: 12 });
  fc.assert(
    fc.property(amounts, payments, fc.integer({ min: 0, max: 5 }), (totals, sums, backs) => {
      const dayOf = (index: number) => `2026-01-${String(index + 1).padStart(2, '0')}`;
      const bills = totals.map((total, index) => bill(dayOf(index), total));
      const came = sums.map(([sum, of], index) => paid(dayOf(index), sum, of === null ? null : dayOf(of)));
      const back = came
        .slice(0, backs)
        .map(({ amount, bill_id }, index) => paid(`2026-01-${20 + index}`, -amount, bill_id));
      const money = [...came, ...back];
      const standing = settle(bills, money);
      const balance = balanceOf(bills, money);
      expect(standing.reduce((sum, one) => sum + one.open, 0n)).toBe(balance > 0n ? balance : 0n);
      for (const [nth, { open }] of standing.entries()) {
        const { id, total } = bills[nth]!;
        expect(open).toBeGreaterThanOrEqual(0n);
        expect(open).toBeLessThanOrEqual(total > 0n ? total : 0n);
        // What names a bill never settles another before it.
        const named = money.reduce((sum, one) => sum + (one.bill_id === id ? one.amount : 0n), 0n);
        if (named >= total) expect(open).toBe(0n);
        else if (named >= 0n && total > 0n) expect(open).toBeLessThanOrEqual(total - named);
      }
    })
  );
});

test('a bill is overdue the day after it was due', () => {
  const one = bill('2026-01-05', 5000n);
  const standing = { open: 10n, paid_on: null };
  expect(statusOf(one, standing, '2026-01-05')).toBe('due');
  expect(statusOf(one, standing, '2026-01-06')).toBe('overdue');
  expect(statusOf(one, { open: 0n }, '2026-01-06')).toBe('paid');
});

test('what is paid so far is told of a bill that is paid in part, and of no other', () => {
  expect(paidSoFar({ total: 5567n, open: 4317n })).toBe(1250n);
  expect(paidSoFar({ total: 5567n, open: 5567n })).toBe(0n);
  expect(paidSoFar({ total: 5567n, open: 0n })).toBe(0n);
  expect(paidSoFar({ total: -500n, open: 0n })).toBe(0n);
});
