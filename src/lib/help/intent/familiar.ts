/**
 * How much of a question was ever said of a category. A machine that must choose is often sure of the least wrong choice;
 * a question most of whose letters were never said of its choice is probably about something else.
 */
import { piecesOf } from './pieces.ts';
import type { Vocabulary } from './vectors.ts';

/** Which pieces were said of which category, in order, as numbers: place of the piece × categories + category. */
export type Sayings = { said: Int32Array; categories: number };

/** Remembers what was said of each category. `known` are the numbers of the texts' categories. */
export function learnSayings(
  { places }: Vocabulary,
  texts: readonly string[],
  known: Int32Array,
  categories: number
): Sayings {
  const said = new Set<number>();
  for (const [i, text] of texts.entries())
    for (const piece of piecesOf(text).letters) {
      const place = places.get(piece);
      if (place !== undefined) said.add(place * categories + (known[i] ?? 0));
    }
  return { said: Int32Array.from(said).sort(), categories };
}

/** The share of a text that was ever said of each category, from 0 to 1; a piece weighs by how rarely it is said. */
export function familiarity(sayings: Sayings, { places, weights, strange }: Vocabulary, text: string) {
  const pieces = [...new Set(piecesOf(text).letters)].map((piece) => {
    const place = places.get(piece) ?? -1;
    return { place, weight: (place < 0 ? strange : (weights[place] ?? 0)) ** 2 };
  });
  const all = pieces.reduce((sum, { weight }) => sum + weight, 0);
  return (category: number): number => {
    const heard = pieces.filter(({ place }) => place >= 0 && holds(sayings, place, category));
    return heard.reduce((sum, { weight }) => sum + weight, 0) / (all || 1);
  };
}

function holds({ said, categories }: Sayings, place: number, category: number): boolean {
  const wanted = place * categories + category;
  let low = 0;
  let high = said.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((said[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return said[low] === wanted;
}
