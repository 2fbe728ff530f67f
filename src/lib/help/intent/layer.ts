/**
 * A small neural layer beside the linear machine: pieces share hidden senses, which helps where examples are few. Its
 * errors are others than the machine's, so the two together are right more often than either.
 */
import { chance, shuffle } from './chance.ts';
import { softmax, type Size, type Vector } from './vectors.ts';

/**
 * From pieces to hidden senses, from senses to categories. What was learned of a piece is kept in whole steps, a byte each:
 * that loads in a quarter of the time, and answers the same. `steps` says how large those of each piece are.
 */
export type Layer = { categories: number; inner: Int8Array; steps: Float32Array } & Ends;

/** The same while it learns. */
type Learning = { categories: number; inner: Float32Array } & Ends;

type Ends = { outer: Float32Array; bias: Float32Array };

/** How often all is gone through, and what share of the pieces each lesson does without. */
export type Course = { passes: number; missed: number };

const senses = 64;
const rate = 0.12;
/** What share of the senses each lesson does without. */
const dropped = 0.2;
/** So little is no error: what is nearly right already costs no time. */
const unnoticed = 1e-3;

/** Learns from vectors whose categories are known. */
export function learnLayer(
  vectors: readonly Vector[],
  known: Int32Array,
  { categories, pieces }: Size,
  { passes, missed }: Course,
  seed: number
): Layer {
  const random = chance(seed);
  const layer: Learning = {
    categories,
    inner: spread(pieces * senses, 0.1 * Math.sqrt(1 / 8), random),
    outer: spread(senses * categories, Math.sqrt(2 / senses), random),
    bias: new Float32Array(categories)
  };
  const memory = {
    inner: new Float32Array(pieces * senses).fill(1e-4),
    outer: new Float32Array(senses * categories).fill(1e-4)
  };
  const order = Int32Array.from(vectors.keys());
  for (let pass = 0; pass < passes; pass++)
    for (const i of shuffle(order, random)) {
      const vector = vectors[i];
      if (vector) learn(layer, memory, thinned(vector, missed, random), known[i] ?? 0, random);
    }
  return inSteps(layer, pieces);
}

/** The largest weight of a piece is as many steps as a byte can hold. */
function inSteps({ categories, inner, outer, bias }: Learning, pieces: number): Layer {
  const steps = new Float32Array(pieces);
  const rounded = new Int8Array(inner.length);
  for (let piece = 0; piece < pieces; piece++) {
    const own = inner.subarray(piece * senses, (piece + 1) * senses);
    const step = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9) / 127;
    steps[piece] = step;
    rounded.set(
      own.map((weight) => Math.round(weight / step)),
      piece * senses
    );
  }
  return { categories, inner: rounded, steps, outer, bias };
}

/** How likely the layer holds each category. */
export function guess(layer: Layer, { places, values }: Vector): Float32Array {
  const stepped = values.map((value, n) => value * layer.steps[places[n]!]!);
  return likelihoods(layer, sensesOf(layer.inner, { places, values: stepped }));
}

function sensesOf(inner: Float32Array | Int8Array, { places, values }: Vector): Float32Array {
  const found = new Float32Array(senses);
  for (let n = 0; n < places.length; n++) {
    const row = places[n]! * senses;
    const value = values[n]!;
    for (let s = 0; s < senses; s++) found[s]! += value * inner[row + s]!;
  }
  for (let s = 0; s < senses; s++) if (found[s]! < 0) found[s] = 0;
  return found;
}

function likelihoods(
  { outer, bias, categories }: Omit<Learning, 'inner'>,
  found: Float32Array
): Float32Array {
  const sums = Float32Array.from(bias);
  for (let s = 0; s < senses; s++) {
    const sense = found[s]!;
    if (sense !== 0) for (let j = 0; j < categories; j++) sums[j]! += sense * outer[s * categories + j]!;
  }
  return softmax(sums);
}

function learn(
  layer: Learning,
  memory: { inner: Float32Array; outer: Float32Array },
  vector: Vector,
  own: number,
  random: () => number
) {
  const { inner, outer, bias, categories } = layer;
  const found = sensesOf(inner, vector);
  for (let s = 0; s < senses; s++) found[s] = random() < dropped ? 0 : found[s]! / (1 - dropped);
  const errors = likelihoods(layer, found);
  errors[own]! -= 1;
  const noticed = Int32Array.from(errors.keys()).filter((j) => Math.abs(errors[j]!) >= unnoticed);
  const blame = new Float32Array(senses);
  for (let s = 0; s < senses; s++) {
    const sense = found[s]!;
    if (sense === 0) continue;
    const row = s * categories;
    let sum = 0;
    for (const j of noticed) sum += errors[j]! * outer[row + j]!;
    blame[s] = sum / (1 - dropped);
    descend(outer, memory.outer, row, errors, noticed, sense);
  }
  for (const j of noticed) bias[j]! -= 0.02 * errors[j]!;
  const blamed = Int32Array.from(blame.keys()).filter((s) => blame[s] !== 0);
  for (let n = 0; n < vector.places.length; n++)
    descend(inner, memory.inner, vector.places[n]! * senses, blame, blamed, vector.values[n]!);
}

/** The text with some pieces missed, as if read in haste: what is learned then rests on more than one piece. */
function thinned({ places, values }: Vector, missed: number, random: () => number): Vector {
  const kept = { places: new Int32Array(places.length), values: new Float32Array(places.length) };
  let count = 0;
  for (let n = 0; n < places.length; n++) {
    if (random() < missed) continue;
    kept.places[count] = places[n]!;
    kept.values[count] = values[n]! / (1 - missed);
    count += 1;
  }
  return { places: kept.places.subarray(0, count), values: kept.values.subarray(0, count) };
}

/** One row of weights goes down its slope, where it has one, in steps that grow smaller where many were made (AdaGrad). */
function descend(
  weights: Float32Array,
  memory: Float32Array,
  row: number,
  slope: Float32Array,
  where: Int32Array,
  strength: number
) {
  for (const j of where) {
    const gradient = slope[j]! * strength;
    const at = row + j;
    memory[at]! += gradient * gradient;
    weights[at]! -= (rate * gradient) / Math.sqrt(memory[at]!);
  }
}

function spread(size: number, width: number, random: () => number): Float32Array {
  const weights = new Float32Array(size);
  for (let i = 0; i < size; i++) weights[i] = (random() * 2 - 1) * width;
  return weights;
}
