/** How a moment is written for people: by their language, on the clock of a place. */

/** `short` is "Nov 24, 2026, 2:05 PM", for where many stand together. `day` is "Tuesday, November 24", `date` has the year, `time` the clock alone, `moment` date and clock. */
export type Writing = 'day' | 'date' | 'time' | 'moment' | 'short';

/** One moment as words. `zone` is a time zone name such as `America/New_York`. */
export function writeMoment(at: Date | string, writing: Writing, locale: string, zone: string): string {
  return formatFor(writing, locale, zone).format(new Date(at));
}

const parts: Record<Writing, Intl.DateTimeFormatOptions> = {
  day: { weekday: 'long', month: 'long', day: 'numeric' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  short: { dateStyle: 'medium', timeStyle: 'short' },
  moment: { year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' }
};

// Making a formatter costs far more than using one, and there are only a few.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(writing: Writing, locale: string, zone: string) {
  const key = `${writing} ${locale} ${zone}`;
  const known = formats.get(key);
  if (known) return known;

  const made = new Intl.DateTimeFormat(locale, { ...parts[writing], timeZone: zone });
  formats.set(key, made);
  return made;
}
