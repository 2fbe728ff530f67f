/** When a refill that comes by itself is due, what is in its way, and which time it takes. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { judgeRefill } from './form.ts';
import {
  isToOrder,
  nextAfter,
  nextAfterSkip,
  obstacleTo,
  timeFor,
  usualGap,
  type Circumstances
} from './rules.ts';

test('it is ordered a week before the day, and late rather than never', () => {
  expect(
    ['2027-03-01', '2027-02-22', '2027-02-21', '2027-03-09'].map((day) => isToOrder('2027-03-01', day))
  ).toEqual([true, true, false, true]);
});

test('how long it usually lasts is the middle of how long one lasted, and needs three deliveries', () => {
  const days = (...all: [string, number][]) => all.map(([on, quantity]) => ({ on, quantity }));
  expect(usualGap([], 1)).toBeNull();
  expect(usualGap(days(['2027-01-01', 1], ['2027-02-01', 1]), 1)).toBeNull();
  // Thirty days for one, sixty for two; one long absence does not count for more than another gap.
  const brought = days(['2027-06-01', 1], ['2027-01-01', 1], ['2027-01-31', 2], ['2027-04-01', 1]);
  expect(usualGap(brought, 1)).toBe(30);
  expect(usualGap(brought, 2)).toBe(60);
  // Twice on one day is one delivery, and nothing comes more often than weekly.
  expect(usualGap(days(['2027-01-01', 1], ['2027-01-01', 1], ['2027-01-03', 1], ['2027-01-05', 1]), 1)).toBe(
    7
  );
});

test('the one after counts from the day it was wanted, or from when it really came', () => {
  expect(nextAfter('2027-03-01', null, 28)).toBe('2027-03-29');
  expect(nextAfter('2027-03-01', '2027-02-27', 28)).toBe('2027-03-29');
  expect(nextAfter('2027-03-01', '2027-03-09', 28)).toBe('2027-04-06');
  expect(nextAfterSkip('2027-03-01', 28, '2027-02-20')).toBe('2027-03-29');
  expect(nextAfterSkip('2027-03-01', 28, '2027-06-20')).toBe('2027-07-18');
});

const fine: Circumstances = {
  limit: { from_day: '2027-03-01', why: null, left_over: 4 },
  offer: { free: 3, least: 1, most: 10, sold_from: null, takes_back: true },
  quantity: 2,
  orderOpen: false
};
const offer = (change: object) => ({
  offer: { free: 3, least: 1, most: 10, sold_from: null, takes_back: true, ...change }
});

test.each<[string, Partial<Circumstances>, string | null]>([
  ['nothing', {}, null],
  ['no rule', { limit: null }, null],
  ['an open order', { orderOpen: true }, 'order_open'],
  ['too soon', { limit: { from_day: '2027-04-01', why: 'gap', left_over: null } }, 'gap'],
  ['enough this year', { limit: { from_day: '2028-01-01', why: 'quota', left_over: 0 } }, 'quota'],
  ['one left of two', { limit: { from_day: '2027-03-01', why: null, left_over: 1 } }, 'quota'],
  [
    'the rule is for cylinders',
    { limit: { from_day: '2027-04-01', why: 'gap', left_over: null }, ...offer({ takes_back: false }) },
    null
  ],
  ['stock', offer({ free: 1 }), 'no_stock'],
  ['not sold', { offer: null }, 'not_sold'],
  ['not sold yet', offer({ sold_from: '2027-05-01' }), 'not_sold'],
  ['not in that amount', offer({ most: 1 }), 'not_sold']
])('in the way: %s', (_, change, obstacle) => {
  expect(obstacleTo({ ...fine, ...change })).toBe(obstacle);
});

test('it takes the time nearest to the day, before rather than after, at the hour of last time, and never one that costs', () => {
  const at = (on_day: string, from_time: string, charge = 0n) => ({ on_day, from_time, charge });
  const times = [
    at('2027-03-01', '08:00', 500n),
    at('2027-02-28', '11:00'),
    at('2027-02-28', '08:00'),
    at('2027-03-02', '08:00')
  ];
  expect(timeFor(times, '2027-03-01', null)).toMatchObject({ on_day: '2027-02-28', from_time: '08:00' });
  expect(timeFor(times, '2027-03-01', '11:00')).toMatchObject({ on_day: '2027-02-28', from_time: '11:00' });
  expect(timeFor(times, '2027-03-04', '11:00')).toMatchObject({ on_day: '2027-03-02' });
  expect(timeFor(times.slice(0, 1), '2027-03-01', null)).toBeNull();
});

test('a form is read, and what is wrong stands beside its field', () => {
  const known = {
    offers: [{ code: 'CYL-20', name: 'Propane', least: 1, most: 4 }],
    today: '2027-03-01',
    usual: new Set<string>()
  };
  const typed = { product: 'CYL-20', quantity: '2', often: '4', next_on: '2027-03-20' };
  const judge = (change: object, more: object = {}) =>
    judgeRefill({ ...typed, ...change }, { ...known, ...more }, wordsFor('en'));
  expect(judge({ quantity: ` ${typed.quantity} ` })).toEqual(judge({}));
  expect(judge({ quantity: '２' })).toEqual(judge({}));
  expect(judge({})).toEqual({
    ok: true,
    wish: { product: 'CYL-20', quantity: 2, weeks: 4, next_on: '2027-03-20' }
  });
  expect(judge({ often: 'usual' }, { usual: new Set(['CYL-20']) })).toMatchObject({
    ok: true,
    wish: { weeks: null }
  });
  for (const [change, field] of [
    [{ product: 'X' }, 'product'],
    [{ quantity: '0' }, 'quantity'],
    [{ quantity: '1e3' }, 'quantity'],
    [{ often: '7' }, 'often'],
    [{ often: 'usual' }, 'often'],
    [{ next_on: '2027-02-30' }, 'next_on'],
    [{ next_on: '2027-03-01' }, 'next_on'],
    [{ next_on: '2029-03-01' }, 'next_on']
  ] as const)
    expect(Object.keys((judge(change) as { problems: object }).problems)).toEqual([field]);
  // A day that has come while it waited may stay.
  expect(judge({ next_on: '2027-02-20' }, { day: '2027-02-20' })).toMatchObject({ ok: true });
});
