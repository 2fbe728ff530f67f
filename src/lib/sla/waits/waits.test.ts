import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantiles, rungs } from './ages.ts';
import { forecaster } from './forecast.ts';
import { pinball, shares } from './loss.ts';
import { replay } from './replay.ts';
import { sureness } from './sureness.ts';
import { hoursOfWeek, weekOf } from './week.ts';

const kind = { type: 'bill', queue: 'bills', channel: 'web' };
const day = 24;

test('those that still go on make the estimate longer', () => {
  const learned = (slow: number) => {
    const forecast = forecaster();
    for (let n = 0; n < 60; n++) {
      forecast.open({ ...kind, id: `${n}`, opened: n });
      if (n >= slow) forecast.close(`${n}`, n + 0.5);
    }
    return forecast.estimate({ ...kind, id: 'next', opened: 100 }, 100)?.[2] ?? NaN;
  };
  expect(learned(20)).toBeGreaterThan(learned(0) * 2);
});

test('quantiles never fall, are never below the age, and are always numbers', () => {
  const ending = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: rungs, maxLength: rungs });
  fc.assert(
    fc.property(ending, fc.double({ min: 0, max: 1e4, noNaN: true }), (some, age) => {
      const found = quantiles(Float64Array.from(some), shares, age);
      expect(found).toHaveLength(4);
      found.forEach((hours, n) => expect(hours).toBeGreaterThanOrEqual(n === 0 ? age : found[n - 1]!));
      expect(found.every(Number.isFinite)).toBe(true);
    })
  );
});

test('an hour in which nothing gets done counts little, and a week is a week', () => {
  const done = new Float64Array(hoursOfWeek);
  for (let hour = 0; hour < hoursOfWeek; hour++) if (hour % day >= 9 && hour % day < 17) done[hour] = 10;
  const { counted, calendar } = weekOf(done);
  expect(counted(10, 11)).toBeGreaterThan(5 * counted(2, 3));
  expect(counted(3, 3 + hoursOfWeek)).toBeCloseTo(hoursOfWeek, 6);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      (from, hours) => {
        expect(calendar(from, counted(from, from + hours))).toBeCloseTo(hours, 3);
      }
    )
  );
});

test('what was passed too often is asked for higher', () => {
  const sure = sureness();
  sure.judge(0);
  for (let n = 0; n < 200; n++) sure.said({ opened: n, closed: null }, [1, 2, 3, 4]);
  sure.judge(1_000);
  const asked = sure.asked(shares);
  asked.forEach((share, n) => expect(share).toBeGreaterThan(shares[n]!));
  expect(asked.at(-1)).toBeLessThan(1);
});

test('after a long silence the long look back speaks alone', () => {
  const forecast = forecaster();
  for (let n = 0; n < 100; n++) {
    forecast.open({ ...kind, id: `${n}`, opened: n * day });
    forecast.close(`${n}`, n * day + 5 + (n % 5));
  }
  const later = 3_000 * day;
  const [, middle] = forecast.estimate({ ...kind, id: 'next', opened: later }, later) ?? [];
  expect(middle).toBeGreaterThan(3);
  expect(middle).toBeLessThan(15);
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
