/** Days and windows as people read them: `08:00:00` to `12:00:00` is "8:00 AM – 12:00 PM". */
import type { Locale } from '#lib/platform/language.ts';
import { dateWriter } from '#lib/platform/dates.ts';
import type { cutOffWords } from './rules.ts';

export type CutOffWords = ReturnType<typeof cutOffWords>;

export function writeHours(from: string | null | undefined, to: string | null | undefined, locale: Locale) {
  if (!from || !to) return '';
  const clock = clocks(locale, 'UTC');
  // Past midnight it would be a span of two days.
  return to > from
    ? clock.formatRange(at(from), at(to))
    : `${clock.format(at(from))} – ${clock.format(at(to))}`;
}

/** "Tuesday, December 1": a day of these weeks, whose year nobody needs. */
export const writeNearDay = (day: string, locale: Locale) =>
  days(locale, 'UTC').format(new Date(`${day}T00:00:00Z`));

/** What is offered, day by day. */
export const byDay = <Slot extends { on_day: string }>(slots: readonly Slot[]) =>
  [...Map.groupBy(slots, ({ on_day }) => on_day)].map(([day, those]) => ({ day, slots: those }));

/** A cut-off for a sentence, its hour as the language writes it. */
export const writeCutOff = (until: CutOffWords, locale: Locale) => ({
  ...until,
  at: clocks(locale, 'UTC').format(at(until.at))
});

const clocks = dateWriter({ hour: 'numeric', minute: '2-digit' });
const days = dateWriter({ weekday: 'long', month: 'long', day: 'numeric' });

const at = (time: string) => new Date(`2000-01-01T${time.slice(0, 5)}:00Z`);
