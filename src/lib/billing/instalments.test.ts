import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inParts, laterBy, nextOf, paidBy, standingOf, verdictOn } from './instalments.ts';

const parts = inParts(10_001n, 3, '2026-01-31', 'monthly');
const stand = (received: { day: string; amount: bigint }[], today: string, before = 0n) =>
  standingOf(parts, { received, before }, { today, grace: 5 });
const states = (...given: Parameters<typeof stand>) => stand(...given).map(({ state }) => state);

test('a sum in parts is the sum again, to the last unit, and no two parts differ by more than one', () => {
  const sums = fc.bigInt({ min: 1n, max: 10_000_000n });
  fc.assert(
    fc.property(sums, fc.integer({ min: 1, max: 24 }), (sum, count) => {
      const amounts = inParts(sum, count, '2026-01-31', 'monthly').map(({ amount }) => amount);
      expect(amounts.reduce((all, amount) => all + amount, 0n)).toBe(sum);
      expect(
        amounts.every((amount) => (amounts[0] ?? 0n) - amount <= 1n && amount <= (amounts[0] ?? 0n))
      ).toBe(true);
    })
  );
});

test('the days go on one after the other, and the last of a month comes back after February', () => {
  expect(parts.map(({ due_on }) => due_on)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
  expect(laterBy('2026-12-25', 1, 'fortnightly')).toBe('2027-01-08');
  const rhythms = fc.constantFrom('monthly' as const, 'fortnightly' as const, 'weekly' as const);
  const days = fc.date({ min: new Date('2024-01-01'), max: new Date('2032-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(days, rhythms, (date, rhythm) => {
      const due = inParts(900n, 9, date.toISOString().slice(0, 10), rhythm).map(({ due_on }) => due_on);
      expect(due.toSorted()).toEqual(due);
      expect(new Set(due).size).toBe(9);
    })
  );
});

test('a payment pays the oldest part first, and what is over the next', () => {
  const half = stand([{ day: '2026-01-20', amount: 5000n }], '2026-01-25');
  expect(half.map(({ state, open }) => [state, open])).toEqual([
    ['paid', 0n],
    ['next', 1668n],
    ['ahead', 3333n]
  ]);
  expect(nextOf(half)?.number).toBe(2);
});

test('what had been paid before does not count', () => {
  expect(states([{ day: '2026-01-01', amount: 5000n }], '2026-01-25', 5000n)).toEqual([
    'next',
    'ahead',
    'ahead'
  ]);
});

test('late within its grace, missed after it, however late we learn of the payment', () => {
  expect(states([], '2026-02-05')).toEqual(['late', 'next', 'ahead']);
  expect(states([], '2026-02-06')).toEqual(['missed', 'next', 'ahead']);
  expect(states([{ day: '2026-02-05', amount: 3334n }], '2026-02-20')).toEqual(['paid', 'next', 'ahead']);
  expect(states([{ day: '2026-02-06', amount: 3334n }], '2026-02-20')).toEqual(['missed', 'next', 'ahead']);
});

test('kept when all is paid, broken when one was missed, and neither in between', () => {
  expect(verdictOn(stand([{ day: '2026-01-02', amount: 10_001n }], '2026-01-03'))).toBe('kept');
  expect(verdictOn(stand([], '2026-02-06'))).toBe('broken');
  expect(verdictOn(stand([], '2026-02-05'))).toBeNull();
  expect(verdictOn([])).toBeNull();
});

test('whatever is paid and when, what is open and what was paid are the sum, and a verdict never changes its mind', () => {
  const payments = fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 120 }).map((days) => laterDay('2026-01-01', days)),
      amount: fc.bigInt({ min: 1n, max: 6000n })
    }),
    { maxLength: 8 }
  );
  fc.assert(
    fc.property(payments, fc.integer({ min: 0, max: 150 }), (received, days) => {
      const today = laterDay('2026-01-01', days);
      const standing = stand(received, today);
      const paid = paidBy(today, { received, before: 0n });
      const open = standing.reduce((sum, one) => sum + one.open, 0n);
      expect(open).toBe(paid >= 10_001n ? 0n : 10_001n - paid);
      const verdict = verdictOn(standing);
      const later = verdictOn(stand(received, laterDay(today, 40)));
      if (verdict === 'broken') expect(later).toBe('broken');
      if (verdict === 'kept') expect(later).toBe('kept');
    })
  );
});

const laterDay = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
