import { expect, test } from 'vitest';
import { type HistoryLine, mergeHistory, readMark, writeMark } from './history.ts';

const line = (at: string, key: string): HistoryLine => ({
  kind: 'bill',
  at,
  key,
  text: key,
  href: null,
  day: true
});

test('many sources become one list, newest first, and the page ends where the next one begins', () => {
  const bills = [line('2026-03-01 12:00:00+00', 'bill-2'), line('2026-01-01 12:00:00+00', 'bill-1')];
  const paid = [line('2026-03-01 12:00:00+00', 'payment-9'), line('2026-02-01 12:00:00.5+00', 'payment-1')];
  const { lines, next } = mergeHistory([bills, paid], 3);
  expect(lines.map(({ key }) => key)).toEqual(['payment-9', 'bill-2', 'payment-1']);
  expect(next && readMark(writeMark(next))).toEqual({ at: '2026-02-01 12:00:00.5+00', key: 'payment-1' });
  expect(mergeHistory([bills], 2).next).toBeNull();
});

test.each([
  null,
  '',
  'x',
  '2026-02-01 12:00:00+00',
  "2026-02-01 12:00:00+00~a';--",
  '2026-99-99 12:00:00+00~a'
])('what we did not write is no mark: %s', (text) => expect(readMark(text)).toBeNull());
