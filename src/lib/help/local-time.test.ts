/** A time of a place is an instant, across its changes of the clock. */
import { expect, test } from 'vitest';
import { readLocalTime } from './local-time.ts';

test.each([
  ['2026-12-01T08:00', '2026-12-01T13:00:00.000Z'],
  ['2026-07-01T08:00', '2026-07-01T12:00:00.000Z'],
  ['2026-03-08T02:30', '2026-03-08T07:30:00.000Z']
])('%s in New York', (text, instant) =>
  expect(readLocalTime(text, 'America/New_York')?.toISOString()).toBe(instant)
);

test.each(['', 'tomorrow', '2026-02-30T08:00', '2026-12-01', '2026-12-01T25:00', '1926-12-01T08:00'])(
  '“%s” is none',
  (text) => expect(readLocalTime(text, 'America/New_York')).toBeNull()
);
