/** Turns texts into vectors: each piece weighs by how rarely it is said (TF-IDF), words and letters each to length one. */
import { piecesOf } from './pieces.ts';

/** What is known about pieces: a place for each, and what it weighs; `strange` is what one weighs that nobody ever said. */
export type Vocabulary = { places: Map<number, number>; weights: Float32Array; strange: number };

/** One text: its pieces' places and weights, side by side. */
export type Vector = { places: Int32Array; values: Float32Array };

/** How many categories and pieces a model tells apart. */
export type Size = { categories: number; pieces: number };

/** Learns the pieces of these texts. */
export function vocabularyOf(texts: readonly string[]): Vocabulary {
  const seen = new Map<number, number>();
  for (const text of texts) {
    const { words, letters } = piecesOf(text);
    for (const piece of new Set([...words, ...letters])) seen.set(piece, (seen.get(piece) ?? 0) + 1);
  }
  const rarest = texts.length > 4_000 ? 2 : 1;
  const places = new Map<number, number>();
  const weights: number[] = [];
  for (const [piece, count] of seen) {
    if (count < rarest) continue;
    places.set(piece, weights.length);
    weights.push(Math.log((1 + texts.length) / (1 + count)) + 1);
  }
  return { places, weights: Float32Array.from(weights), strange: Math.log(1 + texts.length) + 1 };
}

/** A text as a vector; pieces never seen in training count for nothing. */
export function vectorOf(vocabulary: Vocabulary, text: string): Vector {
  const { words, letters } = piecesOf(text);
  const parts = [part(vocabulary, words, share.words), part(vocabulary, letters, share.letters)];
  return {
    places: Int32Array.from(parts.flatMap(({ places }) => places)),
    values: Float32Array.from(parts.flatMap(({ values }) => values))
  };
}

/** Squares that add up to one: letters mend typing errors, words carry the sense. */
const share = { words: Math.sqrt(0.45), letters: Math.sqrt(0.55) };

function part({ places, weights }: Vocabulary, pieces: readonly number[], length: number) {
  const counts = new Map<number, number>();
  for (const piece of pieces) {
    const place = places.get(piece);
    if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const found = [...counts.keys()];
  const raw = found.map((place) => (1 + Math.log(counts.get(place) ?? 1)) * (weights[place] ?? 0));
  const norm = Math.hypot(...raw) || 1;
  return { places: found, values: raw.map((value) => (value * length) / norm) };
}

/** Numbers of any size as shares of one. */
export function softmax(sums: Float32Array, sharpness = 1): Float32Array {
  const top = sums.reduce((a, b) => Math.max(a, b), -Infinity);
  const shares = sums.map((sum) => Math.exp((sum - top) * sharpness));
  const total = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / total);
}
