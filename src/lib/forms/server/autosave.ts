/** Keeping what was typed: after it was screened, and wherever that leads. */
import { isRedirect, json } from '@sveltejs/kit';
import { log } from '#lib/platform/server/log.ts';

/** What a form needs to be kept; false when it could not be. */
type Keep = () => Promise<boolean>;

/**
 * Takes a step of a form, screening it included. Unless it was sent, what was typed is then kept as a draft wherever
 * the step leads: to the safety page, to a problem, to an error.
 */
export async function keptUnlessSent<Step extends object>(
  keep: Keep,
  step: () => Promise<Step>
): Promise<Step> {
  const taken = await step().catch(async (thrown: unknown) => {
    // Where it leads stays true, also when nothing can be kept.
    await keep().catch((error: unknown) => log.warn('a draft could not be kept', { error }));
    throw thrown;
  });
  if (!('sent' in taken)) await keep();
  return taken;
}

/** Screens a short form. Where that leads away from it, what was typed waits until its writer is back. */
export const screenedAndKept = (keep: Keep, screened: () => Promise<void>) =>
  keptUnlessSent(keep, async () => {
    await screened();
    return { sent: true };
  });

/** Keeps what is being typed, while it is typed. Screens it too: danger does not wait for the button. */
export async function keepTyping(keep: Keep, screened: () => Promise<void>) {
  try {
    await screened();
  } catch (thrown) {
    const kept = await keep().catch(() => false);
    // The script follows it; a redirect of a fetch would be followed in silence.
    if (isRedirect(thrown)) return json({ kept, safety: thrown.location });
    throw thrown;
  }
  return json({ kept: await keep(), safety: null });
}
