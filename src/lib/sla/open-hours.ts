/** When the office is open, as a page says it: the week in as few lines as it has, and the next day beside it. Pure. */
import type { Calendar, Stretch } from './calendar.ts';

/** Days of the week that follow each other with the same hours; Monday is 0. No hours: closed. */
export interface OpeningLine {
  first: number;
  last: number;
  hours: readonly Stretch[];
}

export function openingLines(week: Calendar['week']): OpeningLine[] {
  const lines: OpeningLine[] = [];
  for (const [day, hours] of week.entries()) {
    const before = lines.at(-1);
    if (before && isSame(before.hours, hours)) before.last = day;
    else lines.push({ first: day, last: day, hours });
  }
  return lines;
}

/** The next day, from `today` on, on which the office keeps a holiday that it would else be open on. */
export function nextClosedDay({ week, holidays }: Calendar, today: string): string | null {
  const first = Temporal.PlainDate.from(today);
  for (let n = 0; n < farthest; n++) {
    const day = first.add({ days: n });
    if (holidays.has(day.toString()) && (week[day.dayOfWeek - 1] ?? []).length > 0) return day.toString();
  }
  return null;
}

/** Nobody plans for a holiday that lies farther ahead, in days. */
const farthest = 90;

const isSame = (some: readonly Stretch[], others: readonly Stretch[]) =>
  some.length === others.length &&
  some.every(({ from, to }, nth) => from === others[nth]?.from && to === others[nth]?.to);
