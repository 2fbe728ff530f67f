/** What a bill is said to be, by what is in force on its account. */
import { expect, test } from 'vitest';
import { shownStatus } from './shown-status.ts';

const bill = { issued_on: '2026-11-01', status: 'due' as const };
const agreed = { kind: 'arrangement' as const, began_on: '2026-11-10' };

test('what an agreement covers is owed on its days, also while it is disputed', () => {
  expect(shownStatus(bill, agreed)).toBe('planned');
  expect(shownStatus(bill, agreed, true)).toBe('planned');
});

test('what came after an agreement stands beside it, disputed or due', () => {
  const later = { ...bill, issued_on: '2026-11-11' };
  expect(shownStatus(later, agreed)).toBe('due');
  expect(shownStatus(later, agreed, true)).toBe('disputed');
  expect(shownStatus(later, { ...agreed, kind: 'budget' }, true)).toBe('planned');
});

test('what is paid is paid', () => {
  expect(shownStatus({ ...bill, status: 'paid' }, agreed, true)).toBe('paid');
});
