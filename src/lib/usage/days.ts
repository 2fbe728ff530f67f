/** What was used on each day, where a meter tells daily, beside the same day a year before and the weather. Pure. */
import { used, type ReadingState } from '#lib/accounts/reading.ts';

interface Read {
  /** `YYYY-MM-DD` */
  read_on: string;
  digits: string;
  state: ReadingState;
}

export interface UsedDay {
  day: string;
  /** In the unit of the register. */
  used: number;
  yearBefore: number | null;
  /** Tenths of a degree Celsius. */
  temperature: number | null;
}

/** So many days are shown, and so many of them must be told for a meter to be one that tells daily. */
export const daysShown = 31;
/** In the table to take along: a year. */
export const daysTaken = 366;
const leastTold = 7;

/** Newest first. Empty where the meter does not tell daily; a day that it left out is left out. */
export function usedByDay(
  readings: readonly Read[],
  weather: ReadonlyMap<string, number>,
  most = daysShown
): UsedDay[] {
  const read = new Map(
    readings.filter(({ state }) => state === 'accepted').map((reading) => [reading.read_on, reading])
  );
  const newest = [...read.keys()].toSorted().at(-1);
  if (!newest) return [];
  const on = (day: string) => {
    const [now, before] = [read.get(day), read.get(minus(day, { days: 1 }))];
    return now && before ? used(before, now) : null;
  };
  const days = Array.from({ length: most }, (_, nth) => minus(newest, { days: nth })).flatMap((day) => {
    const told = on(day);
    if (told === null) return [];
    const yearBefore = on(minus(day, { years: 1 }));
    return [{ day, used: told, yearBefore, temperature: weather.get(day) ?? null }];
  });
  return days.length < leastTold ? [] : days;
}

const minus = (day: string, by: Temporal.DurationLike) =>
  Temporal.PlainDate.from(day).subtract(by).toString();
