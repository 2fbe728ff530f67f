/** Reads words for what they stand for: the first half of the screen. */
import { inContext } from './context.ts';
import { hindiTerms, languageOfTerm, nearest, nearestSound, terms, unglue, type Term } from './dictionary.ts';
import { hashOf } from './features.ts';
import { soundOf } from './hindi.ts';
import { likelyLanguages, smallWordEvidence, type Evidence } from './languages.ts';
import type { Concept } from './lexicon/concepts.ts';
import type { Word } from './tokens.ts';

/** A word as typed (`text`), mended (`plain`), and by ear (`sound`); the marks are numbers for the latter two. */
export type ReadWord = Word & { plain: string; sound: string; mark: number; soundMark: number };

/** A concept found at words `from` up to and without `to`; `taken` says that it is denied there, only goods, or long ago. */
export type Hit = { concept: Concept; from: number; to: number; taken?: 'denied' | 'wares' | 'past' };

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
  return inContext(words, withoutHidden(unique(hits)));
}

/** The hits inside a run of words, counted from its start. `hits` are in order of their first words. */
export function hitsWithin(hits: readonly Hit[], from: number, to: number): Hit[] {
  const inside: Hit[] = [];
  for (let i = firstFrom(hits, from); i < hits.length; i++) {
    const hit = hits[i];
    if (!hit || hit.from >= to) break;
    if (hit.to <= to) inside.push({ ...hit, from: hit.from - from, to: hit.to - from });
  }
  return inside;
}

/** Where the first hit stands that begins at `from` or later. */
function firstFrom(hits: readonly Hit[], from: number): number {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle]?.from ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a word says of the language around it. */
export function evidenceOf({ plain, devanagari }: ReadWord): Evidence {
  if (devanagari) return { hi: 1 };
  const language = languageOfTerm(plain);
  return language ? { [language]: 1 } : smallWordEvidence(plain);
}

type Mended = Pick<ReadWord, 'text' | 'plain' | 'sound' | 'mark' | 'soundMark'>;

const mend = (text: string) => marked(text, nearest(text), nearestSound(text));

const mendHindi = (text: string) => marked(soundOf(text), nearestSound(text), nearestSound(text));

const marked = (text: string, plain: string, sound: string): Mended => ({
  text,
  plain,
  sound,
  mark: hashOf(plain),
  soundMark: hashOf(sound)
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

/**
 * Where a phrase ends, or -1. One strange word may stand inside a phrase: "went right off", "turn it off"; but at a side
 * door, the bell is no door bell.
 */
function endOf(term: Term, words: readonly ReadWord[], from: number, form: 'plain' | 'sound'): number {
  let at = from + 1;
  let spare = term.words.length > 1 ? 1 : 0;
  for (const next of term.words.slice(1)) {
    if (words[at]?.[form] !== next && words[at - 1]?.stop === '' && spare-- > 0) at++;
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

/**
 * A longer phrase hides shorter ones it is made of: a figure of speech or a petrol station all of them, any other
 * phrase what would explain a danger away (the tap in "gas tap", the not in "will not close").
 */
function withoutHidden(hits: Hit[]): Hit[] {
  const phrases = Map.groupBy(
    hits.filter(({ from, to }) => to - from > 1),
    ({ from }) => from
  );
  return hits.filter((hit) => {
    for (let start = hit.to - longestPhrase; start <= hit.from; start++)
      for (const phrase of phrases.get(start) ?? [])
        if (contains(phrase, hit) && hides(phrase.concept, hit.concept)) return false;
    return true;
  });
}

const longestPhrase = 7;

const contains = (phrase: Hit, hit: Hit) =>
  phrase.from <= hit.from && hit.to <= phrase.to && phrase.to - phrase.from > hit.to - hit.from;

const hides = (phrase: Concept, inside: Concept) =>
  phrase === 'motor' || phrase === 'figure' || (phrase !== inside && excuses.has(inside));

const excuses: ReadonlySet<Concept> = new Set<Concept>([
  'not',
  'past',
  'fluid',
  'plumbing',
  'data',
  'money',
  'trade',
  'motor',
  'service',
  'learn'
]);
