/** Finds the words the screen knows, also misspelt, glued together, or written with digits. */
import { soundOf } from './hindi.ts';
import { isSmallWord, type Language } from './languages.ts';
import { concepts, type Concept, type Lexicon } from './lexicon/concepts.ts';
import { english } from './lexicon/english.ts';
import { everyday } from './lexicon/everyday.ts';
import { french } from './lexicon/french.ts';
import { hindi } from './lexicon/hindi.ts';
import { spanish } from './lexicon/spanish.ts';

/** A word or phrase of a language and what it stands for. Hindi terms are kept by sound. */
export type Term = { words: string[]; concept: Concept; language: Language };

/** Terms by their first word. */
export const terms = new Map<string, Term[]>();
/** The same for Hindi, by sound. */
export const hindiTerms = new Map<string, Term[]>();

const known = new Set<string>();
const bySound = new Map<string, string>();
const byDeletion = new Map<string, string[]>();
const hindiKnown = new Set<string>();
const hindiCommon = new Set<string>();
const hindiByDeletion = new Map<string, string[]>();
const common = new Set<string>();
const targets = new Set<string>();
/** What has been read so far; a dictionary that learns a word reads anew. */
const memories = new Set<Map<string, unknown>>();
const mostRemembered = 10_000;
const longestRemembered = 40;

/** Concepts whose words are worth finding when misspelt. */
const mended: ReadonlySet<Concept> = new Set<Concept>(
  'gas gear appliance burner smell stench leak hiss alarm detector sounding co symptom collapse damage fire blast soap bubbles soot'.split(
    ' '
  ) as Concept[] // each is in the list of concepts
);

load('en', english);
load('es', spanish);
load('fr', french);
load('hi', hindi);
addCommonWords(everyday.trim().split(/\s+/));

/** Adds everyday words, so that none of them is taken for a misspelt warning word; of Hindi their sounds. */
export function addCommonWords(words: Iterable<string>, hindiSounds: Iterable<string> = []) {
  for (const word of words) common.add(word);
  for (const sound of hindiSounds) hindiCommon.add(sound);
  for (const memory of memories) memory.clear();
}

/** The same words are written again and again, and looking for what they may mean is dear. */
function remembering<Read>(read: (word: string) => Read): (word: string) => Read {
  const memory = new Map<string, Read>();
  memories.add(memory);
  return (word) => {
    const before = memory.get(word);
    if (before !== undefined) return before;
    const now = read(word);
    if (memory.size >= mostRemembered) memory.clear();
    if (word.length <= longestRemembered) memory.set(word, now);
    return now;
  };
}

/** Whether a word is one that people really write, as far as the screen knows. */
export const isWord = (word: string) => known.has(word) || common.has(word) || isSmallWord(word);

/** The language of a word of danger that is long enough, and in one language only. */
export function languageOfTerm(word: string): Language | undefined {
  const found = new Set((terms.get(word) ?? []).filter(isDistinctive).map(({ language }) => language));
  return word.length >= 5 && found.size === 1 ? [...found][0] : undefined;
}

const isDistinctive = ({ words, concept }: Term) => words.length === 1 && mended.has(concept);

/** The known word nearest to what was typed, or what was typed. */
export const nearest = remembering(findNearest);

function findNearest(typed: string): string {
  if (isWord(typed)) return typed;
  for (const spelling of withoutDigits(typed)) {
    const read = isWord(spelling) ? spelling : mendedWord(spelling);
    if (read) return read;
  }
  return /\d/.test(typed) ? typed : (mendedWord(typed) ?? typed);
}

/** What somebody meant who wrote letters once too often, wrote by ear, or slipped. */
function mendedWord(typed: string): string | undefined {
  const single = typed.replace(/(.)\1+/g, '$1');
  if (isWord(single)) return single;
  if (typed.length < 3) return undefined;
  const heard = bySound.get(soundOf(typed));
  return heard && startsAlike(heard, typed) ? heard : closest(typed, byDeletion);
}

/** `kabesa` is `cabeza`. */
const startsAlike = (a: string, b: string) =>
  a[0] === b[0] || alike.some((letters) => letters.includes(a.charAt(0)) && letters.includes(b.charAt(0)));
const alike = ['ckq', 'szc', 'jgh', 'bv'];

/** The sound of a word, mended to the nearest Hindi sound the screen knows. */
export const nearestSound = remembering(findSound);

function findSound(typed: string): string {
  if (isWord(typed)) return soundOf(typed);
  const sounds = [typed, ...withoutDigits(typed)].map(soundOf);
  return sounds.find(isHindiSound) ?? closest(sounds.at(-1) ?? typed, hindiByDeletion) ?? soundOf(typed);
}

