/** By when somebody is sent and somebody is there, and how often the people on call are told until then. */
import { expect, test } from 'vitest';
import { clocksOf } from './clocks.ts';
import { emergencyStatuses, type EmergencyStatus } from './life.ts';
import { minutesAfter } from './on-call.ts';

const received_at = new Date('2026-11-29T23:30:00Z');
const at = (minutes: number, status: EmergencyStatus = 'acknowledged') =>
  clocksOf({ status, received_at }, new Date(received_at.getTime() + minutes * 60_000));
const states = (minutes: number, status?: EmergencyStatus) =>
  Object.fromEntries(at(minutes, status).map(({ step, state }) => [step, state]));

test('somebody is sent within an hour and there within two, and each clock warns half an hour before', () => {
  expect(states(29)).toEqual({ dispatched: 'running', attended: 'running' });
  expect(states(30)).toEqual({ dispatched: 'near', attended: 'running' });
  expect(states(60)).toEqual({ dispatched: 'late', attended: 'running' });
  expect(states(90, 'dispatched')).toEqual({ attended: 'near' });
  expect(states(120, 'dispatched')).toEqual({ attended: 'late' });
  expect(at(0).map(({ due }) => due.toISOString())).toEqual([
    '2026-11-30T00:30:00.000Z',
    '2026-11-30T01:30:00.000Z'
  ]);
});

test('a clock stops when somebody has been sent, is there, or it is over', () => {
  const running = emergencyStatuses.map((status) => [status, at(300, status).map(({ step }) => step)]);
  expect(Object.fromEntries(running)).toEqual({
    received: ['dispatched', 'attended'],
    acknowledged: ['dispatched', 'attended'],
    dispatched: ['attended'],
    attended: [],
    made_safe: [],
    stood_down: []
  });
});

test('what is late is said again every hour, for as long as it is', () => {
  const levels = [59, 60, 119, 120, 180, 60 + 60 * 24 * 7].map((minutes) => at(minutes)[0]?.level);
  expect(levels).toEqual([1, 2, 2, 3, 4, 2 + 24 * 7]);
});

test('while nobody acknowledges, the people on call are told for ever, and ever more seldom', () => {
  const pauses = Array.from({ length: 1000 }, (_, step) => minutesAfter(step));
  expect([pauses[0], pauses[9], pauses[10], pauses[25], pauses[999]]).toEqual([1, 1, 2, 5, 15]);
  expect(pauses.every((pause, step) => step === 0 || pause >= (pauses[step - 1] ?? 0))).toBe(true);
  const firstHour = pauses.filter(
    (_, step) => pauses.slice(0, step).reduce((sum, one) => sum + one, 1) <= 60
  );
  expect(firstHour.length).toBeGreaterThan(20);
});
