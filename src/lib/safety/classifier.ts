/** Weighs features: how much a run of words sounds like a call for help. The second half of the screen. */
import { featureCount, letterFeatures, senseFeatures } from './features.ts';
import type { Hit, ReadWord } from './reading.ts';

/** What training leaves behind. `scale` turns the stored whole numbers into weights again. */
export type Model = { bias: number; weights: Int8Array; scale: number };

/** Weighted features of a run of words, as training and judging both see it. */
export function weighed(
  words: readonly ReadWord[],
  hits: readonly Hit[]
): [feature: number, value: number][] {
  const letters = words.flatMap(({ text }) => {
    const found = letterFeatures(text);
    return found.map((feature): [number, number] => [feature, share(found.length)]);
  });
  return [...letters, ...[...senseFeatures(words, hits)].map((feature): [number, number] => [feature, 1])];
}

/** Above 0: an emergency more likely than not. Remembers each word's letters in `memory`, for texts with many runs. */
export function score(
  model: Model,
  words: readonly ReadWord[],
  hits: readonly Hit[],
  memory: Map<string, number>
): number {
  let sum = 0;
  for (const { text } of words) sum += memory.get(text) ?? remember(model, text, memory);
  for (const feature of senseFeatures(words, hits)) sum += model.weights[feature] ?? 0;
  return model.bias + sum * model.scale;
}

/** Reads the committed weights. */
export function unpack(packed: { bias: number; scale: number; weights: string }): Model {
  const bytes = Uint8Array.from(atob(packed.weights), (letter) => letter.charCodeAt(0));
  if (bytes.length !== featureCount)
    throw new RangeError('The weights of the emergency screen do not fit its features.');
  return { bias: packed.bias, scale: packed.scale, weights: new Int8Array(bytes.buffer) };
}

const share = (pieces: number) => 1 / Math.sqrt(pieces);

function remember(model: Model, text: string, memory: Map<string, number>): number {
  const found = letterFeatures(text);
  const sum =
    found.reduce((total, feature) => total + (model.weights[feature] ?? 0), 0) * share(found.length);
  memory.set(text, sum);
  return sum;
}
