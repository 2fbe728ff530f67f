/** The stops of somebody's day: which visits are still to come, and in which order they go there. Pure. */
import { inOrder } from '#lib/visits/day.ts';

interface Stop {
  id: string;
  state: string;
  technician_id: string | null;
  place_in_day: number | null;
  from_time: string;
}

export const isToCome = ({ state }: { state: string }) => state === 'booked' || state === 'on_the_way';

/** Which stop of whose day each visit is that is still to come. */
export const stopsOf = (visits: readonly Stop[]) =>
  new Map(
    [...Map.groupBy(visits.filter(isToCome), ({ technician_id }) => technician_id)]
      .filter(([technician]) => technician !== null)
      .flatMap(([, theirs]) => inOrder(theirs).map(({ id }, nth) => [id, nth + 1] as const))
  );
