/** Turns a run of words into the numbered features the classifier weighs. */
import type { Hit, ReadWord } from './reading.ts';

/** How many different features there can be; further ones share a number. */
export const featureCount = 1 << 16;

/** A word's own letters, as numbers of character pieces of 3 to 5. */
export function letterFeatures(word: string): number[] {
  const framed = `^${word.slice(0, 40)}$`;
  const found: number[] = [];
  for (let size = 3; size <= 5; size++)
    for (let at = 0; at + size <= framed.length; at++)
      found.push(numberOf(`c${framed.slice(at, at + size)}`));
  return found;
}

/** What the words say together: words, pairs of neighbours, concepts, and concepts near one another. */
export function senseFeatures(words: readonly ReadWord[], hits: readonly Hit[]): number[] {
  const found = new Set<string>();
  words.forEach((word, i) => {
    found.add(`w${word.plain}`);
    found.add(`s${word.sound}`);
    found.add(`b${words[i - 1]?.plain ?? '^'} ${word.plain}`);
  });
  found.add(`b${words.at(-1)?.plain ?? '^'} $`);
  addConcepts(found, hits);
  found.add(`n${Math.min(6, Math.ceil(words.length / 3))}`);
  return [...found].map(numberOf);
}

/** Concepts alone, in pairs up to ten words apart with their order when close, and in threes. */
function addConcepts(found: Set<string>, hits: readonly Hit[]) {
  for (const a of hits) found.add(`h${a.concept}`);
  for (const a of hits)
    for (const b of hits) {
      const gap = b.from - a.to;
      if (a === b || b.from < a.from || gap > 10) continue;
      const [first, second] = [a.concept, b.concept].sort();
      found.add(`p${first} ${second}`);
      if (gap <= 2) found.add(`o${a.concept} ${b.concept} ${gap <= 0 ? 0 : 1}`);
    }
  const kinds = [...new Set(hits.map((hit) => hit.concept))].sort().slice(0, 12);
  for (const [i, a] of kinds.entries())
    for (const [j, b] of kinds.entries())
      for (const c of kinds.slice(j + 1)) if (i < j) found.add(`t${a} ${b} ${c}`);
  if (hits.length === 0) found.add('nothing');
}

/** FNV-1a, folded to the number of features. */
function numberOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < feature.length; i++) hash = Math.imul(hash ^ feature.charCodeAt(i), 0x01000193);
  return ((hash >>> 16) ^ hash) & (featureCount - 1);
}
