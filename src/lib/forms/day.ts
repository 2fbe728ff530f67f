/** Days as 'YYYY-MM-DD': counting from today, skipping the days on which nobody works, and writing them out. */
import { dateWriter } from '#lib/platform/dates.ts';
import type { Locale } from '#lib/platform/language.ts';
import { writeMoment } from '#lib/ui/moment.ts';
import type { DayFromToday } from './definition.ts';

/** Where and when a form is filled in: the utility's day, its holidays, and the money it counts in. */
export type Today = { today: string; holidays?: readonly string[]; currency?: string };

/** The day that lies so far from today. Working days skip Saturdays, Sundays and the holidays given. */
export function dayFromToday(distance: DayFromToday, { today, holidays = [] }: Today): string {
  if ('days' in distance) return addDays(today, distance.days);

  let day = today;
  for (let left = distance.working_days; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return day;
}

/** "Tuesday, November 24, 2026", as the language writes it. */
export const writeDay = (day: string, locale: Locale): string =>
  fully(locale, 'UTC').format(new Date(`${day}T00:00:00Z`));

const fully = dateWriter({ dateStyle: 'full' });

/** A local time of day, `08:00:00`, as the language writes it: "8:00 AM", "8:00". */
export const writeHour = (time: string | null | undefined, locale: Locale): string =>
  time ? writeMoment(`1970-01-01T${time.slice(0, 5)}:00Z`, 'time', locale, 'UTC') : '';

function addDays(day: string, days: number) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return toText(date);
}

function isWorkingDay(day: string, holidays: readonly string[]) {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
}

const toText = (date: Date) => (Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10));
