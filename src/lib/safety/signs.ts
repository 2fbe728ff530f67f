/** What in a text sounds of danger, counted: to tell a danger spoken of anew from the one that was spoken of before. */
import { dangerSigns } from './judge.ts';
import { normalise } from './normalise.ts';
import { findHits, readWords } from './reading.ts';
import { wordsOf } from './tokens.ts';

/**
 * The signs of danger in a text, each with its number: `smell 1`, `smell 2`, `leak 1`. Misspelled or not, they are the
 * same; what is said not to be there is none; and words about anything else add nothing.
 */
export function signsIn(text: string): string[] {
  const counts = new Map<string, number>();
  const found = findHits(readWords(wordsOf(normalise(text.slice(0, mostCharacters)))));
  for (const { concept, taken } of found) {
    if (taken !== undefined || !dangerSigns.includes(concept)) continue;
    counts.set(concept, Math.min((counts.get(concept) ?? 0) + 1, mostOfOne));
  }
  return [...counts].flatMap(([concept, times]) =>
    Array.from({ length: times }, (_, i) => `${concept} ${i + 1}`)
  );
}

const mostCharacters = 20_000;
const mostOfOne = 9;
