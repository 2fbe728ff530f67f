/** A notice says what is overdue now, not what was when the clock last looked. */
import { expect, test } from 'vitest';
import { noticeNow } from './notice.ts';

const sent = { step: 'notice' as const, amount: 9000n };
const bill = (open: bigint, status: Parameters<typeof noticeNow>[1][number]['status']) => ({ open, status });

test('what was paid in part is no more than what is left of it', () =>
  expect(noticeNow(sent, [bill(5000n, 'due'), bill(4000n, 'overdue'), bill(500n, 'overdue')])).toEqual({
    ...sent,
    amount: 4500n
  }));

test.each([
  ['paid', bill(0n, 'paid')],
  ['agreed on', bill(9000n, 'planned')],
  ['asked about', bill(9000n, 'disputed')]
])('once it is %s, nothing is said', (_, one) => expect(noticeNow(sent, [one])).toBe(null));

test('where none was sent, none is shown', () => expect(noticeNow(null, [bill(1n, 'overdue')])).toBe(null));
