/**
 * A linear support-vector machine for each category against all others (squared hinge loss, dual coordinate descent).
 * All categories are trained side by side, so that a piece's weights lie together in memory.
 */
import { chance, shuffle } from './chance.ts';
import type { Size, Vector } from './vectors.ts';

/** Weights by piece, then category; the last row is the bias. */
export type Margins = { weights: Float32Array; categories: number; pieces: number };

const passes = 12;
/** How much a text may lie on the wrong side: half, as a cost of one for each squared error makes it. */
const slack = 0.5;

/** Learns from vectors whose categories are known. */
export function learnMargins(
  vectors: readonly Vector[],
  known: Int32Array,
  { categories, pieces }: Size
): Margins {
  const margins = { weights: new Float32Array((pieces + 1) * categories), categories, pieces };
  const multipliers = new Float32Array(vectors.length * categories);
  const order = Int32Array.from(vectors.keys());
  const random = chance(1);
  for (let pass = 0; pass < passes; pass++)
    for (const i of shuffle(order, random)) {
      const vector = vectors[i];
      if (vector) correct(margins, vector, known[i] ?? 0, multipliers, i * categories);
    }
  return margins;
}

/** How far the text lies on the side of each category. */
export function measure({ weights, categories, pieces }: Margins, { places, values }: Vector): Float32Array {
  const sums = weights.slice(pieces * categories, (pieces + 1) * categories);
  for (let j = 0; j < sums.length; j++) sums[j] = (sums[j] ?? 0) * biasInput;
  for (let n = 0; n < places.length; n++) {
    const value = values[n]!;
    const row = places[n]! * categories;
    for (let j = 0; j < categories; j++) sums[j]! += value * weights[row + j]!;
  }
  return sums;
}

const biasInput = 0.5;

/** One step of the descent for one text: every category whose margin it violates, or pressed on before, moves. */
function correct(margins: Margins, vector: Vector, own: number, multipliers: Float32Array, at: number) {
  const { categories, pieces, weights } = margins;
  const sums = measure(margins, vector);
  const length = lengthOf(vector) + slack;
  for (let category = 0; category < categories; category++) {
    const side = category === own ? 1 : -1;
    const before = multipliers[at + category]!;
    const gradient = side * sums[category]! - 1 + slack * before;
    if (before === 0 && gradient >= 0) continue;
    const after = Math.max(0, before - gradient / length);
    const step = (after - before) * side;
    if (Math.abs(step) < 1e-6) continue;
    multipliers[at + category] = after;
    for (let n = 0; n < vector.places.length; n++)
      weights[vector.places[n]! * categories + category]! += step * vector.values[n]!;
    weights[pieces * categories + category]! += step * biasInput;
  }
}

function lengthOf({ values }: Vector): number {
  let sum = biasInput * biasInput;
  for (const value of values) sum += value * value;
  return sum;
}
