/** What was used, period by period, and beside it the same time a year before. Pure. */

export interface Used {
  /** `YYYY-MM-DD`, both days billed. */
  from: string;
  to: string;
  /** Thousandths of the unit. */
  quantity: bigint;
  estimated: boolean;
  /** Outdoors, in tenths of a degree Celsius, where it is known. */
  temperature: number | null;
}

export interface Compared extends Used {
  days: number;
  /** Thousandths of a unit for each day, rounded down. */
  perDay: bigint;
  /** The period that ended about a year before, if it is known. */
  yearBefore: Used | null;
}

/** Periods are of one time of the year when their ends lie no more than so many days off a year. */
const near = 16;

/** Each period with the one a year before it; in the order they are given. */
export const withYearBefore = (periods: readonly Used[]): Compared[] =>
  periods.map((period) => {
    const days = daysOf(period);
    const end = Temporal.PlainDate.from(period.to).subtract({ years: 1 });
    const yearBefore =
      periods.find(({ to }) => Math.abs(end.until(to, { largestUnit: 'day' }).days) <= near) ?? null;
    return { ...period, days, perDay: period.quantity / BigInt(days), yearBefore };
  });

const daysOf = ({ from, to }: Used) =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days + 1;
