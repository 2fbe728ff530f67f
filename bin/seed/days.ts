/** A meter that tells every day, lately and a year ago, and how cold it was on each of those days. */
import { randomUUIDv7 } from 'node:crypto';
import { usualTemperature } from './bills.ts';
import type { Chance } from './chance.ts';

interface Read {
  meter_id: string;
  read_on: string;
  digits: string;
}

interface Setting {
  meter: { id: string; digits: number } | undefined;
  /** All of the town: those of this meter are kept to. */
  readings: readonly Read[];
  now: Date;
  timeZone: string;
}

const daysTold = 42;

/** Rows of `weather_day` for a year and more, and of `reading` for the days that the meter told. */
export function makeDays({ meter, readings, now, timeZone }: Setting, luck: Chance) {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const weather = new Map<string, number>();
  let swing = 0;
  for (let day = today.subtract({ days: 420 }); day.until(today).sign >= 0; day = day.add({ days: 1 })) {
    swing = swing * 0.8 + luck.whole(-25, 25) / 10;
    weather.set(day.toString(), usualOn(day) + swing);
  }
  const known = readings
    .filter(({ meter_id }) => meter_id === meter?.id)
    .toSorted((a, b) => a.read_on.localeCompare(b.read_on));
  const told = [today.subtract({ years: 1 }), today].flatMap((end) =>
    Array.from({ length: daysTold }, (_, nth) => end.subtract({ days: nth }).toString())
  );
  return {
    weather: [...weather].map(([day, degrees]) => ({ day, temperature: degrees.toFixed(1) })),
    readings: told.flatMap((day) => {
      const value = valueOn(day, known, weather);
      if (!meter || value === null || known.some(({ read_on }) => read_on === day)) return [];
      const digits = String(Math.round(value) % 10 ** meter.digits).padStart(meter.digits, '0');
      const row = { id: randomUUIDv7(), meter_id: meter.id, read_on: day, digits };
      return [{ ...row, source: 'utility', state: 'accepted' }];
    })
  };
}

/** Between two months it goes from one to the other by its days. */
function usualOn(day: Temporal.PlainDate) {
  const along = (day.day - 15) / 30;
  const neighbour = (day.month - 1 + (along < 0 ? 11 : 1)) % 12;
  const [here = 0, there = 0] = [usualTemperature[day.month - 1], usualTemperature[neighbour]];
  return here + (there - here) * Math.abs(along);
}

/** What the register says on a day: from one known reading to the next by how cold each day was, and on after the last. */
function valueOn(day: string, known: readonly Read[], weather: ReadonlyMap<string, number>) {
  const at = known.findLastIndex(({ read_on }) => read_on <= day);
  const before = known[at];
  if (!before) return null;
  const after = known[at + 1];
  const need = (from: string, to: string) => {
    let sum = 0;
    for (let one = from; one < to; one = dayAfter(one))
      sum += 0.35 + Math.max(0, 17 - (weather.get(one) ?? 10)) * 0.085;
    return sum;
  };
  const start = Number(before.digits);
  if (!after) return start + need(before.read_on, day);
  return (
    start + ((Number(after.digits) - start) * need(before.read_on, day)) / need(before.read_on, after.read_on)
  );
}

const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
