/** Logistic regression over the screen's features, learnt sentence by sentence with steps that shrink (AdaGrad). */
import { weighed, type Model } from '../classifier.ts';
import { featureCount } from '../features.ts';
import { normalise } from '../normalise.ts';
import { findHits, readWords } from '../reading.ts';
import { wordsOf } from '../tokens.ts';
import type { Example } from './examples.ts';
import { seeded } from './grammar.ts';

/** Learns weights and rounds them to what the committed file can hold. */
export function train(examples: readonly Example[], epochs = 14): Model {
  const rows = examples.map(({ text, target, weight }) => ({ features: featuresOf(text), target, weight }));
  const weights = new Float64Array(featureCount + 1);
  const seen = new Float64Array(featureCount + 1).fill(1e-2);
  const random = seeded(7);
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const row of shuffled(rows, random)) step(row, weights, seen);
  return rounded(weights);
}

/** The features of a text read as one run of words. */
export function featuresOf(text: string): [number, number][] {
  const words = readWords(wordsOf(normalise(text)));
  return [...weighed(words, findHits(words)), [featureCount, 1]];
}

type Row = { features: [number, number][]; target: number; weight: number };

const learningRate = 0.12;
const shrink = 2e-4;

function step({ features, target, weight }: Row, weights: Float64Array, seen: Float64Array) {
  let sum = 0;
  for (const [feature, value] of features) sum += at(weights, feature) * value;
  const error = (1 / (1 + Math.exp(-sum)) - target) * weight;
  for (const [feature, value] of features) {
    const slope = error * value + shrink * at(weights, feature);
    seen[feature] = at(seen, feature) + slope * slope;
    weights[feature] = at(weights, feature) - (learningRate * slope) / Math.sqrt(at(seen, feature));
  }
}

const at = (list: Float64Array, index: number) => list[index] ?? 0;

function rounded(weights: Float64Array): Model {
  const learnt = weights.subarray(0, featureCount);
  const scale = learnt.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  return {
    bias: at(weights, featureCount),
    scale,
    weights: Int8Array.from(learnt, (weight) => Math.round(weight / scale))
  };
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [copy[i], copy[j]];
    if (a !== undefined && b !== undefined) [copy[i], copy[j]] = [b, a];
  }
  return copy;
}
