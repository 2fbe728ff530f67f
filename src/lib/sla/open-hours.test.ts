/** The week is said in as few lines as it has, and the next holiday only where it closes a day that would be open. */
import { expect, test } from 'vitest';
import { nextClosedDay, openingLines } from './open-hours.ts';

const day = [{ from: '08:00', to: '18:00' }];
const morning = [{ from: '09:00', to: '13:00' }];
const week = [day, day, day, day, day, morning, []];
const calendar = { zone: 'UTC', week, holidays: new Set(['2026-12-25', '2026-12-27', '2027-01-01']) };

test('days with the same hours are one line', () =>
  expect(openingLines(week)).toEqual([
    { first: 0, last: 4, hours: day },
    { first: 5, last: 5, hours: morning },
    { first: 6, last: 6, hours: [] }
  ]));

test('a day in the middle with other hours stands alone', () =>
  expect(openingLines([day, morning, day]).map(({ first, last }) => [first, last])).toEqual([
    [0, 0],
    [1, 1],
    [2, 2]
  ]));

test('every day the same is one line', () =>
  expect(openingLines(Array.from({ length: 7 }, () => day))).toEqual([{ first: 0, last: 6, hours: day }]));

test.each([
  ['2026-12-01', '2026-12-25'],
  ['2026-12-25', '2026-12-25'],
  // The 27th is a Sunday, closed anyway.
  ['2026-12-26', '2027-01-01'],
  ['2027-01-02', null]
])('from %s on, the next is %s', (today, next) => expect(nextClosedDay(calendar, today)).toBe(next));
