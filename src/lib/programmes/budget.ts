/**
 * Budget billing: the mean of the last twelve bills, and a twelfth of what stands open between what was used and what
 * was asked (the rolling average that Atmos Energy publishes: “rolling 12-month average + 1/12 of balance”). Pure.
 */
import { divideHalfEven } from '#lib/billing/money.ts';

export interface Billed {
  total: bigint;
}

/** The mean of the last twelve bills, or of those there are; newest first. Credit notes are no month's use. */
export function averageOf(bills: readonly Billed[]): bigint {
  const year = lastYear(bills);
  return year.length === 0 ? 0n : divideHalfEven(sumOf(year), BigInt(year.length));
}

/** What a month costs from now on. `balance` is what is owed (or, negative, held) beside what is still to be billed. */
export function monthlyOf(bills: readonly Billed[], balance: bigint): bigint {
  const year = lastYear(bills);
  if (year.length === 0) return 0n;
  const count = BigInt(year.length);
  // Both parts over one divisor: rounded once, and never below nothing.
  const exact = divideHalfEven(sumOf(year) * 12n + balance * count, count * 12n);
  return exact < 0n ? 0n : exact;
}

/**
 * The amounts of the next months. At the end of a year a small difference is settled with the first of them, so that
 * the year comes out even; a larger one, and any at another time, is spread by twelfths.
 */
export function amountsOf(
  bills: readonly Billed[],
  balance: bigint,
  { months, yearEnds, settle }: { months: number; yearEnds: boolean; settle: bigint }
): bigint[] {
  const even = Array.from({ length: months }, () => monthlyOf(bills, balance));
  const small = balance <= settle && balance >= -settle;
  if (!yearEnds || !small || months === 0) return even;
  const plain = monthlyOf(bills, 0n);
  const first = plain + balance;
  return [first < 0n ? 0n : first, ...Array.from({ length: months - 1 }, () => plain)];
}

const lastYear = (bills: readonly Billed[]) => bills.filter(({ total }) => total > 0n).slice(0, 12);
const sumOf = (bills: readonly Billed[]) => bills.reduce((sum, { total }) => sum + total, 0n);
