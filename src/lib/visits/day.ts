/** A technician's day: what can become of a visit, and the window in which somebody is told to expect us. Pure. */

/** What a technician reports. The table of the reports has the same list. */
export const outcomes = ['done', 'no_access', 'parts_missing', 'unsafe'] as const;
export type Outcome = (typeof outcomes)[number];
/** How a visit stands, as the database has it. */
export type VisitState = 'booked' | 'on_the_way' | 'missed' | 'called_off' | Outcome;

/** How far away somebody may be when they set out, in minutes. */
export const minutesAway = [15, 30, 45, 60] as const;

/**
 * The hour within which somebody who sets out now arrives, on the clock of the place: `09:15` to `10:15`. Before
 * `agreed`, when the hours of the visit begin, nobody has to be there.
 */
export function expectedWindow(now: Date, zone: string, minutes: number, agreed: string | null = null) {
  const there = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  // Half an hour to either side of when they should be there, in steps of five minutes, and never before now.
  const around = there.add({ minutes: minutes - (minutes % 5) });
  const near = around.subtract({ minutes: Math.min(30, minutes) });
  const inFives = (roundingMode: 'halfExpand' | 'ceil') =>
    near.round({ smallestUnit: 'minute', roundingIncrement: 5, roundingMode });
  const from = isBefore(inFives('halfExpand'), there) ? inFives('ceil') : inFives('halfExpand');
  const begins = agreed ? there.withPlainTime(agreed) : from;
  const first = isBefore(from, begins) ? begins : from;
  return { from: clock(first), to: clock(first.add({ hours: 1 })) };
}

const isBefore = (one: Temporal.ZonedDateTime, other: Temporal.ZonedDateTime) =>
  Temporal.ZonedDateTime.compare(one, other) < 0;

/** How long before its window somebody sets out at most: more, and “on the way” would be said of nobody who is. */
const earliestOut = 2 * 3_600_000;

/** Whether it is time to set out for a visit. `zone` is ours, where the visit says none. */
export const isTimeToSetOut = (
  visit: { on_day: string; from_time: string; zone: string | null },
  now: Date,
  zone: string
): boolean => beginningOf({ ...visit, zone: visit.zone ?? zone }) - now.getTime() <= earliestOut;

/** Whether its hours have not begun yet. Then nobody is late, and what is reported is asked about once. */
export const isEarly = (
  visit: { on_day: string; from_time: string; zone: string | null },
  at: Date,
  zone: string
): boolean => beginningOf({ ...visit, zone: visit.zone ?? zone }) > at.getTime();

const beginningOf = ({ on_day, from_time, zone }: { on_day: string; from_time: string; zone: string }) =>
  Temporal.PlainDate.from(on_day).toZonedDateTime({ timeZone: zone, plainTime: from_time }).epochMilliseconds;

/** In the order that was set by hand; what has none comes after it, by its hours. */
export const inOrder = <Visit extends { place_in_day: number | null; from_time: string }>(
  visits: readonly Visit[]
) =>
  [...visits].sort(
    (a, b) =>
      (a.place_in_day ?? Infinity) - (b.place_in_day ?? Infinity) || a.from_time.localeCompare(b.from_time)
  );

/** How a visit stands at this moment: late is what should have begun and has not, at risk is what nobody has. */
export function standing(
  visit: {
    state: string;
    technician_id: string | null;
    on_day: string;
    from_time: string;
    to_time: string;
    zone: string;
  },
  now: Date
): 'done' | 'failed' | 'under_way' | 'late' | 'at_risk' | 'planned' {
  if (visit.state === 'done') return 'done';
  if (visit.state !== 'booked' && visit.state !== 'on_the_way') return 'failed';
  const day = Temporal.PlainDate.from(visit.on_day);
  const at = (date: Temporal.PlainDate, plainTime: string) =>
    date.toZonedDateTime({ timeZone: visit.zone, plainTime }).epochMilliseconds;
  const ends = at(visit.to_time <= visit.from_time ? day.add({ days: 1 }) : day, visit.to_time);
  if (now.getTime() > ends) return 'late';
  if (visit.state === 'on_the_way') return 'under_way';
  // Nobody set out, and half an hour is left; or nobody goes at all, and it begins within two hours.
  if (ends - now.getTime() < 30 * 60_000) return 'at_risk';
  if (!visit.technician_id && at(day, visit.from_time) - now.getTime() < 2 * 3_600_000) return 'at_risk';
  return 'planned';
}

const clock = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString().slice(0, 5);
