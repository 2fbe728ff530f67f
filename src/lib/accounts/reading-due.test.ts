/** When a reading is asked for. */
import { expect, test } from 'vitest';
import { isReadingDue, monthOf } from './reading-due.ts';

const on = '2026-03-15';

test('a meter that is read every month is left alone; after six weeks it is asked for', () => {
  expect(isReadingDue({ read: '2026-02-12', estimated: null }, on)).toBe(false);
  expect(isReadingDue({ read: '2026-01-30', estimated: null }, on)).toBe(false);
  expect(isReadingDue({ read: '2026-01-29', estimated: null }, on)).toBe(true);
});

test('after an estimate a reading is wanted at once, and after it none', () => {
  expect(isReadingDue({ read: '2026-02-12', estimated: '2026-03-12' }, on)).toBe(true);
  expect(isReadingDue({ read: '2026-03-13', estimated: '2026-03-12' }, on)).toBe(false);
});

test('where readings are not kept, or were given up long ago, nobody is written to', () => {
  expect(isReadingDue({ read: null, estimated: null }, on)).toBe(false);
  expect(isReadingDue({ read: null, estimated: '2026-03-01' }, on)).toBe(false);
  expect(isReadingDue({ read: '2025-01-02', estimated: '2026-03-01' }, on)).toBe(false);
});

test('a reminder counts for its month', () => {
  expect([monthOf('2026-03-01'), monthOf('2026-03-31')]).toEqual(['2026-03-01', '2026-03-01']);
});
