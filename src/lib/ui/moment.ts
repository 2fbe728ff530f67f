/** How a moment is written for people: by their language, on the clock of a place. */
import { minuteWriter } from '#lib/platform/dates.ts';

/** `short` is "Nov 24, 2026, 2:05 PM", for where many stand together. `day` is "Tuesday, November 24", `date` has the year, `time` the clock alone, `moment` date and clock. */
export type Writing = 'day' | 'date' | 'time' | 'moment' | 'short';

/** One moment as words. `zone` is a time zone name such as `America/New_York`. */
export const writeMoment = (at: Date | string, writing: Writing, locale: string, zone: string): string =>
  writers[writing](new Date(at), locale, zone);

const writers: Record<Writing, ReturnType<typeof minuteWriter>> = {
  day: minuteWriter({ weekday: 'long', month: 'long', day: 'numeric' }),
  date: minuteWriter({ year: 'numeric', month: 'long', day: 'numeric' }),
  time: minuteWriter({ hour: 'numeric', minute: '2-digit' }),
  short: minuteWriter({ dateStyle: 'medium', timeStyle: 'short' }),
  moment: minuteWriter({ year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' })
};
