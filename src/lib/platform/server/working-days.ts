/** Working days and hours as a variable says them, from Monday on: when the office is open, and what it keeps free. */
import Holidays from 'date-holidays';
import { isDay } from '../dates.ts';

export interface OpenHours {
  from: string;
  to: string;
}

/** `Mon-Fri 08:00-18:00, Sat 09:00-13:00`. A day may be named again for another stretch; null where it is no week. */
export function readWeek(text: string): OpenHours[][] | null {
  const week = weekdays.map((): OpenHours[] => []);
  for (const part of text.split(',')) {
    const [, first = '', last = first, from = '', to = ''] = stretch.exec(part.trim()) ?? [];
    const [begin, end] = [weekdays.indexOf(first), weekdays.indexOf(last)];
    if (begin < 0 || end < begin) return null;
    for (const day of week.slice(begin, end + 1)) day.push({ from, to });
  }
  return week.every(isInOrder) ? week : null;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const stretch =
  /^([A-Z][a-z]{2})(?:-([A-Z][a-z]{2}))? ((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const isInOrder = (day: OpenHours[]) =>
  day.every(({ from, to }, nth) => from < to && (day[nth - 1]?.to ?? '') <= from);

/** Days of one year or of every: `2026-12-24, 12-31`. */
export function readDays(text: string): string[] | null {
  const days = text.split(',').map((day) => day.trim());
  // A leap year has every day that may come each year.
  return days.every((day) => isDay(day.length === 5 ? `2028-${day}` : day)) ? days : null;
}

/** Whether the holidays of this country, or of this part of one, are known: `US`, `GB-SCT`. */
export function isHolidayRegion(text: string): boolean {
  const [country = '', state, ...more] = text.split('-');
  const known = new Holidays();
  const isCountry = Object.keys(known.getCountries('en')).includes(country);
  const states = isCountry && state ? Object.keys(known.getStates(country, 'en') ?? {}) : [];
  return isCountry && more.length === 0 && (!state || states.includes(state));
}
