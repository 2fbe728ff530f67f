/** How cold it was outdoors: of each day as the weather file says it, and of a period where its bill does not. */
import type { Db } from '#lib/platform/server/db.ts';

/** Tenths of a degree Celsius of each known day between two, both included. */
export async function weatherBetween(db: Db, from: string, to: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('weather_day')
    .select(['day', 'temperature'])
    .where('day', '>=', from)
    .where('day', '<=', to)
    .execute();
  return new Map(rows.map(({ day, temperature }) => [day, Math.round(Number(temperature) * 10)]));
}

interface Billed {
  period_from: string;
  period_to: string;
  temperature: number | null;
}

/** Bills with the mean of their days where they say none themselves, and the weather of every one of them is known. */
export async function withWeather<One extends Billed>(db: Db, bills: readonly One[]): Promise<One[]> {
  const lacking = bills.filter(({ temperature }) => temperature === null);
  if (lacking.length === 0) return [...bills];
  const first = lacking.map(({ period_from }) => period_from).toSorted()[0] ?? '';
  const last =
    lacking
      .map(({ period_to }) => period_to)
      .toSorted()
      .at(-1) ?? '';
  const weather = await weatherBetween(db, first, last);
  return bills.map((bill) => ({ ...bill, temperature: bill.temperature ?? meanOf(weather, bill) }));
}

function meanOf(weather: ReadonlyMap<string, number>, { period_from, period_to }: Billed) {
  let [sum, days] = [0, 0];
  for (let day = period_from; day <= period_to; day = dayAfter(day)) {
    const degrees = weather.get(day);
    if (degrees === undefined) return null;
    sum += degrees;
    days += 1;
  }
  return Math.round(sum / days);
}

const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
