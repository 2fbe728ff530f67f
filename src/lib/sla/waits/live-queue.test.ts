import { expect, test } from 'vitest';
import { figureOf, minutesFrom } from './live-queue.ts';

const line = { before: 3, hands: 6, holding: 6, mostly: 9 };
const fared = (atOnce: boolean, times: number[]) => times.map((one) => ({ atOnce, times: one }));

test('the line before, by what each takes, by the hands there are', () => {
  expect(figureOf(line)).toEqual({ minutes: 6, atOnce: false });
  expect(figureOf({ ...line, holding: 5 })).toEqual({ minutes: 4.5, atOnce: false });
});

test('with a free hand nobody must end before', () => {
  expect(figureOf({ ...line, before: 0, holding: 2 })).toEqual({ minutes: 0.5, atOnce: true });
});

test('where nobody is at work nobody knows', () => {
  expect(figureOf({ ...line, hands: 0, holding: 0 })).toBeNull();
});

test('the range is the figure by how it fared, rounded outward', () => {
  const lately = fared(
    false,
    Array.from({ length: 99 }, (_, n) => 0.5 + n / 99)
  );
  const { from, to } = minutesFrom({ minutes: 6, atOnce: false }, lately) ?? { from: NaN, to: NaN };
  expect(from).toBe(3);
  expect(to).toBe(9);
  expect(minutesFrom({ minutes: 100, atOnce: false }, lately)).toBeNull();
});

test('under ten that have ended nothing is said; what went alike counts before the others', () => {
  const few = fared(
    false,
    Array.from({ length: 9 }, () => 1)
  );
  expect(minutesFrom({ minutes: 5, atOnce: false }, few)).toBeNull();
  const others = fared(
    true,
    Array.from({ length: 20 }, () => 4)
  );
  expect(minutesFrom({ minutes: 5, atOnce: true }, [...few, ...others])).toEqual({ from: 20, to: 20 });
});
