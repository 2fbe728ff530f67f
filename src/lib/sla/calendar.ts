/** The business calendar: when the utility works, and how far a number of working minutes reaches. */
import type { Days } from './holidays.ts';

/** A stretch of a working day in local time: `{ from: '08:00', to: '18:00' }`. `to` may be `24:00`. */
export interface Stretch {
  from: string;
  to: string;
}

/** Working hours of one place. `week` begins on Monday; a day may have several stretches, in order, or none. */
export interface Calendar {
  zone: string;
  week: readonly (readonly Stretch[])[];
  /** Local days, `YYYY-MM-DD`, on which nobody works. */
  holidays: Days;
}

/** The earliest moment at which so much working time has passed since `from`. No minutes: `from` itself. */
export function addWorkingMinutes(calendar: Calendar, from: Date, minutes: number): Date {
  let left = minutes * minute;
  if (left <= 0) return from;
  if (!calendar.week.some((day) => day.length > 0)) throw new RangeError('a calendar without working hours');

  for (let day = localDay(calendar, from); ; day = day.add({ days: 1 })) {
    for (const [opens, closes] of stretchesOn(calendar, day)) {
      const begin = Math.max(opens, from.getTime());
      if (begin >= closes) continue;
      if (left <= closes - begin) return new Date(begin + left);
      left -= closes - begin;
    }
  }
}

/** The latest moment from which so much working time leads to `until`; the other way round. */
export function subtractWorkingMinutes(calendar: Calendar, until: Date, minutes: number): Date {
  let left = minutes * minute;
  if (left <= 0) return until;
  if (!calendar.week.some((day) => day.length > 0)) throw new RangeError('a calendar without working hours');

  for (let day = localDay(calendar, until); ; day = day.subtract({ days: 1 })) {
    for (const [opens, closes] of stretchesOn(calendar, day).toReversed()) {
      const end = Math.min(closes, until.getTime());
      if (end <= opens) continue;
      if (left <= end - opens) return new Date(end - left);
      left -= end - opens;
    }
  }
}

/** When the work of a local day ends; where nobody works on it, that of the next day on which somebody does. */
export function endOfWork(calendar: Calendar, localDate: string): Date {
  if (!calendar.week.some((day) => day.length > 0)) throw new RangeError('a calendar without working hours');
  for (let day = Temporal.PlainDate.from(localDate); ; day = day.add({ days: 1 })) {
    const last = stretchesOn(calendar, day).at(-1);
    if (last) return new Date(last[1]);
  }
}

/** Midnight at the beginning of a local day. */
export const beginOfDay = ({ zone }: Pick<Calendar, 'zone'>, localDate: string): Date =>
  new Date(Temporal.PlainDate.from(localDate).toZonedDateTime(zone).epochMilliseconds);

/** Whether anybody works on the local day of this moment. */
export const isWorkday = (calendar: Calendar, at: Date): boolean =>
  stretchesOn(calendar, localDay(calendar, at)).length > 0;

/** The working minutes from one moment to a later one; none when it is not later. Parts of a minute count. */
export function workingMinutesBetween(calendar: Calendar, from: Date, to: Date): number {
  let sum = 0;
  const last = localDay(calendar, to);
  for (
    let day = localDay(calendar, from);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  ) {
    for (const [opens, closes] of stretchesOn(calendar, day)) {
      sum += Math.max(0, Math.min(closes, to.getTime()) - Math.max(opens, from.getTime()));
    }
  }
  return sum / minute;
}

/** For promises that run by the clock on the wall. */
export const roundTheClock = (zone: string): Calendar => ({
  zone,
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  holidays: new Set()
});

const minute = 60_000;

const localDay = ({ zone }: Calendar, at: Date) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();

type Span = readonly [opens: number, closes: number];

/** Most questions are about the coming weeks, so their days are worked out once. */
const known = new WeakMap<Calendar, Map<string, Span[]>>();

function stretchesOn(calendar: Calendar, day: Temporal.PlainDate): Span[] {
  let days = known.get(calendar);
  if (!days) known.set(calendar, (days = new Map<string, Span[]>()));
  if (days.size > 5000) days.clear();

  const name = day.toString();
  let spans = days.get(name);
  if (!spans) days.set(name, (spans = workOut(calendar, day)));
  return spans;
}

/**
 * Local hours as moments. Where the clocks skip or repeat an hour in the middle of a stretch, that stretch really
 * is an hour shorter or longer; a time that does not exist moves on to the next that does.
 */
function workOut({ zone, week, holidays }: Calendar, day: Temporal.PlainDate): Span[] {
  if (holidays.has(day.toString())) return [];
  const moment = (time: string) =>
    time === '24:00'
      ? day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
      : day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;

  return (week[day.dayOfWeek - 1] ?? []).map(({ from, to }) => [moment(from), moment(to)] as const);
}
