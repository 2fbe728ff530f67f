/** What a provider answers with is nobody's fault here; that nothing has changed is what matters. */
import { Refusal } from '#lib/platform/refusal.ts';
import { log } from '#lib/platform/server/log.ts';
import type { WordKey } from '#lib/platform/words.ts';

/** To catch with: a refusal stays one; anything else is logged as `what`, and said in the words `away`. */
export const outOfReach =
  (what: string, away: WordKey) =>
  (problem: unknown): never => {
    if (problem instanceof Refusal) throw problem;
    log.error(what, { error: problem });
    throw new Refusal('unavailable', away);
  };
