/** Writing dates: one formatter for each language and zone. Making one takes fifty times as long as using it. */

/** A way of writing moments; asked with a language and a zone, it gives the formatter for both. */
export function dateWriter(parts: Intl.DateTimeFormatOptions) {
  const made = new Map<string, Intl.DateTimeFormat>();

  return (locale: string, timeZone: string): Intl.DateTimeFormat => {
    const key = `${locale} ${timeZone}`;
    let format = made.get(key);
    if (!format) made.set(key, (format = new Intl.DateTimeFormat(locale, { ...parts, timeZone })));
    return format;
  };
}

/** Which day it is in a zone, as `2026-02-01`. */
export const todayAt = (timeZone: string): string => Temporal.Now.plainDateISO(timeZone).toString();

/**
 * Says moments by a format of no more than minutes. A minute is put into words once and kept: a list says the same days
 * again and again, and a formatter takes a hundred times as long as looking it up.
 */
export function minuteWriter(parts: Intl.DateTimeFormatOptions) {
  const formatter = dateWriter(parts);
  const said = new Map<string, Map<number, string>>();

  return (at: Date, locale: string, timeZone: string): string => {
    const key = `${locale} ${timeZone}`;
    let kept = said.get(key);
    if (!kept) said.set(key, (kept = new Map<number, string>()));
    const minute = Math.floor(at.getTime() / 60_000);
    let words = kept.get(minute);
    if (words === undefined) {
      if (kept.size >= mostKept) kept.clear();
      kept.set(minute, (words = formatter(locale, timeZone).format(at)));
    }
    return words;
  };
}

/** Minutes kept for each language and zone: half a megabyte at the most. */
const mostKept = 4000;

/** A day without a zone (`2026-02-01`) as “Feb 1, 2026”. */
export const writeDate = (day: string, locale: string): string => medium(locale, 'UTC').format(midnight(day));

/** The month of such a day as “Feb 2026”. */
export const writeMonth = (day: string, locale: string): string => month(locale, 'UTC').format(midnight(day));

/** Whether there is such a day: not the 30th of February, and nothing but year, month and day. */
export function isDay(text: string): boolean {
  const date = midnight(text);
  return (
    /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}

const midnight = (day: string) => new Date(`${day}T00:00:00Z`);
const medium = dateWriter({ dateStyle: 'medium' });
const month = dateWriter({ month: 'short', year: 'numeric' });
