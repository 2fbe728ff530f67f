/** Days are days of the calendar; a minute that was put into words before reads as if it were put into words anew. */
import { expect, test } from 'vitest';
import { isDay, minuteWriter } from './dates.ts';

const parts = { dateStyle: 'full', timeStyle: 'short' } as const;
const write = minuteWriter(parts);
const anew = (at: Date, locale: string, timeZone: string) =>
  new Intl.DateTimeFormat(locale, { ...parts, timeZone }).format(at);

test('every moment of a minute reads the same, in each language and zone as it is there', () => {
  for (const at of ['2026-11-01T05:59:59.999Z', '2026-11-01T06:00:00.000Z', '1969-12-31T23:59:30.000Z'])
    for (const locale of ['en', 'es'])
      for (const zone of ['America/New_York', 'Asia/Kolkata', 'UTC'])
        for (const _again of [1, 2])
          expect(write(new Date(at), locale, zone)).toBe(anew(new Date(at), locale, zone));
});

test('it goes on being right when more was written than is kept', () => {
  const moment = (minute: number) => new Date(minute * 60_000);
  for (let minute = 0; minute < 9000; minute += 1) write(moment(minute), 'en', 'UTC');
  for (const minute of [0, 3999, 4000, 8999])
    expect(write(moment(minute), 'en', 'UTC')).toBe(anew(moment(minute), 'en', 'UTC'));
});

test('what is no moment is refused, as ever', () => {
  for (const _again of [1, 2]) expect(() => write(new Date('never'), 'en', 'UTC')).toThrow(RangeError);
});

test('a day is a day of the calendar, written one way', () => {
  expect(['2024-02-29', '2026-12-31'].every(isDay)).toBe(true);
  expect(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '2026-01-01T00:00', ''].some(isDay)).toBe(
    false
  );
});
