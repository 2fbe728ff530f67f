/** How such things go, as one curve of fixed size, and what it says of one that has waited for a while already. Pure. */

/** The shares of which a curve says by when they are done. */
export const steps = [
  0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9,
  0.95, 0.98, 0.99
] as const;

/** From when to when, in hours since it began; four in five end between. */
export type Range = { from: number; to: number };

/** The range for something that has waited for `age` hours. Null where nearly all such things were done by now. */
export function rangeAt(curve: readonly number[], age: number): Range | null {
  const done = shareDoneBy(curve, age);
  const from = hoursAt(curve, done + 0.1 * (1 - done));
  const to = hoursAt(curve, done + 0.9 * (1 - done));
  return from === null || to === null ? null : { from: Math.max(age, from), to: Math.max(age, to) };
}

function shareDoneBy(curve: readonly number[], age: number): number {
  let [hours, share] = [0, 0];
  for (const [n, next] of curve.entries()) {
    if (next > age) return share + ((age - hours) / (next - hours || 1)) * (steps[n]! - share);
    [hours, share] = [next, steps[n]!];
  }
  return 1;
}

function hoursAt(curve: readonly number[], wanted: number): number | null {
  let [hours, share] = [0, 0];
  for (const [n, next] of curve.entries()) {
    if (steps[n]! >= wanted - 1e-9) return hours + ((wanted - share) / (steps[n]! - share)) * (next - hours);
    [hours, share] = [next, steps[n]!];
  }
  return null;
}
