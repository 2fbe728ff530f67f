/** How an order stands, in plain words, and the steps of its way. Pure. */
import { writeDay, writeHour } from '#lib/forms/day.ts';
import type { Words } from '#lib/platform/words.ts';
import type { Limit } from './cart.ts';
import { closedReasons } from '#lib/slots/rules.ts';
import type { OrderStatus, Why } from './status.ts';

/** What the rule of refills says to this account, in a sentence: from when, and how many more this year. */
export function tellLimit(
  {
    from_day,
    why,
    gap_days,
    per_year,
    left_over
  }: Limit & { gap_days: number | null; per_year: number | null },
  t: Words
): string {
  const day = writeDay(from_day, t.locale);
  if (why === 'gap') return t('orders.limit_gap', { day, count: gap_days });
  if (why === 'quota') return t('orders.limit_quota', { day, count: per_year });
  return per_year === null
    ? t('orders.limit_none', { count: gap_days })
    : t('orders.limit_left', { count: left_over, all: per_year });
}

interface Told {
  status: OrderStatus;
  why: Why | null;
  /** Of one that was missed: nobody went, for the day was closed. */
  closed?: boolean;
  /** Until when its hours are held while it is to be paid, as it is written; and whether that is over. */
  held?: { until: string; over: boolean } | null;
  slot: { on_day: string; from_time: string; to_time: string } | null;
}

/** One sentence: what is so now, and what comes next. */
export function tellOrder(
  { status, why, slot, closed, held }: Told,
  t: Words,
  line: InLine | null = null
): string {
  if (status === 'preordered' && line) return tellLine(line, t);
  const when = slot && {
    day: writeDay(slot.on_day, t.locale),
    from: writeHour(slot.from_time, t.locale),
    to: writeHour(slot.to_time, t.locale)
  };
  if (held?.over) return t('orders.told_hold_over');
  if (held && when) {
    const { day, from, to } = when;
    return t('orders.told_held', { day, from, to, until: held.until });
  }
  if (status === 'cancelled' && why === 'unpaid') return t('orders.told_unpaid');
  if (status === 'missed' && (why === 'late' || why === 'paid_late')) return t(`orders.told_${why}`);
  if (status === 'missed')
    return [t(closed ? 'orders.told_closed' : 'orders.told_missed'), why && t(`orders.why_${why}`)]
      .filter(Boolean)
      .join(' ');
  return t(`orders.told_${status}`, when ?? { day: '', from: '', to: '' });
}

/** Whether nobody went at all. Events from before that was written down know it by all reasons but "other". */
export const wasClosed = ({ closed, why }: { closed?: boolean; why?: Why }): boolean =>
  closed ?? closedReasons.some((reason) => reason === why && reason !== 'other');

/** Where somebody stands in line for what is not there yet, and when it is expected. */
export interface InLine {
  place: number;
  served: boolean;
  expected_on: string | null;
  sold_from: string | null;
}

/** The same, in a sentence or two. */
export function tellLine({ place, served, expected_on, sold_from }: InLine, t: Words) {
  if (served) return t('orders.told_available');
  const day = sold_from ?? expected_on;
  return [
    t('orders.told_line', { place }),
    day ? t('orders.told_expected', { day: writeDay(day, t.locale) }) : t('orders.expected_unknown')
  ].join(' ');
}

const way = ['placed', 'packed', 'on_the_way', 'delivered'] as const;

/** The way of an order, as far as it has come. None for what was called off. */
export function stepsOf(status: OrderStatus, t: Words) {
  if (status === 'cancelled') return [];
  const here = status === 'missed' || status === 'preordered' ? 0 : way.indexOf(status);
  return way.map((step, nth) => ({
    label: t(`orders.step_${step}`),
    state:
      nth < here || status === 'delivered'
        ? ('done' as const)
        : nth === here
          ? ('current' as const)
          : ('ahead' as const)
  }));
}
