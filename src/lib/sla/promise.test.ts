/** What is promised when a request comes in: by the clock, and by the day that was asked for. */
import { expect, test } from 'vitest';
import { workingMinutesBetween } from './calendar.ts';
import { isPastDue, pause, resume } from './clock.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { calendarsOf } from './hours.ts';
import { endOfWish, promisesOf, type Pledge, type Wish } from './promise.ts';

const calendars = calendarsOf(readConfig({}));
const { working } = calendars;
const move: Pledge = { first_response_hours: 10, resolution_hours: 30, hours: 'working' };
const monday = new Date('2026-11-23T09:00:00-05:00');
const until = (day: string): Wish => ({ day, clock: 'until' });

const resolutionOf = (pledge: Pledge, now: Date, wish: Wish | null = null) => {
  const found = promisesOf(calendars, pledge, now, wish).find(({ kind }) => kind === 'resolution');
  if (!found) throw new Error('nothing was promised');
  return found;
};
const dueOf = (pledge: Pledge, now: Date, wish: Wish | null = null) =>
  resolutionOf(pledge, now, wish).due_at?.toISOString();

test('a move in sixty days is done that day, not this week, and the answer comes as soon as ever', () => {
  const [first] = promisesOf(calendars, move, monday, until('2027-01-22'));
  expect(first?.due_at?.toISOString()).toBe('2026-11-24T14:00:00.000Z');
  expect(dueOf(move, monday, until('2027-01-22'))).toBe('2027-01-22T23:00:00.000Z');
  expect(dueOf(move, monday)).toBe('2026-11-27T14:00:00.000Z');
});

test('it has its usual time just before that day', () => {
  const { begins_at, due_at } = resolutionOf(move, monday, until('2027-01-22'));
  expect(begins_at && due_at && workingMinutesBetween(working, begins_at, due_at)).toBe(30 * 60);
  expect(begins_at && begins_at > new Date('2027-01-19T00:00:00-05:00')).toBe(true);
});

test('where nobody works on that day, the next on which somebody does counts: never before it', () => {
  expect(dueOf(move, monday, until('2026-12-25'))).toBe('2026-12-26T18:00:00.000Z');
  expect(dueOf(move, monday, until('2026-12-27'))).toBe('2026-12-28T23:00:00.000Z');
});

test('what is asked for sooner than we answer at all is done with the answer', () => {
  expect(dueOf(move, monday, until('2026-11-23'))).toBe('2026-11-24T14:00:00.000Z');
});

test('what can only begin on a day has its usual time from that day on', () => {
  expect(dueOf(move, monday, { day: '2027-01-18', clock: 'from' })).toBe('2027-01-21T23:00:00.000Z');
  expect(dueOf(move, monday, { day: '2026-11-20', clock: 'from' })).toBe(dueOf(move, monday));
});

test('waiting for the customer does not move that day, as long as there is time before it', () => {
  const clock = resolutionOf(move, monday, until('2027-01-22'));
  const paused = pause(working, clock, new Date('2026-12-01T10:00:00-05:00'));
  const early = resume(working, paused, new Date('2026-12-20T10:00:00-05:00'));
  expect(early.due_at).toEqual(clock.due_at);
  expect(isPastDue(early, new Date('2027-01-22T17:00:00-05:00'))).toBe(false);

  const late = resume(working, paused, new Date('2027-01-22T10:00:00-05:00'));
  expect(late.due_at?.toISOString()).toBe('2027-01-26T21:00:00.000Z');
});

test('the day that was asked for is over at its midnight', () => {
  expect(endOfWish(calendars, until('2027-01-22')).toISOString()).toBe('2027-01-23T05:00:00.000Z');
});

test('on days on which nobody works, a promise may have other hours', () => {
  const prepaid: Pledge = {
    ...{ first_response_hours: 1, resolution_hours: 3, resolution_hours_on_free_days: 4 },
    hours: 'clock'
  };
  expect(dueOf(prepaid, new Date('2026-11-23T23:30:00-05:00'))).toBe('2026-11-24T07:30:00.000Z');
  expect(dueOf(prepaid, new Date('2026-11-22T23:30:00-05:00'))).toBe('2026-11-23T08:30:00.000Z');
});
