import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { estimateOf, hasEstimate, minutesEstimate } from './waits.ts';

const begun = new Date('2026-11-24T15:00:00Z');
const at = { t: wordsFor('en'), zone: 'America/New_York', now: new Date('2026-11-24T16:00:00Z') };

test('days are rounded outward, and mean what they say', () => {
  const said = estimateOf({ from: 30, to: 75 }, begun, at);
  expect(said?.text).toBe('It will most likely be done between tomorrow and Friday, November 27.');
  expect(said?.earliest.toISOString()).toBe('2026-11-25T05:00:00.000Z');
  expect(said?.latest.toISOString()).toBe('2026-11-28T05:00:00.000Z');
});

test('within the day an hour is said', () => {
  expect(estimateOf({ from: 2, to: 4.5 }, begun, at)?.text).toBe(
    'It will most likely be done by 3:00 PM today.'
  );
});

test('one day is one day', () => {
  expect(estimateOf({ from: 20, to: 30 }, begun, at)?.text).toBe(
    'It will most likely be done by the end of tomorrow.'
  );
});

test('never earlier than now, and nothing where it would say nothing', () => {
  expect(estimateOf({ from: 0, to: 30 }, begun, at)?.earliest).toEqual(at.now);
  expect(estimateOf({ from: 0, to: 0.5 }, begun, at)).toBeNull();
  expect(estimateOf({ from: 0, to: 24 * 90 }, begun, at)).toBeNull();
});

test('while we wait for them, or a visit is booked, that stands instead', () => {
  expect(
    ['submitted', 'open', 'waiting', 'scheduled', 'resolved', 'closed'].map((status) =>
      hasEstimate({ status: status as 'open' })
    )
  ).toEqual([true, true, false, false, false, false]);
});

test('minutes', () => {
  expect(minutesEstimate({ from: 2, to: 6 }, at).text).toBe(
    'Somebody will most likely answer in 2 to 6 minutes.'
  );
  expect(minutesEstimate({ from: 0, to: 1 }, at).text).toBe(
    'Somebody will most likely answer within a minute.'
  );
});
