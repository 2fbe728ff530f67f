/** What became of a report that a telephone sent: taken, to be tried again, or something that only its writer can mend. Pure. */
import type { Words } from '#lib/platform/words.ts';

export interface Refused {
  /** In words. */
  problem: string;
  /** Whether it may go by itself once the page is opened anew: whoever had to sign in has done so by then. */
  again: boolean;
}

export type Became = 'sent' | 'no line' | Refused;

/** What the server answered: its status, whether we were led elsewhere, and what stood in it, where that could be read. */
export interface Answered {
  status: number;
  redirected: boolean;
  result: { type?: unknown; location?: unknown; data?: unknown } | null;
}

/** Only the way back to the day says that it was taken; any other way leads to a door that is shut. */
export function whatBecame({ status, redirected, result }: Answered, t: Words): Became {
  if (status >= 500 || status === 408 || status === 429) return 'no line';
  if (redirected || status === 401) return { problem: t('visits.report_sign_in'), again: true };
  if (result?.type === 'redirect')
    return isDay(result.location) ? 'sent' : { problem: t('visits.report_sign_in'), again: true };
  if (result?.type === 'failure')
    return { problem: wordsIn(result.data) ?? t('visits.report_refused'), again: false };
  if (status === 403 || status === 404) return { problem: t('visits.report_not_yours'), again: false };
  return { problem: t('visits.report_refused'), again: false };
}

const isDay = (location: unknown) => typeof location === 'string' && /^\/desk\/day(\?|$)/.test(location);

function wordsIn(data: unknown): string | null {
  const problem = data && typeof data === 'object' && 'problem' in data ? data.problem : null;
  return typeof problem === 'string' && problem !== '' ? problem : null;
}
