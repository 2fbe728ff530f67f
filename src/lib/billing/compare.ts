/** Why a bill differs from an earlier one, in one reason: days, use, weather or price, whichever weighs most. Pure. */
import { divideHalfEven } from './money.ts';

/** What is compared. Amounts in minor units, quantities in thousandths, temperatures in tenths of a degree Celsius. */
export interface Compared {
  total: bigint;
  days: number;
  quantity: bigint | null;
  temperature: number | null;
  estimated: boolean;
}

export type Reason =
  | 'same'
  | 'longer'
  | 'shorter'
  | 'colder'
  | 'warmer'
  | 'used_more'
  | 'used_less'
  | 'dearer'
  | 'cheaper'
  | 'other';

export interface Difference {
  /** This bill less the earlier one. */
  change: bigint;
  reason: Reason;
  /** Whole percent by which the use of a day changed; null where one of them tells no use. */
  use: number | null;
  /** Days more or fewer. */
  days: number;
  /** Degrees by which it was warmer, in tenths; null where unknown. */
  degrees: number | null;
}

/**
 * The change is taken apart in the order days, use a day, price: what the earlier bill would have come to over as many
 * days, then with as much used a day. The largest part in the direction of the change is the reason. Weather is named
 * where a degree and a half or more goes the same way as the use.
 */
export function differenceOf(now: Compared, before: Compared): Difference {
  const change = now.total - before.total;
  const days = now.days - before.days;
  const degrees =
    now.temperature === null || before.temperature === null ? null : now.temperature - before.temperature;
  const use = useChange(now, before);
  const told = { change, days, degrees, use };
  if (size(change) * 100n <= size(before.total) * 3n) return { ...told, reason: 'same' };
  if (now.quantity === null || before.quantity === null || before.quantity === 0n)
    return { ...told, reason: 'other' };

  const overDays = divideHalfEven(before.total * BigInt(now.days), BigInt(before.days));
  const atUse = divideHalfEven(
    overDays * now.quantity * BigInt(before.days),
    before.quantity * BigInt(now.days)
  );
  const parts = { days: overDays - before.total, use: atUse - overDays, price: now.total - atUse };
  const sign = change < 0n ? -1n : 1n;
  const [largest] = Object.entries(parts).sort((a, b) => (b[1] * sign > a[1] * sign ? 1 : -1))[0] ?? [
    'price'
  ];
  return { ...told, reason: reasonOf(largest, change > 0n, degrees) };
}

function reasonOf(part: string, more: boolean, degrees: number | null): Reason {
  if (part === 'days') return more ? 'longer' : 'shorter';
  if (part === 'price') return more ? 'dearer' : 'cheaper';
  if (degrees !== null && more && degrees <= -15) return 'colder';
  if (degrees !== null && !more && degrees >= 15) return 'warmer';
  return more ? 'used_more' : 'used_less';
}

function useChange(now: Compared, before: Compared): number | null {
  if (now.quantity === null || before.quantity === null || before.quantity === 0n) return null;
  const [is, was] = [now.quantity * BigInt(before.days), before.quantity * BigInt(now.days)];
  return Number(divideHalfEven((is - was) * 100n, was));
}

const size = (amount: bigint) => (amount < 0n ? -amount : amount);
