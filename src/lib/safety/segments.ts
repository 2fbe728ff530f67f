/** The runs of words the screen judges one by one, so that nothing around an alarm can drown it. */
import type { ReadWord } from './reading.ts';

/** A run of words, by position. */
export type Segment = { from: number; to: number };

/** Sentences, neighbouring sentences together, clauses, and, in long ones, windows that slide around `signs`. */
export function segmentsOf(words: readonly ReadWord[], signs: readonly number[]): Segment[] {
  const sentences = spans(words, (word) => word.stop === '.');
  const found = sentences.flatMap((sentence, i) => [
    sentence,
    ...together(sentence, sentences[i + 1]),
    ...together(sentence, sentences[i + 2]),
    ...clausesIn(words, sentence)
  ]);
  const long = found.filter(({ from, to }) => to - from > shortest);
  const windows = signs
    .filter((sign) => long.some(({ from, to }) => from <= sign && sign < to))
    .flatMap((sign) => around(sign, words.length));
  return unique([...found.filter(({ from, to }) => to - from <= longest), ...windows]).slice(0, most);
}

const shortest = 9;
const longest = 40;
const most = 600;

function together(first: Segment, last: Segment | undefined): Segment[] {
  return last && last.to - first.from <= longest ? [{ from: first.from, to: last.to }] : [];
}

function clausesIn(words: readonly ReadWord[], { from, to }: Segment): Segment[] {
  const clauses = spans(words.slice(from, to), (word) => word.stop !== '');
  return clauses.length > 1
    ? clauses.map((clause) => ({ from: from + clause.from, to: from + clause.to }))
    : [];
}

/** Windows of several sizes that hold the word at `sign`. */
function around(sign: number, length: number): Segment[] {
  return sizes.flatMap((size) =>
    [0, 0.25, 0.5, 0.75, 1].map((share) => {
      const from = Math.max(0, sign - Math.round((size - 1) * share));
      return { from, to: Math.min(length, from + size) };
    })
  );
}

const sizes = [5, 8, 12];

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

function unique(segments: Segment[]): Segment[] {
  return [...new Map(segments.map((segment) => [segment.from * 1e6 + segment.to, segment])).values()];
}
