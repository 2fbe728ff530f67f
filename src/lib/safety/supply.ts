/** How the gas comes that somebody writes of: by a pipe, or in cylinders and tanks. What to do differs. */
import { normalise } from './normalise.ts';

export const supplies = ['piped', 'cylinder', 'unknown'] as const;
export type Supply = (typeof supplies)[number];

/** What the utility supplies, as it is configured. */
export type Supplied = 'piped' | 'cylinder' | 'both';

/**
 * What is told in words, else what is known of who writes, and else what the utility supplies. Only a cylinder is told
 * from a word: a meter may be the electric one, and who has both is told of both.
 */
export function supplyIn(text: string, supplied: Supplied, known: Supply | null = null): Supply {
  const words = normalise(text.length > enough ? text.slice(0, enough / 2) + text.slice(-enough / 2) : text);
  if (cylinder.test(words)) return pipe.test(words) ? 'unknown' : 'cylinder';
  return known ?? (supplied === 'both' ? 'unknown' : supplied);
}

const enough = 4_000;

const cylinder =
  /(?<![\p{L}\p{N}])(cylinders?|cylindres?|cilindros?|bombonas?|balon(es)? de gas|garrafas?|lpg|gpl|glp|propane?o?|butane?o?|(gas|bulk) tanks?|tanques? de gas|bouteilles?( de gaz)?|citernes?|silinders?|cilinders?)(?![\p{L}\p{N}])|सिले[ंन]डर|सिलि[ंन]डर|एलपीजी/u;

const pipe =
  /(?<![\p{L}\p{N}])(mains? gas|gas mains?|piped gas|pipeline|gas meter|gas natural|gas ciudad|gas de ville|gaz de ville|gaz naturel|png)(?![\p{L}\p{N}])|पाइप/u;
