import { expect, test } from 'vitest';
import { rangeAt, steps } from './curve.ts';

/** Work that ends evenly over a hundred hours. */
const even = steps.map((share) => share * 100);

test('four in five lie between', () => {
  expect(rangeAt(even, 0)).toEqual({ from: expect.closeTo(10, 5), to: expect.closeTo(90, 5) });
});

test('who has waited long is told what is left of the way', () => {
  expect(rangeAt(even, 50)).toEqual({ from: expect.closeTo(55, 5), to: expect.closeTo(95, 5) });
});

test('nothing is said where nearly all such things were done by now', () => {
  expect(rangeAt(even, 95)).toBeNull();
  expect(rangeAt(even, 500)).toBeNull();
});
