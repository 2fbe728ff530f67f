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
