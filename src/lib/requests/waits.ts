/** Saying how long something is likely to take: a range rounded outward, or nothing. Pure. */
import type { Range } from '#lib/sla/waits/curve.ts';
import type { Words } from '#lib/platform/words.ts';
import { writeMoment } from '#lib/ui/moment.ts';
import { dayFromToday } from '#lib/forms/day.ts';
import { dayAt, sayDay } from './status-text.ts';
import type { Status } from './status.ts';

/** A range as it is said, and the moments that it means. `key` is the same for all who are told the same. */
export interface Estimate {
  text: string;
  key: string;
  earliest: Date;
  latest: Date;
}

const hour = 3_600_000;
/** Farther ahead nobody plans by it. */
const farthestDays = 60;

/** While it is being worked on by us, and no visit or answer of theirs stands before it. */
export const hasEstimate = ({ status }: { status: Status }): boolean =>
  status === 'submitted' || status === 'open';

/** "It will most likely be done between tomorrow and Friday, November 27." Null where that would say nothing. */
export function estimateOf(
  { from, to }: Range,
  begun: Date,
  { t, zone, now }: { t: Words; zone: string; now: Date }
): Estimate | null {
  const earliest = new Date(Math.max(begun.getTime() + from * hour, now.getTime()));
  const latest = new Date(begun.getTime() + to * hour);
  if (latest <= now || latest.getTime() - now.getTime() > farthestDays * 24 * hour) return null;
  const [today, first, last] = [now, earliest, latest].map((at) => dayAt(at, zone)) as [
    string,
    string,
    string
  ];
  if (last === today) {
    const full = new Date(Math.ceil(latest.getTime() / hour) * hour);
    const by = writeMoment(full, 'time', t.locale, zone);
    return { text: t('requests.likely_today', { by }), key: full.toISOString(), earliest: now, latest: full };
  }
  const text =
    first === last
      ? t('requests.likely_on', { day: sayDay(last, t, today) })
      : t('requests.likely_between', { from: sayDay(first, t, today), to: sayDay(last, t, today) });
  return {
    ...{ text, key: `${first}/${last}` },
    earliest: first === today ? now : beginning(first, zone),
    latest: beginning(dayFromToday({ days: 1 }, { today: last }), zone)
  };
}

const beginning = (day: string, zone: string) =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);

/** "Somebody answers in between 2 and 6 minutes, most likely." */
export function minutesEstimate({ from, to }: Range, { t, now }: { t: Words; now: Date }): Estimate {
  const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  return {
    text: from < 1 ? t('requests.likely_minutes_up_to', { to }) : t('requests.likely_minutes', { from, to }),
    key: `${from}-${to} min`,
    earliest: after(from),
    latest: after(to)
  };
}
