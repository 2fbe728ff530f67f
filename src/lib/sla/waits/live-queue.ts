/**
 * In how many minutes somebody answers in a line that people at their desks work off: what stands before, by how long each
 * takes, by the hands there are; and how far that figure was off lately. Pure.
 */
import type { Range } from './curve.ts';

/** The line before somebody: how many wait before them, all hands of those at work, and how many hands are full. */
export type Line = { before: number; hands: number; holding: number; mostly: number | null };

/** The plain figure, and whether a hand was free for it. */
export type Figure = { minutes: number; atOnce: boolean };

/** How many times as long as its figure a wait took. */
export type Fared = { atOnce: boolean; times: number };

/** What a conversation takes in minutes, while none has taken any time yet. */
const usual = 8;
/** Even with a free hand somebody must look up and press. */
const least = 0.5;

/** Null where nobody is at work: then nobody knows. */
export function figureOf({ before, hands, holding, mostly }: Line): Figure | null {
  if (hands <= 0) return null;
  const mustEnd = before + 1 - Math.max(hands - holding, 0);
  if (mustEnd <= 0) return { minutes: least, atOnce: true };
  return { minutes: Math.max(least, (mustEnd * (mostly ?? usual)) / hands), atOnce: false };
}

/** So many waits must have ended before a range is said, so many of them count, and longer than this says nothing. */
const fewest = 10;
const mostCounted = 200;
const longest = 120;

/** Whole minutes, rounded outward, between which four in five were answered; null where it cannot be said. */
export function minutesFrom({ minutes, atOnce }: Figure, fared: readonly Fared[]): Range | null {
  const alike = fared.filter((one) => one.atOnce === atOnce);
  const times = (alike.length < fewest ? fared : alike)
    .slice(0, mostCounted)
    .map((one) => one.times)
    .sort((one, other) => one - other);
  if (times.length < fewest) return null;
  const from = Math.floor(minutes * shareOf(times, 0.1));
  const to = Math.max(1, Math.ceil(minutes * shareOf(times, 0.9)));
  return to > longest ? null : { from, to };
}

/** A quantile that leans outward in few: the k-th of n counts as k in n + 1 (as in conformal prediction). */
function shareOf(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length + 1) - 1;
  const place = share < 0.5 ? Math.floor(at) : Math.ceil(at);
  return sorted[Math.min(sorted.length - 1, Math.max(0, place))] ?? 1;
}
