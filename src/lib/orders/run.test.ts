/** A day's deliveries: how each stands, and the order of the run. */
import { expect, test } from 'vitest';
import { inRun, isBeforeDay, moved, standingOf } from './run.ts';

const stop = {
  ...{ status: 'packed' as const, place_in_run: null, on_day: '2026-12-01', line: '4 Mill Lane' },
  ...{ from_time: '08:00:00', to_time: '11:00:00', zone: 'America/New_York' }
};
const at = (time: string) => new Date(`2026-12-01T${time}:00-05:00`);

test.each([
  ['05:00', {}, 'planned'],
  ['06:30', { status: 'placed' as const }, 'at_risk'],
  ['09:00', { status: 'on_the_way' as const }, 'under_way'],
  ['11:01', { status: 'on_the_way' as const }, 'late'],
  ['11:01', {}, 'late'],
  ['11:01', { status: 'delivered' as const }, 'done'],
  ['09:00', { status: 'missed' as const }, 'failed']
])('at %s what is %o stands as %s', (time, also, how) => {
  expect(standingOf({ ...stop, ...also }, at(time))).toBe(how);
});

test('a run goes as it was set by hand, else by the hours and street by street', () => {
  const run = [
    { ...stop, line: '11 Quarry Road' },
    { ...stop, line: '9 Mill Lane' },
    { ...stop, line: '30 Oak Street', place_in_run: 1 },
    { ...stop, line: '2b Quarry Road' },
    { ...stop, line: '1 Ash Close', from_time: '14:00:00' }
  ];
  expect(inRun(run).map(({ line }) => line)).toEqual([
    '30 Oak Street',
    '9 Mill Lane',
    '11 Quarry Road',
    '2b Quarry Road',
    '1 Ash Close'
  ]);
});

test('a stop changes places with its neighbour, and the first goes no further up', () => {
  expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 'a', -1)).toBeNull();
  expect(moved(['a', 'b'], 'x', 1)).toBeNull();
});

test('a day is still to come until it begins on the clock of the place', () => {
  const slot = { on_day: '2026-12-01', zone: 'America/New_York' };
  expect(isBeforeDay(slot, new Date('2026-12-01T04:59:00Z'))).toBe(true);
  expect(isBeforeDay(slot, new Date('2026-12-01T05:00:00Z'))).toBe(false);
  expect(isBeforeDay(null, new Date('2026-12-01T05:00:00Z'))).toBe(false);
});
