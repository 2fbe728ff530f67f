/** Local times of a visit, `08:00:00` to `12:00:00`, as the language writes a span of hours. */
import type { Locale } from '#lib/platform/words.ts';

export function writeHours(from: string | null | undefined, to: string | null | undefined, locale: Locale) {
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  return from && to ? clock.formatRange(at(from), at(to)) : '';
}

const at = (time: string) => new Date(`2000-01-01T${time.slice(0, 5)}:00Z`);
