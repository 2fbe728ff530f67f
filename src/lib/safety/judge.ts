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

  const signs = new Set(hits.filter(({ concept }) => telling.has(concept)).map(({ from }) => from));
  let found = clear;
  for (const passage of passagesOf(words, [...signs])) {
    found = worst([found, judgePassage(passage, look)]);
    if (found.level === 'emergency') break;
  }
  return found;
}

function judgePassage({ whole, parts }: Passage, look: (segment: Segment) => Weighed): Verdict {
  const { points, ...verdict } = look(whole);
  if (verdict.level === 'emergency') return verdict;
  const inside = worst(parts.map(look));
  return worst([verdict, points < doubtful && whole.to - whole.from <= short ? milder(inside) : inside]);
}

type Weighed = Verdict & { points: number };

export const clear: Verdict = { level: 'clear', hazard: null, why: [] };

export function worst(verdicts: readonly Verdict[]): Verdict {
  const { level, hazard, why } = verdicts.reduce((a, b) => (rank[b.level] > rank[a.level] ? b : a), clear);
  return { level, hazard, why };
}

const rank: Record<Level, number> = { clear: 0, possible: 1, emergency: 2 };

/** "No smell, the boiler just hums": what a clause says alone is only a question when the sentence says otherwise. */
const milder = (verdict: Verdict): Verdict =>
  verdict.level === 'emergency' ? { ...verdict, level: 'possible' } : verdict;
const short = 14;

/** Points from which the classifier alone says so; below `doubtful` it talks the rules down to a question. */
const emergencyFrom = -0.3;
const possibleFrom = -1.5;
/** The same where a smell, a leak, a hiss or carbon monoxide is named: words that everyday matters seldom need. */
const hintFrom = -2.5;
/** The same where only gas, a pipe or a stove is named, and nothing that is wrong with it. */
const certainFrom = 1.5;
const silentFrom = 0.3;
const doubtful = -3;

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
  if (!hits.some(({ concept }) => telling.has(concept))) return { ...clear, points: 0 };
  const points = score(model, words, hits, memory);
  const found = findings(words, hits);
  const level = levelOf(points, found, hits);
  if (level === 'clear') return { ...clear, points };
  return { level, hazard: hazardOf(found, hits), why: reasons(found, points), points };
}

function levelOf(points: number, found: readonly Finding[], hits: readonly Hit[]): Level {
  const has = (list: readonly Concept[]) => hits.some(({ concept }) => list.includes(concept));
  if (found[0]?.level === 'emergency' && points > doubtful) return 'emergency';
  if (has(signs))
    return points >= emergencyFrom
      ? 'emergency'
      : points >= (has(plainSigns) ? hintFrom : possibleFrom) || found[0]
        ? 'possible'
        : 'clear';
  if (has(everydayConcerns) || points < silentFrom) return 'clear';
  return points >= certainFrom ? 'emergency' : 'possible';
}

function reasons(found: readonly Finding[], points: number): string[] {
  const heard = points >= possibleFrom || found.length === 0 ? ['sounds like it'] : [];
  return [...new Set([...found.map(({ why }) => why), ...heard])].slice(0, 6);
}

function hazardOf(found: readonly Finding[], hits: readonly Hit[]): Hazard {
  const has = (...concepts: Concept[]) => hits.some(({ concept }) => concepts.includes(concept));
  if (has('co') || (has('symptom', 'collapse', 'soot') && !has('smell', 'leak'))) return 'co';
  return has('fire', 'blast') ? 'fire' : (found[0]?.hazard ?? 'gas');
}
