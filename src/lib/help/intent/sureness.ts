/** How sure one may be of a guess: by its share of the likelihood, and by how familiar the question is. */
import type { Guess } from './classifier.ts';

/** How much familiarity counts. On questions kept apart any weight from 1 to 3 tells known from unknown about as well. */
const weight = 2;

/** From 0 to 1. A question nothing of which was ever said of its category loses most of its confidence. */
export function sureness({ confidence, familiar }: Guess): number {
  const share = Math.min(Math.max(confidence, 1e-6), 1 - 1e-6);
  return 1 / (1 + ((1 - share) / share) * Math.exp(weight * (1 - familiar)));
}
