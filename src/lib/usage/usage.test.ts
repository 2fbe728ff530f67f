/** A period is set beside the one a year before, however its days fall. */
import { expect, test } from 'vitest';
import { withYearBefore } from './usage.ts';

const period = (from: string, to: string, quantity: bigint) => ({
  from,
  to,
  quantity,
  estimated: false,
  temperature: null
});

test('the period a year before is the one that ended about then', () => {
  const [now, , before] = withYearBefore([
    period('2026-10-26', '2026-11-25', 31_000n),
    period('2026-09-26', '2026-10-25', 20_000n),
    period('2025-10-24', '2025-11-22', 60_000n)
  ]);
  expect(now).toMatchObject({ days: 31, perDay: 1000n, yearBefore: { to: '2025-11-22', quantity: 60_000n } });
  expect(before?.yearBefore).toBe(null);
});

test('the leap day ends a period a year before as well', () => {
  const [leap] = withYearBefore([
    period('2028-01-30', '2028-02-29', 1000n),
    period('2027-01-30', '2027-02-28', 2000n)
  ]);
  expect(leap?.yearBefore?.quantity).toBe(2000n);
});
