/** Counting working time, across nights, weekends, holidays and the two nights a year when the clocks change. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorkingMinutes, roundTheClock, workingMinutesBetween, type Calendar } from './calendar.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { calendarsOf } from './hours.ts';

const newYork = calendarsOf(readConfig({})).working;
const at = (text: string) => new Date(text);
const after = (calendar: Calendar, from: string, minutes: number) =>
  addWorkingMinutes(calendar, at(from), minutes).toISOString();

describe('a due time', () => {
  test('lies on the same day when there is enough of it left', () => {
    expect(after(newYork, '2026-11-23T09:00:00-05:00', 240)).toBe('2026-11-23T18:00:00.000Z');
  });

  test('may fall on the very end of the working day', () => {
    expect(after(newYork, '2026-11-23T17:00:00-05:00', 60)).toBe('2026-11-23T23:00:00.000Z');
  });

  test('counts from the morning when somebody writes at night', () => {
    expect(after(newYork, '2026-11-23T23:59:59-05:00', 30)).toBe('2026-11-24T13:30:00.000Z');
    expect(after(newYork, '2026-11-24T00:00:00-05:00', 30)).toBe('2026-11-24T13:30:00.000Z');
  });

  test('goes on after the weekend, of which the Saturday morning is worked', () => {
    expect(after(newYork, '2026-11-20T17:00:00-05:00', 2 * 60)).toBe('2026-11-21T15:00:00.000Z');
    expect(after(newYork, '2026-11-21T12:30:00-05:00', 60)).toBe('2026-11-23T13:30:00.000Z');
  });

  test('skips Thanksgiving', () => {
    expect(after(newYork, '2026-11-25T17:30:00-05:00', 60)).toBe('2026-11-27T13:30:00.000Z');
  });

  test('of no minutes is now', () => {
    expect(after(newYork, '2026-11-22T03:00:00-05:00', 0)).toBe('2026-11-22T08:00:00.000Z');
  });

  test('is one hour earlier on the wall when the clocks went forward over the weekend', () => {
    // Ten hours a day, so sixteen minus four on Saturday leaves two on Monday: 10:00 in summer time.
    expect(after(newYork, '2026-03-06T08:00:00-05:00', 16 * 60)).toBe('2026-03-09T14:00:00.000Z');
  });

  test('in a stretch with a skipped or a repeated hour counts the minutes that there really were', () => {
    const always = roundTheClock('America/New_York');
    expect(after(always, '2026-03-08T00:00:00-05:00', 23 * 60)).toBe('2026-03-09T04:00:00.000Z');
    expect(after(always, '2026-11-01T00:00:00-04:00', 25 * 60)).toBe('2026-11-02T05:00:00.000Z');
  });

  test('respects a lunch break, and a shift that begins at an hour the clocks skip', () => {
    const night: Calendar = {
      zone: 'America/New_York',
      week: Array.from({ length: 7 }, () => [
        { from: '02:30', to: '04:00' },
        { from: '05:00', to: '06:00' }
      ]),
      holidays: new Set()
    };
    // On that night 02:30 does not exist: the shift begins at 03:30, and has thirty minutes before the break.
    expect(after(night, '2026-03-08T00:00:00-05:00', 31)).toBe('2026-03-08T09:01:00.000Z');
  });
});

test('a calendar on which nobody ever works is refused, not searched for ever', () => {
  const never: Calendar = { zone: 'UTC', week: [], holidays: new Set() };
  expect(() => addWorkingMinutes(never, at('2026-01-01T00:00:00Z'), 1)).toThrow('without working hours');
});

describe('whatever the calendar, the zone and the moment', () => {
  const zones = [
    'America/New_York',
    'Europe/London',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'America/Santiago',
    'UTC'
  ];
  const stretches = fc
    .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
    .map((marks) => {
      const times = [...marks].sort((a, b) => a - b).map(clockTime);
      return Array.from({ length: Math.floor(times.length / 2) }, (_, nth) => ({
        from: times[2 * nth] ?? '00:00',
        to: times[2 * nth + 1] ?? '24:00'
      }));
    });
  const calendars: fc.Arbitrary<Calendar> = fc.record({
    zone: fc.constantFrom(...zones),
    week: fc
      .array(fc.oneof(stretches, fc.constant([])), { minLength: 7, maxLength: 7 })
      .filter((week) => week.some((day) => day.length > 0)),
    holidays: fc.constantFrom(new Set<string>(), new Set(['2026-03-09', '2026-11-02', '2026-10-26']))
  });
  // Around the changes of the clocks in all of these zones, and in between.
  const moments = fc
    .tuple(
      fc.constantFrom(
        '2026-03-06',
        '2026-03-27',
        '2026-04-03',
        '2026-09-04',
        '2026-10-02',
        '2026-10-23',
        '2026-10-30'
      ),
      fc.integer({ min: 0, max: 5 * 24 * 60 })
    )
    .map(([day, minutes]) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000));
  const amounts = fc.integer({ min: 0, max: 6000 });

  test('what is added can be measured again', () => {
    fc.assert(
      fc.property(calendars, moments, amounts, (calendar, from, minutes) => {
        const due = addWorkingMinutes(calendar, from, minutes);
        expect(workingMinutesBetween(calendar, from, due)).toBe(minutes);
      })
    );
  });

  test('two steps lead where one leads', () => {
    fc.assert(
      fc.property(calendars, moments, amounts, amounts, (calendar, from, first, then) => {
        const between = addWorkingMinutes(calendar, from, first);
        const twice = addWorkingMinutes(calendar, between, then);
        const once = addWorkingMinutes(calendar, from, first + then);
        expect(twice).toEqual(then === 0 ? between : once);
      })
    );
  });

  test('nobody who comes later is served earlier', () => {
    fc.assert(
      fc.property(calendars, moments, amounts, amounts, (calendar, from, later, minutes) => {
        const second = new Date(from.getTime() + later * 60_000);
        expect(+addWorkingMinutes(calendar, second, minutes)).toBeGreaterThanOrEqual(
          minutes === 0 ? +from : +addWorkingMinutes(calendar, from, minutes)
        );
      })
    );
  });

  test('a due time lies inside working hours or on their end, and never on a holiday', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 6000 }), (calendar, from, minutes) => {
        const due = addWorkingMinutes(calendar, from, minutes);
        const justBefore = new Date(due.getTime() - 1);
        expect(workingMinutesBetween(calendar, justBefore, due)).toBeGreaterThan(0);
      })
    );
  });

  test('there is no more working time than time', () => {
    fc.assert(
      fc.property(calendars, moments, amounts, (calendar, from, length) => {
        const to = new Date(from.getTime() + length * 60_000);
        const worked = workingMinutesBetween(calendar, from, to);
        expect(worked).toBeLessThanOrEqual(length);
        expect(worked).toBeGreaterThanOrEqual(0);
        expect(workingMinutesBetween(calendar, to, from)).toBe(0);
      })
    );
  });
});

function clockTime(quarter: number) {
  return `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
}
