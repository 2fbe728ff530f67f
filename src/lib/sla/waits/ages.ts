/** Ages as a ladder: each rung is a seventh longer than the one before. What ends on which rung is all that is remembered. */

export const rungs = 96;
const lowest = 0.05;
const growth = 1.146;

/** Where each rung begins, in hours; the last ends after two years and a half. */
export const begins = Float64Array.from({ length: rungs + 1 }, (_, n) =>
  n === 0 ? 0 : lowest * growth ** (n - 1)
);

export const rungOf = (hours: number) =>
  hours <= lowest
    ? 0
    : Math.min(rungs - 1, 1 + Math.floor(Math.log(hours / lowest) / Math.log(growth) + 1e-9));

/** By when these shares have ended, where so many of those that reach a rung end on it; given that `age` has passed. */
export function quantiles(ending: Float64Array, shares: readonly number[], age = 0): number[] {
  const found: number[] = [];
  let left = 1;
  for (let n = rungOf(age); n < rungs && found.length < shares.length; n++) {
    const from = Math.max(age, begins[n]!);
    const to = Math.max(begins[n + 1]!, from);
    const part = (to - from) / (begins[n + 1]! - begins[n]!);
    const after = left * (1 - Math.min(ending[n]!, 0.999)) ** part;
    while (found.length < shares.length && 1 - after >= shares[found.length]! - 1e-12) {
      const way = left > after ? (left - (1 - shares[found.length]!)) / (left - after) : 0;
      found.push(from + (to - from) * Math.min(1, Math.max(0, way)));
    }
    left = after;
  }
  while (found.length < shares.length) found.push(Math.max(age, begins[rungs]!));
  return found;
}
