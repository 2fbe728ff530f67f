/** A technician's day: the hour in which we are expected, the order, and how each visit stands. */
import { expect, test } from 'vitest';
import { expectedWindow, inOrder, isTimeToSetOut, standing } from './day.ts';

const zone = 'America/New_York';
const visit = {
  state: 'booked',
  technician_id: 'someone',
  on_day: '2026-12-01',
  from_time: '10:00:00',
  to_time: '12:00:00',
  zone
};
const at = (time: string) => new Date(`2026-12-01T${time}:00-05:00`);

test('the window is an hour around when they should be there, on the clock of the place, and never begins before now', () => {
  expect(expectedWindow(at('09:02'), zone, 45)).toEqual({ from: '09:15', to: '10:15' });
  expect(expectedWindow(at('09:00'), zone, 15)).toEqual({ from: '09:00', to: '10:00' });
  // The night on which the clocks go forward: half past one and half an hour is three.
  expect(expectedWindow(new Date('2027-03-14T01:45:00-05:00'), zone, 60)).toEqual({
    from: '03:15',
    to: '04:15'
  });
  expect(expectedWindow(at('23:40'), zone, 30)).toEqual({ from: '23:40', to: '00:40' });
  // Nobody is asked to be there before it was agreed, nor before now.
  expect(expectedWindow(at('07:42'), zone, 15, '08:00')).toEqual({ from: '08:00', to: '09:00' });
  expect(expectedWindow(at('08:12'), zone, 15, '08:00')).toEqual({ from: '08:15', to: '09:15' });
});

test.each([
  ['07:59', {}, false],
  ['08:00', {}, true],
  ['11:00', {}, true],
  ['08:00', { on_day: '2026-12-02' }, false],
  ['08:00', { zone: null }, true]
] as const)('at %s it is time to set out for a visit %o: %s', (time, also, is) => {
  expect(isTimeToSetOut({ ...visit, ...also }, at(time), zone)).toBe(is);
});

test('what was ordered by hand comes first, the rest by its hours', () => {
  const day = [
    { id: 'a', place_in_day: null, from_time: '08:00:00' },
    { id: 'b', place_in_day: 2, from_time: '09:00:00' },
    { id: 'c', place_in_day: 1, from_time: '15:00:00' },
    { id: 'd', place_in_day: null, from_time: '07:00:00' }
  ];
  expect(inOrder(day).map(({ id }) => id)).toEqual(['c', 'b', 'd', 'a']);
});

test.each([
  ['08:00', {}, 'planned'],
  ['08:30', { technician_id: null }, 'at_risk'],
  ['11:40', {}, 'at_risk'],
  ['12:01', {}, 'late'],
  ['11:40', { state: 'on_the_way' }, 'under_way'],
  ['12:10', { state: 'on_the_way' }, 'late'],
  ['12:10', { state: 'done' }, 'done'],
  ['12:10', { state: 'no_access' }, 'failed'],
  // Past midnight it is not late yet.
  ['23:00', { from_time: '22:00:00', to_time: '01:00:00' }, 'planned']
] as const)('at %s a visit that is %o stands as %s', (time, also, how) => {
  expect(standing({ ...visit, ...also }, at(time))).toBe(how);
});
