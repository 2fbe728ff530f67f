/** The runs of words the screen judges one by one, so that nothing around a call for help can drown it. */
import type { ReadWord } from './reading.ts';

/** A run of words, by position. */
export type Segment = { from: number; to: number };

/** A run that makes sense as a whole, and the smaller runs in it that may say more than the whole. */
export type Passage = { whole: Segment; parts: Segment[] };

/**
 * Every sentence with its clauses and, in a long one, windows around `signs`; and neighbouring sentences as one. What
 * has no end in sight is taken by the stretch. A text with very many signs is not cut into more windows than can be
 * judged in time.
 */
export function* passagesOf(words: readonly ReadWord[], signs: readonly number[]): Generator<Passage> {
  const sentences = spans(words, (word) => word.stop === '.').flatMap(stretches);
  const every = Math.ceil((signs.length * windowsPerSign) / mostWindows);
  const watched = signs.filter((_, i) => i % every === 0);
  for (const [i, whole] of sentences.entries()) {
    yield { whole, parts: [...clausesIn(words, whole), ...windowsIn(whole, watched)] };
    for (const joined of together(whole, sentences.slice(i + 1, i + scraps)))
      yield { whole: joined, parts: [] };
  }
}

/** Sentences up to here are judged as a whole only; longer ones also by windows. */
const shortest = 8;
/** Neighbours are joined up to this many words, and mere scraps of sentences, however many, up to fewer. */
const longest = 40;
const scraps = 14;
/** Longer sentences are taken by stretches that overlap by half. */
const endless = 64;
const mostWindows = 1200;

function stretches({ from, to }: Segment): Segment[] {
  if (to - from <= endless) return [{ from, to }];
  const starts = Array.from(
    { length: Math.ceil((to - from) / (endless / 2)) - 1 },
    (_, i) => from + (i * endless) / 2
  );
  return starts.map((start) => ({ from: start, to: Math.min(to, start + endless) }));
}

function clausesIn(words: readonly ReadWord[], { from, to }: Segment): Segment[] {
  const clauses = spans(words.slice(from, to), (word) => word.stop !== '');
  return clauses.length > 1
    ? clauses.map((clause) => ({ from: from + clause.from, to: from + clause.to }))
    : [];
}

const sizes = [3, 5, 8, 12];
const places = [0, 0.25, 0.5, 0.75, 1];
const windowsPerSign = sizes.length * places.length;

/** Windows of several sizes that hold a sign at their start, in their middle or at their end. */
function windowsIn({ from, to }: Segment, signs: readonly number[]): Segment[] {
  if (to - from <= shortest) return [];
  const windows = signs
    .filter((sign) => from <= sign && sign < to)
    .flatMap((sign) =>
      sizes.flatMap((size) => places.map((place) => windowAt(sign, size, place, { from, to })))
    );
  return [...new Map(windows.map((window) => [window.from * 64 + window.to - window.from, window])).values()];
}

function windowAt(sign: number, size: number, place: number, within: Segment): Segment {
  const from = Math.max(within.from, sign - Math.round((size - 1) * place));
  return { from, to: Math.min(within.to, from + size) };
}

function together({ from, to: end }: Segment, next: readonly Segment[]): Segment[] {
  return next
    .filter(({ to }, i) => to - from <= (i < 2 ? longest : scraps) && end < to)
    .map(({ to }) => ({ from, to }));
}

function spans(words: readonly ReadWord[], ends: (word: ReadWord) => boolean): Segment[] {
  const found: Segment[] = [];
  let from = 0;
  words.forEach((word, i) => {
    if (!ends(word) && i < words.length - 1) return;
    found.push({ from, to: i + 1 });
    from = i + 1;
  });
  return found;
}
