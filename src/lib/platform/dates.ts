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

/** A day without a zone (`2026-02-01`) as “Feb 1, 2026”. */
export const writeDate = (day: string, locale: string): string => medium(locale, 'UTC').format(midnight(day));

/** The month of such a day as “Feb 2026”. */
export const writeMonth = (day: string, locale: string): string => month(locale, 'UTC').format(midnight(day));

const midnight = (day: string) => new Date(`${day}T00:00:00Z`);
const medium = dateWriter({ dateStyle: 'medium' });
const month = dateWriter({ month: 'short', year: 'numeric' });