const isHindiSound = (sound: string) => hindiKnown.has(sound) || hindiCommon.has(sound);

/** `gasleak` is two words; anything else is one. Only words nobody knows are taken apart. */
export const unglue = remembering(takeApart);

function takeApart(typed: string): readonly string[] {
  if (typed.length < 6 || isWord(typed)) return [typed];
  if (typed.length > 400) return (typed.match(/.{1,400}/gsu) ?? []).flatMap(takeApart);
  for (let cut = 3; cut <= typed.length - 3; cut++) {
    const [left, right] = [typed.slice(0, cut), typed.slice(cut)];
    if (known.has(left) && known.has(right)) return [left, right];
  }
  return typed.length > 9 ? segment(typed) : [typed];
}

/** The cheapest way to read a run of letters as known words. */
function segment(run: string): string[] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= run.length; end++) {
    best[end] = { cost: Infinity, from: end - 1 };
    for (let from = Math.max(0, end - 16); from < end; from++) {
      const part = run.slice(from, end);
      const cost =
        (best[from]?.cost ?? Infinity) + (isWord(part) ? 1.2 + 1 / part.length : 1 + part.length * 0.9);
      if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, from };
    }
  }
  const end = best.length - 1;
  return (best[end]?.cost ?? Infinity) < end * 0.8 ? backtrack(run, best) : [run];
}

function backtrack(run: string, best: { from: number }[]): string[] {
  const parts: string[] = [];
  for (let end = best.length - 1; end > 0; end = best[end]?.from ?? 0)
    parts.unshift(run.slice(best[end]?.from ?? 0, end));
  return parts;
}

const digitLetters: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's'
};

/** `g4s` → `gas`, `1eak` → `ieak`, `leak`. */
function withoutDigits(typed: string): string[] {
  if (!/[\d@$]/.test(typed) || !/[a-z]/.test(typed) || typed.length < 3) return [];
  const read = typed.replace(/[\d@$]/g, (digit) => digitLetters[digit] ?? digit);
  return [read, typed.replaceAll('1', 'l').replace(/[\d@$]/g, (digit) => digitLetters[digit] ?? digit)];
}

/** The word one slip away (two for long words), if there is one. First letters are rarely the wrong ones. */
function closest(typed: string, index: Map<string, string[]>): string | undefined {
  if (typed.length < 4) return undefined;
  for (const shape of [typed, ...deletions(typed)])
    for (const word of index.get(shape) ?? [])
      if (allowed(typed, word) && slips(typed, word) <= (Math.min(typed.length, word.length) >= 9 ? 2 : 1))
        return word;
  return undefined;
}

const allowed = (typed: string, word: string) =>
  Math.max(typed.length, word.length) >= 5 &&
  (typed[0] === word[0] || Math.min(typed.length, word.length) >= 7);

/** Edit distance with swapped neighbours, counted only as far as it matters. */
function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      rows[i]?.push(
        Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), swap)
      );
    }
  }
  return at(a.length, b.length);
}

function* deletions(word: string): Generator<string> {
  for (let i = 0; i < word.length; i++) yield word.slice(0, i) + word.slice(i + 1);
}

function load(language: Language, lexicon: Lexicon) {
  for (const concept of concepts)
    for (const written of spellings(lexicon[concept] ?? '')) {
      const words = written.split(' ').map((word) => (language === 'hi' ? soundOf(word) : word));
      const [first] = words;
      if (first) push(language === 'hi' ? hindiTerms : terms, first, { words, concept, language });
      for (const word of words) learn(word, language === 'hi', mended.has(concept));
    }
}

function learn(word: string, isSound: boolean, mend: boolean) {
  (isSound ? hindiKnown : known).add(word);
  if (!mend || word.length < 4 || isSmallWord(word) || targets.has(word)) return;
  targets.add(word);
  if (!isSound) bySound.set(soundOf(word), bySound.get(soundOf(word)) ?? word);
  for (const shape of [word, ...deletions(word)]) push(isSound ? hindiByDeletion : byDeletion, shape, word);
}

/** `leak/s/ed` → leak, leaks, leaked. */
function spellings(list: string): string[] {
  return list.split(',').flatMap((entry) => {
    const [stem = '', ...endings] = entry.trim().toLowerCase().split('/');
    return stem ? [stem, ...endings.map((ending) => stem + ending)] : [];
  });
}

function push<T>(index: Map<string, T[]>, key: string, value: T) {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
