/** What near what means danger: the part of the screen that can be read as a list, and a floor under the classifier. */
import type { Concept } from './lexicon/concepts.ts';
import type { Hit } from './reading.ts';

export type Level = 'emergency' | 'possible' | 'clear';
export type Hazard = 'gas' | 'co' | 'fire';

/** What a rule found: how bad, which hazard, and the two concepts it saw. */
export type Finding = { level: Level; hazard: Hazard; why: string };

/** Everything the rules find in a run of words, the worst first. */
export function findings(hits: readonly Hit[]): Finding[] {
  const found = rules.flatMap((rule) => applyRule(rule, hits));
  return found.sort((a, b) => Number(b.level === 'emergency') - Number(a.level === 'emergency'));
}

/** `sure` pairs are an emergency unless the words around take it back; the others only deserve the question. */
type Rule = { signs: Concept[]; things: Concept[]; reach: number; hazard: Hazard; sure: boolean };

const rules: Rule[] = [
  { signs: ['smell'], things: ['gas'], reach: 5, hazard: 'gas', sure: true },
  {
    signs: ['smell', 'stench'],
    things: ['gear', 'appliance', 'burner'],
    reach: 7,
    hazard: 'gas',
    sure: false
  },
  { signs: ['stench'], things: ['smell', 'home', 'street', 'gas'], reach: 5, hazard: 'gas', sure: true },
  { signs: ['egg'], things: ['smell'], reach: 4, hazard: 'gas', sure: false },
  { signs: ['leak'], things: ['gas'], reach: 4, hazard: 'gas', sure: true },
  { signs: ['leak'], things: ['gear', 'appliance'], reach: 4, hazard: 'gas', sure: false },
  { signs: ['flow'], things: ['gas'], reach: 4, hazard: 'gas', sure: true },
  { signs: ['hiss'], things: ['gas', 'gear'], reach: 6, hazard: 'gas', sure: true },
  { signs: ['hiss'], things: ['appliance'], reach: 6, hazard: 'gas', sure: false },
  { signs: ['alarm', 'detector', 'sounding'], things: ['gas', 'co'], reach: 4, hazard: 'co', sure: false },
  { signs: ['sounding'], things: ['detector'], reach: 4, hazard: 'co', sure: false },
  { signs: ['smell', 'leak', 'hiss', 'co'], things: ['urgent'], reach: 8, hazard: 'gas', sure: false },
  { signs: ['symptom', 'collapse'], things: ['gas', 'co'], reach: 6, hazard: 'co', sure: false },
  { signs: ['collapse', 'symptom'], things: ['appliance'], reach: 9, hazard: 'co', sure: false },
  { signs: ['damage'], things: ['gas'], reach: 4, hazard: 'gas', sure: false },
  { signs: ['fire', 'blast'], things: ['gas', 'gear', 'appliance'], reach: 4, hazard: 'fire', sure: false },
  { signs: ['unlit'], things: ['gas', 'burner', 'appliance'], reach: 4, hazard: 'gas', sure: false },
  { signs: ['bubbles'], things: ['soap', 'gas', 'gear'], reach: 8, hazard: 'gas', sure: false },
  { signs: ['soot'], things: ['symptom', 'appliance', 'burner'], reach: 8, hazard: 'co', sure: false }
];

function applyRule(rule: Rule, hits: readonly Hit[]): Finding[] {
  for (const sign of hits) {
    if (!rule.signs.includes(sign.concept) || sign.taken === 'wares') continue;
    const thing = hits.find(
      (hit) => rule.things.includes(hit.concept) && gapBetween(sign, hit) <= rule.reach && !overlap(sign, hit)
    );
    if (!thing || elsewhere(sign, hits) || isDisconnection(sign, hits)) continue;
    const level = rule.sure && !takenBack(sign, thing, hits) ? 'emergency' : 'possible';
    return [{ level, hazard: rule.hazard, why: `${sign.concept}+${thing.concept}` }];
  }
  return [];
}

const gapBetween = (a: Hit, b: Hit) => Math.max(a.from - b.to, b.from - a.to, 0);
const overlap = (a: Hit, b: Hit) => a.from < b.to && b.from < a.to;

/** A leak of water, a leak of data, a smell of petrol: the sign belongs to something else. Bubbles need water. */
const elsewhere = (sign: Hit, hits: readonly Hit[]) =>
  hits.some(
    (hit) =>
      others.has(hit.concept) &&
      !(sign.concept === 'bubbles' && hit.concept === 'fluid') &&
      gapBetween(sign, hit) <= (hit.concept === 'plumbing' ? 2 : 3)
  );

/** Whose supply was "cut off" had nothing cut through: unless a pipe is named, or who breaks pipes. */
const isDisconnection = (sign: Hit, hits: readonly Hit[]) =>
  sign.concept === 'damage' &&
  hits.some(({ concept, from, to }) => concept === 'service' && from <= sign.from && sign.to < to) &&
  !hits.some((hit) => (hit.concept === 'gear' || hit.concept === 'digging') && gapBetween(sign, hit) <= 5);

const others: ReadonlySet<Concept> = new Set<Concept>(['fluid', 'data', 'motor', 'figure', 'plumbing']);

/** "No smell", "the leak was fixed", "do you sell": said near, it makes an emergency a question, never nothing. */
function takenBack(sign: Hit, thing: Hit, hits: readonly Hit[]): boolean {
  if (sign.taken || thing.taken) return true;
  const from = Math.min(sign.from, thing.from);
  const to = Math.max(sign.to, thing.to);
  return hits.some(({ concept, ...hit }) => softening.has(concept) && hit.from < to + 8 && hit.to > from - 8);
}

const softening: ReadonlySet<Concept> = new Set<Concept>(['past', 'trade', 'learn']);
