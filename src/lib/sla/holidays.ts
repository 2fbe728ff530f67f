/** The public holidays of a country or a part of it, with the days kept instead, and what the utility adds or works on. */
import Holidays from 'date-holidays';

/** The days on which the office is closed beside its week, as the configuration says them. */
export interface ClosedDays {
  /** A country (`US`), or a part of one (`GB-SCT`). */
  region: string;
  /** Closed also on these: `2026-12-24`, or `12-24` for every year. */
  also: readonly string[];
  /** Open on these, whatever is kept. */
  not: readonly string[];
}

/** Days by name, `YYYY-MM-DD`; each year is worked out when it is first asked about. */
export interface Days {
  has(day: string): boolean;
}

export const closedDays = (rules: ClosedDays): Days => ({
  has: (day) => closedIn(rules, yearOf(day)).has(day)
});

/** All of them, from one year to another. */
export const closedBetween = (rules: ClosedDays, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, nth) => [...closedIn(rules, from + nth)].sort()).flat();

const known = new Map<string, Set<string>>();

function closedIn(rules: ClosedDays, year: number): Set<string> {
  const asked = `${JSON.stringify(rules)} ${year}`;
  let days = known.get(asked);
  if (!days) known.set(asked, (days = workOut(rules, year)));
  return days;
}

function workOut({ region, also, not }: ClosedDays, year: number): Set<string> {
  const [country = '', state = '', part = ''] = region.split('-');
  const kept = new Holidays(country, state, part)
    .getHolidays(year)
    .filter(({ type }) => type === 'public' || type === 'bank')
    .flatMap(({ date, start, end }) => from(date.slice(0, 10), (end.getTime() - start.getTime()) / day));
  const days = new Set(
    [...kept, ...also.map((one) => inYear(one, year))].filter((one) => yearOf(one) === year)
  );
  for (const one of not) days.delete(inYear(one, year));
  return days;
}

const day = 86_400_000;

/** So many days, as the library counts them: an hour more or less is a change of the clocks. */
const from = (first: string, count: number) =>
  Array.from({ length: Math.max(1, Math.round(count)) }, (_, nth) =>
    Temporal.PlainDate.from(first).add({ days: nth }).toString()
  );

const inYear = (one: string, year: number) => (one.length === 5 ? `${year}-${one}` : one);

const yearOf = (name: string) => Number(name.slice(0, 4));
