/** What a bill comes to: days and energy by the prices of a tariff, line by line. Pure; the demo and forecasts use it. */
import { divideHalfEven, shareOut } from './money.ts';
import type { Thousandths } from './consumption.ts';

/** A price in millionths of a minor unit (cent, penny), so that “$0.412345 a therm” is a whole number: 41_234_500n. */
export type Rate = bigint;

/** Prices that hold from a day on, until the next of them begins. */
export interface Prices {
  from: Temporal.PlainDate;
  /** For each day, used or not. */
  standing: Rate;
  /** For each unit; the last tier has no end. `upTo` is in thousandths of a unit for thirty days. */
  tiers: readonly { upTo: Thousandths | null; rate: Rate }[];
  delivery: Rate;
  /** Parts of a million of everything above. */
  tax: bigint;
}

export interface Tariff {
  unit: 'therm' | 'kwh' | 'kg';
  /** Oldest first. */
  prices: readonly Prices[];
}

export interface Line {
  code: 'standing' | 'gas' | 'delivery' | 'tax';
  /** Thousandths of `unit`. */
  quantity: Thousandths;
  unit: 'therm' | 'kwh' | 'kg' | 'day' | 'percent';
  /** Of one unit. */
  rate: Rate;
  /** Minor units. */
  amount: bigint;
}

/** What was used from one day to another, both of them billed. */
export interface Period {
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
  quantity: Thousandths;
}

/**
 * The lines of a bill. Where prices change inside the period, days fall to the prices of their day and the energy is
 * shared out by days, to the last thousandth. Tax is one line, on the sum of what is rounded already.
 */
export function linesOf(tariff: Tariff, period: Period): Line[] {
  const spans = spansOf(tariff, period);
  const shares = shareOut(
    period.quantity,
    spans.map(({ days }) => BigInt(days))
  );
  const lines = spans.flatMap(({ prices, days }, index) =>
    linesOfSpan(tariff.unit, prices, days, shares[index] ?? 0n)
  );
  return [...lines, ...taxes(spans, lines)];
}

export const totalOf = (lines: readonly { amount: bigint }[]): bigint =>
  lines.reduce((sum, { amount }) => sum + amount, 0n);

/** Days of a period, both ends billed. */
export const daysOf = ({ from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate }) =>
  from.until(to, { largestUnit: 'day' }).days + 1;

interface Span {
  prices: Prices;
  days: number;
}

function spansOf({ prices }: Tariff, { from, to }: Period): Span[] {
  if (Temporal.PlainDate.compare(from, to) > 0)
    throw new RangeError('a period ends no earlier than it begins');
  const spans = prices.flatMap((one, index) => {
    const next = prices[index + 1]?.from;
    const first = later(from, index === 0 ? from : one.from);
    const last = next ? earlier(to, next.subtract({ days: 1 })) : to;
    const days = first.until(last, { largestUnit: 'day' }).days + 1;
    return days > 0 ? [{ prices: one, days }] : [];
  });
  if (spans.length === 0) throw new RangeError('a tariff has prices');
  return spans;
}

function linesOfSpan(unit: Tariff['unit'], prices: Prices, days: number, quantity: Thousandths): Line[] {
  const line = (code: Line['code'], of: Thousandths, per: Line['unit'], rate: Rate): Line => ({
    code,
    quantity: of,
    unit: per,
    rate,
    amount: divideHalfEven(of * rate, perThousandth)
  });
  return [
    line('standing', BigInt(days) * 1000n, 'day', prices.standing),
    ...tiersOf(prices, days, quantity).map(({ share, rate }) => line('gas', share, unit, rate)),
    line('delivery', quantity, unit, prices.delivery)
  ].filter(({ quantity: of, rate }) => of > 0n && rate > 0n);
}

/** How much falls into each tier; the bounds grow and shrink with the days, for they are of thirty. */
function tiersOf({ tiers }: Prices, days: number, quantity: Thousandths) {
  let below = 0n;
  return tiers.map(({ upTo, rate }) => {
    const end = upTo === null ? quantity : least(quantity, divideHalfEven(upTo * BigInt(days), 30n));
    const share = end > below ? end - below : 0n;
    below += share;
    return { share, rate };
  });
}

/** One line for each rate of tax, on what was charged while it held. */
function taxes(spans: readonly Span[], lines: readonly Line[]): Line[] {
  const all = totalOf(lines);
  const bases = shareOut(
    all,
    spans.map(({ days }) => BigInt(days))
  );
  const byRate = new Map<bigint, bigint>();
  for (const [index, { prices }] of spans.entries())
    byRate.set(prices.tax, (byRate.get(prices.tax) ?? 0n) + (bases[index] ?? 0n));
  return [...byRate].flatMap(([tax, base]) =>
    tax > 0n
      ? [
          {
            code: 'tax' as const,
            quantity: tax / 10n,
            unit: 'percent' as const,
            rate: base * 10_000n,
            amount: divideHalfEven(base * tax, 1_000_000n)
          }
        ]
      : []
  );
}

const perThousandth = 1000n * 1_000_000n;
const least = (one: bigint, other: bigint) => (one < other ? one : other);
const later = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0 ? other : one;
const earlier = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0 ? one : other;
