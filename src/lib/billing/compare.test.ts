/** One sentence says why a bill differs, and it is the reason that weighs most. */
import { expect, test } from 'vitest';
import { type Compared, differenceOf } from './compare.ts';

const usual: Compared = { total: 6000n, days: 30, quantity: 40_000n, temperature: 50, estimated: false };
const reason = (now: Partial<Compared>, before: Partial<Compared> = {}) =>
  differenceOf({ ...usual, ...now }, { ...usual, ...before }).reason;

test('three percent are no difference', () => expect(reason({ total: 6150n })).toBe('same'));

test('a longer period', () => expect(reason({ total: 7000n, days: 35, quantity: 46_667n })).toBe('longer'));

test('more used, and it was colder', () => {
  expect(reason({ total: 9000n, quantity: 60_000n, temperature: 10 })).toBe('colder');
  expect(reason({ total: 9000n, quantity: 60_000n, temperature: 45 })).toBe('used_more');
  expect(reason({ total: 9000n, quantity: 60_000n, temperature: null })).toBe('used_more');
});

test('less used, and it was warmer', () => {
  expect(reason({ total: 3000n, quantity: 20_000n, temperature: 120 })).toBe('warmer');
  expect(reason({ total: 3000n, quantity: 20_000n })).toBe('used_less');
});

test('the same gas at another price', () => {
  expect(reason({ total: 7500n })).toBe('dearer');
  expect(reason({ total: 4500n })).toBe('cheaper');
});

test('where one of them tells no use, no cause is claimed', () => {
  expect(reason({ total: 9000n, quantity: null })).toBe('other');
});

test('the use of a day is told in percent', () => {
  expect(differenceOf({ ...usual, total: 9000n, quantity: 60_000n }, usual)).toMatchObject({
    use: 50,
    change: 3000n
  });
});
