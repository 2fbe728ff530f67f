/** Refills that come by themselves: when the next is due, when it is ordered, and what is in its way. Pure. */
import type { Limit, Offer } from '#lib/orders/cart.ts';

export type RefillState = 'active' | 'paused' | 'ended';

/** What became of a turn. One that waits is tried again every hour. */
export type TurnOutcome = 'waiting' | 'ordered' | 'skipped';

/** Why a turn waits. */
export type Obstacle = 'gap' | 'quota' | 'not_there' | 'not_sold' | 'no_stock' | 'no_slot' | 'order_open';

/** So many days before it is wanted it is ordered: long enough to say no, short enough to know. */
export const daysAhead = 7;

/** How often it may come. Other numbers of weeks are nobody's. */
export const weekChoices = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 26] as const;

/** How far ahead the first or the next may be set. */
export const mostDaysAway = 366;

const shortestGap = 7;
const longestGap = 182;

/** The day on which what is wanted then is ordered: never one that is past. */
export function dayToOrder(nextOn: string, today: string): string {
  const day = Temporal.PlainDate.from(nextOn).subtract({ days: daysAhead }).toString();
  return day > today ? day : today;
}

/** Whether its days have come. */
export const isToOrder = (nextOn: string, today: string) => daysBetween(today, nextOn) <= daysAhead;

export interface Brought {
  on: string;
  quantity: number;
}

/**
 * How many days so many last, by the middle of how long one lasted each time. Null until three were brought: one gap is
 * an accident.
 */
export function usualGap(brought: readonly Brought[], quantity: number): number | null {
  const days = brought.toSorted((a, b) => (a.on < b.on ? -1 : 1));
  const perPiece = days.slice(1).flatMap(({ on }, nth) => {
    const before = days[nth];
    const apart = before ? daysBetween(before.on, on) : 0;
    return before && apart > 0 ? [apart / before.quantity] : [];
  });
  if (perPiece.length < 2) return null;
  return Math.min(longestGap, Math.max(shortestGap, Math.round(middleOf(perPiece) * quantity)));
}

/** When the one after is wanted: so long after this one was wanted, or after it is really brought, if that is later. */
export function nextAfter(due: string, brought: string | null, days: number): string {
  const from = brought !== null && brought > due ? brought : due;
  return Temporal.PlainDate.from(from).add({ days }).toString();
}

/** After one that was skipped: never a day that is past. */
export function nextAfterSkip(due: string, days: number, today: string): string {
  const next = nextAfter(due, null, days);
  return next > today ? next : nextAfter(today, null, days);
}

export interface Circumstances {
  /** What the rule of refills says; null where there is none. */
  limit: Limit | null;
  offer: Pick<Offer, 'free' | 'least' | 'most' | 'sold_from' | 'takes_back'> | null;
  quantity: number;
  /** An order of the same that was counted for an earlier turn, and has not been brought. */
  orderOpen: boolean;
}

/** What is in the way of ordering it today, the weightiest first. */
export function obstacleTo({ limit, offer, quantity, orderOpen }: Circumstances): Obstacle | null {
  if (orderOpen) return 'order_open';
  if (!offer || offer.sold_from || quantity < offer.least || quantity > offer.most) return 'not_sold';
  if (offer.takes_back && limit?.why) return limit.why;
  if (offer.takes_back && limit && limit.left_over !== null && quantity > limit.left_over) return 'quota';
  return quantity > offer.free ? 'no_stock' : null;
}

interface Time {
  on_day: string;
  from_time: string;
  charge: bigint;
}

/**
 * The time that suits best: the day nearest to the one it is wanted on, rather before it than after, at the hour it came
 * last. Never one that costs extra: nobody agreed to that.
 */
export function timeFor<T extends Time>(
  times: readonly T[],
  wanted: string,
  lastHour: string | null
): T | null {
  const apart = ({ on_day }: T) => Math.abs(daysBetween(wanted, on_day));
  const [best] = times
    .filter(({ charge }) => charge === 0n)
    .toSorted(
      (a, b) =>
        apart(a) - apart(b) ||
        compare(a.on_day, b.on_day) ||
        Number(b.from_time === lastHour) - Number(a.from_time === lastHour) ||
        compare(a.from_time, b.from_time)
    );
  return best ?? null;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const daysBetween = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

function middleOf(numbers: readonly number[]) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[half - 1], sorted[half]];
  return sorted.length % 2 === 0 ? (low + high) / 2 : high;
}
