/** What a kept card takes, when, and what it leaves alone. */
import { expect, test } from 'vitest';
import { nextTry, paysItself, takingByBank, takingOf, type Try } from './taking.ts';

const bill = { due_on: '2026-03-14', open: 8420n, currency: 'USD', held: false };
const autopay = { began_on: '2026-02-01', most: null };
const refused = (...numbers: number[]): Try[] =>
  numbers.map((try_number) => ({ try_number, state: 'refused' }));

test('a bill is taken on its due date, all that is open of it', () => {
  const will = { what: 'will', on: '2026-03-14', amount: 8420n, tries: 0 };
  expect(takingOf(bill, autopay, [], '2026-03-01')).toEqual(will);
  // The clock stood still for a while: then on the first day it can.
  expect(takingOf(bill, autopay, [], '2026-03-20')).toEqual(will);
  expect(takingOf(bill, autopay, [], '2026-03-29')).toBeNull();
});

test('refused, it is tried after three days and after a week, and then no more', () => {
  expect(takingOf(bill, autopay, refused(1), '2026-03-14')).toMatchObject({ on: '2026-03-17' });
  expect(takingOf(bill, autopay, refused(1, 2), '2026-03-17')).toMatchObject({ on: '2026-03-21' });
  expect(takingOf(bill, autopay, refused(1, 2, 3), '2026-03-21')).toEqual({ what: 'given_up' });
  expect([nextTry(bill.due_on, 1), nextTry(bill.due_on, 3)]).toEqual(['2026-03-17', null]);
});

test('taken once, or being taken, it is not taken again', () => {
  expect(takingOf(bill, autopay, [{ try_number: 1, state: 'paid' }], '2026-03-14')).toBeNull();
  for (const state of ['begun', 'offered'] as const)
    expect(takingOf(bill, autopay, [{ try_number: 1, state }], '2026-03-14')).toEqual({ what: 'under_way' });
});

test.each([
  ['disputed or in a plan', { ...bill, held: true }],
  ['paid', { ...bill, open: 0n }],
  ['less than a card takes', { ...bill, open: 99n }],
  ['due before the card began', { ...bill, due_on: '2026-01-31' }]
])('what is %s is left alone', (_, one) => {
  expect(takingOf(one, autopay, [], '2026-01-31')).toBeNull();
});

test('a bill above the limit waits for its customer, up to it it is taken', () => {
  expect(takingOf(bill, { ...autopay, most: 8419n }, [], '2026-03-14')).toEqual({
    what: 'above',
    most: 8419n
  });
  expect(takingOf(bill, { ...autopay, most: 8420n }, [], '2026-03-14')).toMatchObject({ what: 'will' });
});

test('a bank that has agreed pays on the due date; what it paid may be on its way for two weeks, and then it is owed', () => {
  const byBank = (today: string, more = {}) => takingByBank({ ...bill, ...more }, autopay, today);
  expect(byBank('2026-03-14')).toEqual({ what: 'will', on: '2026-03-14', amount: 8420n, tries: 0 });
  expect(byBank('2026-03-28')).toEqual({ what: 'under_way' });
  expect(byBank('2026-03-29')).toBeNull();
  expect([byBank('2026-03-14'), byBank('2026-03-28'), byBank('2026-03-29')].map(paysItself)).toEqual([
    ...[true, true, false]
  ]);
  const limited = takingByBank(bill, { ...autopay, most: 8000n }, '2026-03-01');
  expect([limited, paysItself(limited)]).toEqual([{ what: 'above', most: 8000n }, false]);
  for (const more of [{ held: true }, { open: 0n }, { due_on: '2026-01-31' }])
    expect(byBank('2026-02-10', more)).toBeNull();
});
