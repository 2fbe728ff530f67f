/** Brings rules and classifier to one verdict on a text, part by part. */
import { score, type Model } from './classifier.ts';
import type { Concept } from './lexicon/concepts.ts';
import { normalise } from './normalise.ts';
import { findHits, hitsWithin, readWords, type Hit, type ReadWord } from './reading.ts';
import { findings, type Finding, type Hazard, type Level } from './rules.ts';
import { passagesOf, type Passage, type Segment } from './segments.ts';
import { wordsOf } from './tokens.ts';

/** `why` names concepts, never words of the text. */
export type Verdict = { level: Level; hazard: Hazard | null; why: string[] };

/** The verdict on the worst part of a text. */
export function judge(text: string, model: Model): Verdict {
  const words = readWords(wordsOf(normalise(text)));
  const hits = findHits(words);
  const memory = new Map<string, number>();
  const look = ({ from, to }: Segment) =>
    judgeRun(words.slice(from, to), hitsWithin(hits, from, to), model, memory);

  const excusing = hits.filter(({ concept, taken }) => taken !== undefined || excuses.has(concept));
  const isExcused = ({ from, to }: Segment) => hitsWithin(excusing, from, to).length > 0;

  const signs = new Set(hits.filter(({ concept }) => telling.has(concept)).map(({ from }) => from));
  let found = clear;
  for (const passage of passagesOf(words, [...signs])) {
    found = worst([found, judgePassage(passage, look, isExcused(passage.whole))]);
    if (found.level === 'emergency') break;
  }
  return found;
}

function judgePassage(
  { whole, parts }: Passage,
  look: (segment: Segment) => Weighed,
  isExcused: boolean
): Verdict {
  const { points, ...verdict } = look(whole);
  if (verdict.level === 'emergency') return verdict;
  const inside = parts.map(look);
  const outweighed =
    points < (isExcused ? excusedBelow : outweighedBelow) && whole.to - whole.from <= outweighedWords;
  return worst([verdict, ...(outweighed ? inside.map(milder) : inside)]);
}

type Weighed = Verdict & { points: number };

export const clear: Verdict = { level: 'clear', hazard: null, why: [] };

export function worst(verdicts: readonly Verdict[]): Verdict {
  const { level, hazard, why } = verdicts.reduce((a, b) => (rank[b.level] > rank[a.level] ? b : a), clear);
  return { level, hazard, why };
}

const rank: Record<Level, number> = { clear: 0, possible: 1, emergency: 2 };

/**
 * "No smell, the boiler just hums": what a part says alone is only a question when its sentence says otherwise, and
 * nothing at all when no rule bears it out.
 */
function milder(verdict: Verdict): Verdict {
  if (verdict.level === 'emergency') return { ...verdict, level: 'possible' };
  return verdict.why.every((why) => why === heard) ? clear : verdict;
}

/** Points of a sentence below which it outweighs its parts: sooner where it names what explains a danger away. */
const excusedBelow = -1;
const outweighedBelow = -4;
/** And how many words such a sentence has at most, so that no letter drowns a call for help. */
const outweighedWords = 14;
const excuses: ReadonlySet<Concept> = new Set<Concept>([
  'past',
  'learn',
  'trade',
  'figure',
  'fluid',
  'plumbing',
  'data',
  'motor'
]);
const heard = 'sounds like it';

/** Points from which the classifier alone says so; below `doubtful` it talks the rules down to a question. */
const emergencyFrom = -0.3;
const possibleFrom = -1.5;
/** The same where a smell, a leak, a hiss or carbon monoxide is named: words that everyday matters seldom need. */
const hintFrom = -2.5;
/** The same where only gas, a pipe or a stove is named, and nothing that is wrong with it. */
const certainFrom = 1.5;
const silentFrom = 0.3;
/** The same where bills, cars, orders or appointments are named too. */
const everydayFrom = 1;
const doubtful = -1.5;
/** The same where somebody cries for help, is led out of a house, or asks what to do, and names no cause: only a question. */
const cryFrom = -2;

