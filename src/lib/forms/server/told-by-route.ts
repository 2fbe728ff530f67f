/** What a route tells of its own forms where danger is heard in them. It is asked for more, and never relied on. */
import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { Inbound } from '#lib/emergencies/server/inbound.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { isUnreachable } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';

/** What a route knows of a form of its own: what its record carries, and how the words wait. Nobody needs to. */
export interface Told extends Partial<Pick<Inbound, 'channel' | 'request' | 'supply' | 'account'>> {
  /** Keeps what was typed, so that the form itself shows it to whoever comes back. */
  keep?: () => Promise<boolean>;
}

type Asked<Answer> = (event: RequestEvent<never, never>, form: FormData) => Promise<Answer>;

/** What stands beside a route, in its `inbound.ts`: what is asked of it. */
export interface Tells {
  /** Asked where danger was heard. */
  inbound: Asked<Told>;
  /** Words of theirs that are here already, and are read together with those that came in. */
  stored?: Asked<Stored>;
}

export interface Stored {
  texts: string[];
  /** They were heard when they came. What danger was in them by themselves was dealt with then. */
  heard: boolean;
}

export type TellsOf = (route: string) => Promise<Tells | undefined>;

/**
 * What is wrong with a form is no reason not to hear what it says. What is wrong with us is none either, but is known of:
 * a caller whose address is missing from their record is not.
 */
export async function toldBy<Answer>(event: RequestEvent, asked: Asked<Answer> | undefined) {
  try {
    // Each route's file is asked of its own route alone, so that its parameters are there.
    return await asked?.(event as RequestEvent<never, never>, event.locals.heard.form);
  } catch (problem) {
    if (isUnreachable(problem)) throw problem;
    if (!isDecision(problem))
      log.error('a route could not tell of its form', { route: event.route.id, error: problem });
    return undefined;
  }
}

/** The form leads elsewhere, or is none that is taken here. */
const isDecision = (thrown: unknown) =>
  thrown instanceof Refusal || isRedirect(thrown) || (isHttpError(thrown) && thrown.status < 500);

export async function keptBy(keep: Told['keep']) {
  return (
    (await keep?.().catch((error: unknown) => {
      // Where it leads stays true, also when nothing can be kept.
      log.warn('a draft could not be kept', { error });
      return false;
    })) ?? false
  );
}
