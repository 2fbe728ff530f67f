/** The days of an account's meters that tell daily: the last ones, with the same a year before and the weather. */
import { metersOf } from '#lib/accounts/server/readings.ts';
import type { MeterUnit, ReadingState } from '#lib/accounts/reading.ts';
import { weatherBetween } from '#lib/billing/server/weather.ts';
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { daysShown, usedByDay, type UsedDay } from '../days.ts';

export interface DaysOfMeter {
  id: string;
  serial: string;
  unit: MeterUnit;
  days: UsedDay[];
}

export async function daysOf(
  db: Db,
  accountId: string,
  today: string,
  most = daysShown
): Promise<DaysOfMeter[]> {
  const meters = await metersOf(db, accountId);
  // What stopped telling long ago is not of now.
  const from = Temporal.PlainDate.from(today)
    .subtract({ days: most + 7 })
    .toString();
  const daily = await Promise.all(
    meters.map(async (meter) => ({ meter, readings: await readingsSince(db, meter.id, from, most) }))
  );
  if (daily.every(({ readings }) => readings.length < 8)) return [];
  const weather = await weatherBetween(db, from, today);
  return daily.flatMap(({ meter: { id, serial, unit }, readings }) => {
    const days = usedByDay(readings, weather, most);
    return days.length > 0 ? [{ id, serial, unit, days }] : [];
  });
}

/** From a day on, and of the same time a year before; one day earlier each, from which the first counts. */
async function readingsSince(db: Db, meter: string, from: string, most: number) {
  const { rows } = await sql<{ read_on: string; digits: string; state: ReadingState }>`
    select read_on, digits, state from reading
    where meter_id = ${meter} and state = 'accepted'
      and (read_on >= ${from}::date - 1
           or read_on between ${from}::date - interval '1 year' - interval '2 days'
                          and ${from}::date - interval '1 year' + make_interval(days => ${most + 19}))
    order by read_on, source = 'customer'`.execute(db);
  return rows;
}