/** A run of words without any of these is about something else, however it is told. */
const signs: readonly Concept[] = [
  'smell',
  'stench',
  'leak',
  'hiss',
  'flow',
  'alarm',
  'detector',
  'co',
  'symptom',
  'collapse',
  'damage',
  'fire',
  'blast',
  'unlit',
  'bubbles',
  'soot',
  'withered',
  'urgent',
  'sounding'
];

/** The same, but for haste: everyday matters are urgent too. */
export const dangerSigns: readonly Concept[] = signs.filter(
  (sign) => sign !== 'urgent' && sign !== 'sounding'
);

const telling: ReadonlySet<Concept> = new Set<Concept>([
  'gas',
  'gear',
  'appliance',
  'burner',
  'smell',
  'stench',
  'leak',
  'hiss',
  'alarm',
  'detector',
  'co',
  'symptom',
  'collapse',
  'fire',
  'blast',
  'bubbles',
  'soot',
  'withered'
]);

const plainSigns: readonly Concept[] = ['smell', 'stench', 'leak', 'hiss', 'co', 'bubbles', 'detector'];
const everydayConcerns: readonly Concept[] = ['motor', 'money', 'trade', 'service'];

function judgeRun(
  words: readonly ReadWord[],
  hits: readonly Hit[],
  model: Model,
  memory: Map<string, number>
): Weighed {
  if (!hits.some(({ concept }) => telling.has(concept) || concept === 'cry')) return { ...clear, points: 0 };
  const points = score(model, words, hits, memory);
  const found = findings(hits);
  const level = levelOf(points, found, hits);
  if (level === 'clear') return { ...clear, points };
  return { level, hazard: hazardOf(found, hits), why: reasons(found, points), points };
}

function levelOf(points: number, found: readonly Finding[], hits: readonly Hit[]): Level {
  const level = levelOfSigns(points, found, hits);
  const cries = hits.some(({ concept }) => concept === 'cry');
  return level === 'clear' && cries && points >= cryFrom ? 'possible' : level;
}

function levelOfSigns(points: number, found: readonly Finding[], hits: readonly Hit[]): Level {
  if (!hits.some(({ concept }) => telling.has(concept))) return 'clear';
  const has = (list: readonly Concept[]) => hits.some(({ concept }) => list.includes(concept));
  if (found[0]?.level === 'emergency' && points > doubtful) return 'emergency';
  if (has(signs)) {
    if (points >= emergencyFrom) return ofTaken(hits) ?? 'emergency';
    return found[0] || points >= (has(plainSigns) ? hintFrom : possibleFrom) ? 'possible' : 'clear';
  }
  if (points < (has(everydayConcerns) ? everydayFrom : silentFrom)) return 'clear';
  return points >= certainFrom ? 'emergency' : 'possible';
}

/** The most that can be said where every sign is said not to be there, is long ago, or is only goods. */
function ofTaken(hits: readonly Hit[]): Level | null {
  const seen = hits.filter(({ concept }) => signs.includes(concept));
  if (seen.some(({ taken }) => taken === undefined)) return null;
  return seen.every(({ taken }) => taken === 'wares') ? 'clear' : 'possible';
}

function reasons(found: readonly Finding[], points: number): string[] {
  const alone = points >= possibleFrom || found.length === 0 ? [heard] : [];
  return [...new Set([...found.map(({ why }) => why), ...alone])].slice(0, 6);
}

function hazardOf(found: readonly Finding[], hits: readonly Hit[]): Hazard {
  const has = (...concepts: Concept[]) => hits.some(({ concept }) => concepts.includes(concept));
  if (has('co') || (has('symptom', 'collapse', 'soot') && !has('smell', 'leak'))) return 'co';
  return has('fire', 'blast') ? 'fire' : (found[0]?.hazard ?? 'gas');
}
