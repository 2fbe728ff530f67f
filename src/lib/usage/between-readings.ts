/** What was used from one reading of a meter to the next, as periods that a chart can show. Pure. */
import { isHighEstimate, used, type ReadingState, type Source } from '#lib/accounts/reading.ts';
import { withYearBefore, type Compared } from './usage.ts';

interface Read {
  /** `YYYY-MM-DD` */
  read_on: string;
  digits: string;
  source: Source;
  state: ReadingState;
}

/**
 * Newest first, as the readings are. Of two on one day the first counts; one that does not count is left out, and so is an
 * estimate that the next reading has shown to be too high.
 */
export function usedBetween(readings: readonly Read[]): Compared[] {
  const accepted = readings.filter(
    ({ state, read_on }, at) =>
      state === 'accepted' &&
      !readings.slice(0, at).some((one) => one.state === 'accepted' && one.read_on === read_on)
  );
  const counted = accepted.filter((one, at) => {
    const next = accepted.slice(0, at).findLast(({ source }) => source !== 'estimate');
    return !next || !isHighEstimate(one, next);
  });
  return withYearBefore(
    counted.slice(0, -1).flatMap((reading, at) => {
      const before = counted[at + 1];
      if (!before) return [];
      return {
        from: dayAfter(before.read_on),
        to: reading.read_on,
        quantity: BigInt(used(before, reading)) * 1000n,
        estimated: reading.source === 'estimate',
        temperature: null
      };
    })
  );
}

const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
