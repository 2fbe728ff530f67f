/** Reads words for what they stand for: the first half of the screen. */
import { hindiTerms, languageOfTerm, nearest, nearestSound, terms, unglue, type Term } from './dictionary.ts';
import { soundOf } from './hindi.ts';
import { likelyLanguages, smallWordEvidence, type Evidence } from './languages.ts';
import type { Concept } from './lexicon/concepts.ts';
import type { Word } from './tokens.ts';

/** A word as typed (`text`), mended (`plain`), and by ear (`sound`). */
export type ReadWord = Word & { plain: string; sound: string };

/** A concept found at words `from` up to and without `to`. */
export type Hit = { concept: Concept; from: number; to: number };

/** Mends the words; a word glued from two becomes two. */
export function readWords(words: readonly Word[]): ReadWord[] {
  const seen = new Map<string, Mended[]>();
  return words.flatMap(({ text, devanagari, stop }) => {
    const parts = seen.get(text) ?? (devanagari ? [mendHindi(text)] : unglue(text).map(mend));
    seen.set(text, parts);
    return parts.map((part, i) => ({
      ...part,
      devanagari,
      stop: i === parts.length - 1 ? stop : ('' as const)
    }));
  });
}

/** What stands in a text, in order. */
export function findHits(words: readonly ReadWord[]): Hit[] {
  const spoken = likelyLanguages(words.map(evidenceOf));
  const hits = words.flatMap((here, i) => [
    ...(spoken[i]?.has('hi') ? matches(words, i, hindiTerms.get(here.sound) ?? [], 'sound') : []),
    ...(here.devanagari
      ? []
      : matches(
          words,
          i,
          terms.get(here.plain) ?? [],
          'plain',
          ({ language }) => spoken[i]?.has(language) === true
        ))
  ]);
  return withoutHidden(unique(hits));
}

/** The hits inside a run of words, counted from its start. */
export function hitsWithin(hits: readonly Hit[], from: number, to: number): Hit[] {
  return hits
    .filter((hit) => hit.from >= from && hit.to <= to)
    .map(({ concept, ...at }) => ({ concept, from: at.from - from, to: at.to - from }));
}

function evidenceOf({ plain, devanagari }: ReadWord): Evidence {
  if (devanagari) return { hi: 1 };
  const language = languageOfTerm(plain);
  return language ? { [language]: 1 } : smallWordEvidence(plain);
}

type Mended = Pick<ReadWord, 'text' | 'plain' | 'sound'>;

const mend = (text: string): Mended => ({ text, plain: nearest(text), sound: nearestSound(text) });

const mendHindi = (text: string): Mended => ({
  text: soundOf(text),
  plain: nearestSound(text),
  sound: nearestSound(text)
});

function matches(
  words: readonly ReadWord[],
  from: number,
  candidates: readonly Term[],
  form: 'plain' | 'sound',
  wanted: (term: Term) => boolean = () => true
): Hit[] {
  return candidates.flatMap((term) => {
    const to = wanted(term) ? endOf(term, words, from, form) : -1;
    return to < 0 ? [] : [{ concept: term.concept, from, to }];
  });
}

/** Where a phrase ends, or -1. One strange word may stand inside a phrase: "went right off", "turn it off". */
function endOf(term: Term, words: readonly ReadWord[], from: number, form: 'plain' | 'sound'): number {
  let at = from + 1;
  let spare = term.words.length > 1 ? 1 : 0;
  for (const next of term.words.slice(1)) {
    if (words[at]?.[form] !== next && spare-- > 0) at++;
    if (words[at]?.[form] !== next || words[at - 1]?.stop === '.') return -1;
    at++;
  }
  return at;
}

function unique(hits: Hit[]): Hit[] {
  const seen = new Set<string>();
  return hits.filter(({ concept, from, to }) => {
    const key = `${concept} ${from} ${to}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** A figure of speech or a petrol station hides the words it is made of; so does a phrase the "not" inside it. */
function withoutHidden(hits: Hit[]): Hit[] {
  const phrases = hits.filter(({ from, to }) => to - from > 1);
  return hits.filter(
    (hit) =>
      !phrases.some(
        (phrase) =>
          phrase !== hit &&
          phrase.from <= hit.from &&
          hit.to <= phrase.to &&
          phrase.to - phrase.from > hit.to - hit.from &&
          (phrase.concept === 'motor' ||
            phrase.concept === 'figure' ||
            (hit.concept === 'not' && phrase.concept !== 'not'))
      )
  );
}
