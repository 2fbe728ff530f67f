import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

const at = (clock: string) => new Date(`2027-03-09T${clock}:00Z`);
const clock = { started_at: at('08:00'), due_at: at('12:00') };

test('a promise that has just been made is calm and whole', () => {
  expect(timeLeft(clock, at('08:00'))).toEqual({
    share: 1,
    over: false,
    press: 'calm',
    amount: 4,
    unit: 'hour'
  });
});

test('its last quarter presses', () => {
  expect(timeLeft(clock, at('11:01'))).toMatchObject({ press: 'soon', amount: 59, unit: 'minute' });
});

test('the last half hour presses, however short the promise was', () => {
  expect(timeLeft({ started_at: at('11:30'), due_at: at('12:00') }, at('11:31')).press).toBe('soon');
});

test('what is late says by how much, and has no share left', () => {
  expect(timeLeft(clock, at('15:30'))).toEqual({
    share: 0,
    over: true,
    press: 'over',
    amount: 3,
    unit: 'hour'
  });
});

test('days are counted from the third on, and never rounded up', () => {
  const far = { started_at: at('08:00'), due_at: new Date('2027-03-13T07:59:00Z') };
  expect(timeLeft(far, at('08:00'))).toMatchObject({ amount: 3, unit: 'day' });
  expect(timeLeft(clock, new Date('2027-03-08T12:01:00Z'))).toMatchObject({
    amount: 23,
    unit: 'hour',
    share: 1
  });
});
