/** Being asked again: in the month before the end, once more when it is over, and then no more. */
import { expect, test } from 'vitest';
import { renewalStage } from './priority-renewal.ts';

test.each([
  ['2027-01-01', null],
  ['2026-12-30', null],
  ['2026-12-29', 'soon'],
  ['2026-11-30', 'soon'],
  // The last day is the one before.
  ['2026-11-29', 'over'],
  ['2026-10-30', 'over'],
  ['2026-10-29', null]
] as const)('on November 29, what ends on %s is %s', (until, stage) => {
  expect(renewalStage(until, '2026-11-29')).toBe(stage);
});

test('what has no end is never asked about', () => {
  expect(renewalStage(null, '2026-11-29')).toBeNull();
});
