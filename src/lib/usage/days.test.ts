/** Usage by day: only where a meter tells daily, a day against the one before it, and a year later beside that one. */
import { expect, test } from 'vitest';
import { usedByDay } from './days.ts';

const start = Temporal.PlainDate.from('2026-01-01');
const readings = (days: number, of = start, first = 99_990) =>
  Array.from({ length: days + 1 }, (_, nth) => ({
    read_on: of.add({ days: nth }).toString(),
    digits: String((first + nth * 3) % 100_000).padStart(5, '0'),
    state: 'accepted' as const
  }));

test('every day counts from the day before, over the end of the register too, the newest first', () => {
  const days = usedByDay(readings(10), new Map([['2026-01-11', -35]]));
  expect(days.map(({ used }) => used)).toEqual(Array(10).fill(3));
  expect(days[0]).toEqual({ day: '2026-01-11', used: 3, yearBefore: null, temperature: -35 });
  expect(days.at(-1)).toMatchObject({ day: '2026-01-02', temperature: null });
});

test('a day that was left out, or is doubted, is no day; the rest goes on', () => {
  const some = readings(12).map((reading, nth) =>
    nth === 4 ? { ...reading, state: 'quarantined' as const } : reading
  );
  const days = usedByDay(some, new Map()).map(({ day }) => day);
  expect(days).toHaveLength(10);
  expect(days).not.toContain('2026-01-05');
  expect(days).not.toContain('2026-01-06');
});

test('the same day a year before stands beside it, the leap day too', () => {
  const both = [
    ...readings(42, Temporal.PlainDate.from('2024-02-01')),
    ...readings(40, Temporal.PlainDate.from('2025-02-01'))
  ];
  const days = usedByDay(both, new Map());
  expect(days).toHaveLength(31);
  expect(days.every(({ yearBefore }) => yearBefore === 3)).toBe(true);
});

test('a meter that is read every month tells of no days', () => {
  const monthly = [0, 1, 2, 3].map((month) => ({
    ...{
      read_on: start.add({ months: month }).toString(),
      digits: `0010${month}`,
      state: 'accepted' as const
    }
  }));
  expect(usedByDay(monthly, new Map())).toEqual([]);
  expect(usedByDay([], new Map())).toEqual([]);
});
