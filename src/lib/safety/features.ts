/** Turns a run of words into the numbered features the classifier weighs. */
import { concepts, type Concept } from './lexicon/concepts.ts';
import type { Hit, ReadWord } from './reading.ts';

/** How many different features there can be; further ones share a number. */
export const featureCount = 1 << 16;

/** A word's own letters: its pieces of 3 to 5 characters, each as a number. */
export function letterFeatures(word: string): number[] {
  const framed = `^${word.slice(0, 40)}$`;
  const found: number[] = [];
  for (let size = 3; size <= 5; size++)
    for (let at = 0; at + size <= framed.length; at++)
      found.push(feature(kinds.letters, hashOf(framed.slice(at, at + size))));
  return found;
}

/** What the words say together: words, pairs of neighbours, concepts, and concepts near one another. */
export function senseFeatures(words: readonly ReadWord[], hits: readonly Hit[]): Set<number> {
  const found = new Set<number>();
  let previous = edge;
  for (const { mark, soundMark } of words) {
    found.add(feature(kinds.word, mark));
    found.add(feature(kinds.sound, soundMark));
    found.add(feature(kinds.neighbours, previous, mark));
    previous = mark;
  }
  found.add(feature(kinds.neighbours, previous, edge));
  found.add(feature(kinds.length, Math.min(6, Math.ceil(words.length / 3))));
  addConcepts(found, hits);
  return found;
}

/** FNV-1a: a number for a word, the same on every machine. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

const kinds = {
  letters: 1,
  word: 2,
  sound: 3,
  neighbours: 4,
  length: 5,
  concept: 6,
  near: 7,
  order: 8,
  three: 9,
  none: 10
};
const edge = 1;
const numbers = new Map<Concept, number>(concepts.map((concept) => [concept, hashOf(concept)]));
const takenNumbers = {
  denied: new Map<Concept, number>(concepts.map((concept) => [concept, hashOf(`no ${concept}`)])),
  wares: new Map<Concept, number>(concepts.map((concept) => [concept, hashOf(`shop ${concept}`)]))
};

/** A smell that is denied is another concept than a smell. */
const numberOf = ({ concept, taken }: Hit) =>
  (taken && taken !== 'past' ? takenNumbers[taken] : numbers).get(concept) ?? 0;

/** Concepts alone, in pairs up to ten words apart with their order when close, and in threes. */
function addConcepts(found: Set<number>, hits: readonly Hit[]) {
  if (hits.length === 0) found.add(feature(kinds.none));
  hits.forEach((a, i) => {
    const first = numberOf(a);
    found.add(feature(kinds.concept, first));
    for (let j = i + 1; j < hits.length; j++) {
      const b = hits[j];
      if (!b || b.from - a.to > 10) break;
      const second = numberOf(b);
      found.add(feature(kinds.near, Math.min(first, second), Math.max(first, second)));
      if (b.from - a.to <= 2) found.add(feature(kinds.order, first, second, b.from <= a.to ? 0 : 1));
    }
  });
  addThrees(found, [...new Set(hits.map(numberOf))].slice(0, 12));
}

function addThrees(found: Set<number>, present: readonly number[]) {
  const sorted = [...present].sort((a, b) => a - b);
  for (let i = 0; i < sorted.length; i++)
    for (let j = i + 1; j < sorted.length; j++)
      for (let k = j + 1; k < sorted.length; k++)
        found.add(feature(kinds.three, sorted[i], sorted[j], sorted[k]));
}

function feature(kind: number, a = 0, b = 0, c = 0): number {
  let hash = Math.imul(kind, 0x9e3779b1);
  for (const part of [a, b, c]) hash = Math.imul(hash ^ part ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash >>> 16) ^ hash) & (featureCount - 1);
}
