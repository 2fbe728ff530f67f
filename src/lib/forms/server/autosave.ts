/** Keeping what was typed, wherever a step leads. */
import { json } from '@sveltejs/kit';
import { log } from '#lib/platform/server/log.ts';

/** What a form needs to be kept; false when it could not be. */
type Keep = () => Promise<boolean>;

/**
 * Takes a step of a form. Unless it was done and leads on to a page, what was typed is then kept as a draft wherever the
 * step leads: to a problem, to safety, to an error.
 */
export async function keptUnlessDone<Step extends string | object>(
  keep: Keep,
  step: () => Promise<Step>
): Promise<Step> {
  const taken = await step().catch(async (thrown: unknown) => {
    // Where it leads stays true, also when nothing can be kept.
    await keep().catch((error: unknown) => log.warn('a draft could not be kept', { error }));
    throw thrown;
  });
  if (typeof taken !== 'string') await keep();
  return taken;
}

/** Keeps what is being typed, while it is typed. Where it speaks of danger, the door has answered already. */
export const keepTyping = async (keep: Keep) => json({ kept: await keep(), safety: null });
