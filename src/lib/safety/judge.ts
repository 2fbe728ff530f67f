/** Brings rules and classifier to one verdict on a text, part by part. */
import { score, type Model } from './classifier.ts';
import type { Concept } from './lexicon/concepts.ts';
import { normalise } from './normalise.ts';
import { findHits, readWords, type Hit, type ReadWord } from './reading.ts';
import { findings, type Finding, type Hazard, type Level } from './rules.ts';
import { segmentsOf } from './segments.ts';
import { wordsOf } from './tokens.ts';

/** `why` names concepts, never words of the text. */
export type Verdict = { level: Level; hazard: Hazard | null; why: string[] };

/** The verdict on the worst part of a text. */
export function judge(text: string, model: Model): Verdict {
  const words = readWords(wordsOf(normalise(text)));
  const signs = findHits(words).filter(({ concept }) => telling.has(concept));
  const parts = segmentsOf(words, [...new Set(signs.map(({ from }) => from))]);
  const memory = new Map<string, number>();
  return worst(parts.map(({ from, to }) => judgePart(words.slice(from, to), model, memory)));
}

export const clear: Verdict = { level: 'clear', hazard: null, why: [] };

export function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (rank[b.level] > rank[a.level] ? b : a), clear);
}

const rank: Record<Level, number> = { clear: 0, possible: 1, emergency: 2 };

/** Points from which the classifier alone says so; below `doubtful` it talks the rules down to a question. */
const emergencyFrom = -0.3;
const possibleFrom = -1.9;
const certainFrom = 2;
const doubtful = -3;

/** A run of words without any of these is about something else, however it is told. */
const signs: readonly Concept[] = [
  'smell',
  'stench',
  'leak',
  'hiss',
  'flow',
  'alarm',
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
  'co',
  'symptom',
  'collapse',
  'fire',
  'blast',
  'bubbles',
  'soot',
  'withered'
]);

function judgePart(words: readonly ReadWord[], model: Model, memory: Map<string, number>): Verdict {
  const hits = findHits(words);
  if (!hits.some(({ concept }) => telling.has(concept))) return clear;
  const points = score(model, words, hits, memory);
  const found = findings(words, hits);
  const level = levelOf(points, found, hits);
  return level === 'clear' ? clear : { level, hazard: hazardOf(found, hits), why: reasons(found, points) };
}

function levelOf(points: number, found: readonly Finding[], hits: readonly Hit[]): Level {
  const sure = found[0]?.level === 'emergency' && points > doubtful;
  const has = (list: readonly Concept[]) => hits.some(({ concept }) => list.includes(concept));
  if (sure || (points >= emergencyFrom && has(signs))) return 'emergency';
  if (points >= certainFrom && !has(['motor', 'money', 'trade', 'service'])) return 'emergency';
  return points >= possibleFrom || found.length > 0 ? 'possible' : 'clear';
}

function reasons(found: readonly Finding[], points: number): string[] {
  return [
    ...new Set([...found.map(({ why }) => why), ...(points >= possibleFrom ? ['sounds like it'] : [])])
  ].slice(0, 6);
}

function hazardOf(found: readonly Finding[], hits: readonly Hit[]): Hazard {
  const has = (...concepts: Concept[]) => hits.some(({ concept }) => concepts.includes(concept));
  if (has('co') || (has('symptom', 'collapse', 'soot') && !has('smell', 'leak'))) return 'co';
  return has('fire', 'blast') ? 'fire' : (found[0]?.hazard ?? 'gas');
}
