/** The life of an emergency goes one way. */
import { expect, test } from 'vitest';
import { canGo, emergencyStatuses, isOver, stepsFrom } from './life.ts';
import { onCallAt } from './on-call.ts';
import { emergencyReferenceFrom } from './reference.ts';

test('no way leads back, and none leads on from the end', () => {
  for (const from of emergencyStatuses)
    for (const to of emergencyStatuses) if (canGo(from, to)) expect(canGo(to, from)).toBe(false);
  expect(emergencyStatuses.filter(isOver)).toEqual(['made_safe', 'stood_down']);
});

test('the usual way leads from received to made safe', () => {
  const way: string[] = ['received'];
  for (let [at] = stepsFrom('received'); at; [at] = stepsFrom(at)) way.push(at);
  expect(way).toEqual(['received', 'acknowledged', 'dispatched', 'attended', 'made_safe']);
});

test('those on call are told one after the other, then all together', () => {
  const list = ['a', 'b'];
  expect([0, 1, 2, 3].map((step) => onCallAt(step, list))).toEqual([['a'], ['b'], list, list]);
});

test('a reference can be read out over the telephone', () => {
  expect(emergencyReferenceFrom(new Uint8Array([0, 31, 32, 255, 8, 100]))).toMatch(/^E-[2-9A-HJ-NP-Z]{6}$/);
});
