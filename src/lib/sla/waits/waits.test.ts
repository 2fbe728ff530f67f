import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forecaster } from './forecast.ts';
import { pinball, shares } from './loss.ts';
import { replay } from './replay.ts';
import { quantiles } from './survival.ts';

const ended = (hours: number) => ({ hours, ended: true });
const going = (hours: number) => ({ hours, ended: false });
const kind = { type: 'bill', queue: 'bills', channel: 'web' };

test('those that still go on make the estimate longer', () => {
  const quick = [1, 2, 3, 4, 5].map(ended);
  const [median] = quantiles(quick, [0.5]);
  const [slower] = quantiles([...quick, ...[6, 7, 8].map(going)], [0.5]);
  expect(slower).toBeGreaterThan(median ?? 0);
});

test('who has waited long is not promised what has passed', () => {
  const spans = [1, 2, 4, 8, 16].map(ended);
  expect(quantiles(spans, shares, 5)[0]).toBeGreaterThanOrEqual(5);
});

test('quantiles never fall, are never below the age, and are always numbers', () => {
  const span = fc.record({ hours: fc.double({ min: 0, max: 1e5, noNaN: true }), ended: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(span, { maxLength: 60 }),
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      (spans, age) => {
        const found = quantiles(spans, shares, age);
        expect(found).toHaveLength(4);
        found.forEach((hours, n) => expect(hours).toBeGreaterThanOrEqual(n === 0 ? age : found[n - 1]!));
        expect(found.every(Number.isFinite)).toBe(true);
      }
    )
  );
});

test('the loss is smallest at the quantile itself', () => {
  expect(pinball([5, 5, 5, 5], 5)).toBe(0);
  expect(pinball([1, 5, 8, 9], 5)).toBeLessThan(pinball([1, 5, 80, 90], 5));
});

test('a replay knows nothing of what comes later', () => {
  const past = Array.from({ length: 60 }, (_, n) => ({
    ...kind,
    id: `${n}`,
    opened: n,
    closed: n + 5 + (n % 7)
  }));
  const whole = replay(past);
  expect(whole).toHaveLength(60);
  expect(replay(past.slice(0, 30))).toEqual(whole.slice(0, 30));
  const changed = past.map((one) => (one.opened + 5 > 40 ? { ...one, closed: 10_000 } : one));
  expect(replay(changed).slice(0, 40)).toEqual(whole.slice(0, 40));
});

test('learns how long a kind takes', () => {
  const forecast = forecaster();
  for (let n = 0; n < 300; n++) {
    forecast.open({ ...kind, id: `${n}`, opened: n * 10 });
    forecast.close(`${n}`, n * 10 + 4 + (n % 5));
  }
  const [low, middle, , high] = forecast.estimate({ ...kind, id: 'next', opened: 3_000 }, 3_000) ?? [];
  expect(low).toBeGreaterThan(2);
  expect(middle).toBeCloseTo(6, 0);
  expect(high).toBeLessThan(12);
  const [aged] = forecast.estimate({ ...kind, id: 'old', opened: 2_993 }, 3_000, 7) ?? [];
  expect(aged).toBeGreaterThanOrEqual(7);
});
