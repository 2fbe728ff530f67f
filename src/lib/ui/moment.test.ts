/** Moments are written by language and on the clock of a place. */
import { expect, test } from 'vitest';
import { writeMoment } from './moment.ts';

const noonInLondon = '2026-11-24T12:05:00Z';

test('the same moment is another hour elsewhere', () => {
  expect(plain(writeMoment(noonInLondon, 'time', 'en', 'America/New_York'))).toBe('7:05 AM');
  expect(plain(writeMoment(noonInLondon, 'time', 'es', 'Europe/Madrid'))).toBe('13:05');
});

test('a day is named in the language of the reader', () => {
  expect(writeMoment(noonInLondon, 'day', 'en', 'UTC')).toBe('Tuesday, November 24');
  expect(writeMoment(noonInLondon, 'day', 'es', 'UTC')).toBe('martes, 24 de noviembre');
});

test('a moment late in the evening belongs to the day of the place', () => {
  expect(writeMoment('2026-11-25T02:00:00Z', 'date', 'en', 'America/New_York')).toBe('November 24, 2026');
});

/** Intl puts narrow spaces before AM and PM. */
const plain = (text: string) => text.replaceAll(/\s/g, ' ');
