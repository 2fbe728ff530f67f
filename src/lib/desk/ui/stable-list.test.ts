import { expect, test } from 'vitest';
import { inTheirOrder, newsIn } from './stable-list.ts';

const row = (reference: string, status = 'open') => ({ reference, status });

test('nothing moves under the pointer: rows keep their order and show their news', () => {
  const stood = [row('A'), row('B'), row('C')];
  const fresh = [row('C'), row('NEW'), row('A', 'waiting')];

  expect(inTheirOrder(stood, fresh)).toEqual([row('A', 'waiting'), row('B'), row('C')]);
});

test('what came is counted, what left is not', () => {
  expect(newsIn([row('A'), row('B')], [row('NEW'), row('A'), row('NEWER')])).toBe(2);
  expect(newsIn([row('A'), row('B')], [row('A')])).toBe(0);
});
