/** Counting days from today. */
import { expect, test } from 'vitest';
import { dayFromToday, writeDay } from './day.ts';

const friday = '2026-11-20';

test('days are counted across the end of a month and of a year', () => {
  expect(dayFromToday({ days: 45 }, { today: friday })).toBe('2027-01-04');
  expect(dayFromToday({ days: -20 }, { today: friday })).toBe('2026-10-31');
  expect(dayFromToday({ days: 0 }, { today: friday })).toBe(friday);
});

test('working days skip the weekend and the holidays', () => {
  expect(dayFromToday({ working_days: 2 }, { today: friday })).toBe('2026-11-24');
  expect(dayFromToday({ working_days: 2 }, { today: friday, holidays: ['2026-11-24'] })).toBe('2026-11-25');
  expect(dayFromToday({ working_days: 0 }, { today: '2026-11-21' })).toBe('2026-11-21');
});

test('a day is written out the same wherever the server stands', () => {
  expect(writeDay('2026-11-24', 'en')).toBe('Tuesday, November 24, 2026');
  expect(writeDay('2026-11-24', 'es')).toBe('martes, 24 de noviembre de 2026');
});
