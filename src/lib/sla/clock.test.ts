/** A promise is kept or missed by the clock alone, whenever somebody happens to look. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workingMinutesBetween } from './calendar.ts';
import { act, drop, isOwed, miss, pause, resume, start, type Clock } from './clock.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { calendarsOf } from './hours.ts';

const calendar = calendarsOf(readConfig({})).working;
const monday = (time: string) => new Date(`2026-11-23T${time}:00-05:00`);
const fourHours = start(calendar, 240, monday('09:00'));

test('an answer in time keeps the promise, even on the last moment', () => {
  expect(act(calendar, fourHours, monday('12:59'))).toMatchObject({ state: 'kept', minutes_left: 1 });
  expect(act(calendar, fourHours, monday('13:00')).state).toBe('kept');
});

test('a late answer misses it, whether or not the sweep came first', () => {
  const unseen = act(calendar, fourHours, monday('13:01'));
  const seen = act(calendar, miss(fourHours, monday('13:01')), monday('13:01'));
  expect(unseen).toEqual(seen);
  expect(unseen).toMatchObject({ state: 'missed', ended_at: monday('13:01') });
});

test('a missed promise is owed until it is done at last', () => {
  const missed = miss(fourHours, monday('14:00'));
  expect(isOwed(missed)).toBe(true);
  expect(isOwed(act(calendar, missed, monday('15:00')))).toBe(false);
});

test('waiting for the customer costs us nothing', () => {
  const paused = pause(calendar, fourHours, monday('10:00'));
  expect(paused).toMatchObject({ state: 'paused', minutes_left: 180, due_at: null });
  expect(resume(calendar, paused, monday('17:00')).due_at).toEqual(new Date('2026-11-24T15:00:00Z'));
});

test('a pause does not undo that the time had run out', () => {
  expect(pause(calendar, fourHours, monday('14:00')).state).toBe('missed');
});

test('what is dropped in time is neither kept nor missed; what is dropped late stays missed', () => {
  expect(drop(fourHours, monday('10:00'))).toMatchObject({ state: 'dropped', ended_at: monday('10:00') });
  expect(drop(fourHours, monday('14:00')).state).toBe('missed');
});

test('nothing that has ended changes any more', () => {
  const kept = act(calendar, fourHours, monday('10:00'));
  const later = monday('16:00');
  for (const change of [
    drop(kept, later),
    miss(kept, later),
    act(calendar, kept, later),
    pause(calendar, kept, later)
  ])
    expect(change).toEqual(kept);
});

test('however often it is paused, a promise never gains more than a minute per pause', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 60 * 24 * 60 }), { maxLength: 12 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 3000 }), (seconds, minutes) => {
      let now = monday('09:00');
      let clock: Clock = start(calendar, minutes, now);
      let running = 0;
      for (const [nth, pass] of seconds.entries()) {
        const next = new Date(now.getTime() + pass * 1000);
        if (nth % 2 === 0) running += workingMinutesBetween(calendar, now, next);
        now = next;
        clock = nth % 2 === 0 ? pause(calendar, clock, now) : resume(calendar, clock, now);
      }
      const done = act(calendar, clock, now);
      if (running <= minutes) expect(done.state).toBe('kept');
      if (running > minutes + seconds.length) expect(done.state).toBe('missed');
    })
  );
});
