/** Chance that always falls the same way: the same town on every machine, but for the day it is seen on. */

export interface Chance {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  one<T>(of: readonly T[]): T;
  /** True with this probability. */
  falls(probability: number): boolean;
  /** One of these, by weight. */
  weighted<T>(of: readonly (readonly [T, number])[]): T;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;

  // Mulberry32: 32 bits of state are plenty for a town.
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));

  function one<T>(of: readonly T[]): T {
    const found = of[whole(0, of.length - 1)];
    if (found === undefined) throw new RangeError('nothing to choose from');
    return found;
  }

  function weighted<T>(of: readonly (readonly [T, number])[]): T {
    let left = next() * of.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [thing, weight] of of) if ((left -= weight) < 0) return thing;
    return one(of)[0];
  }

  return { next, whole, one, weighted, falls: (probability) => next() < probability };
}
