/** What answers a form of somebody who was signed out while writing: safety first, every word of it, and the way back in. */
import type { RequestEvent } from '@sveltejs/kit';
import { withNext } from '#lib/people/landing.ts';
import { textIn } from '#lib/platform/posted.ts';
import type { Words } from '#lib/platform/words.ts';
import { hearDanger, reportDanger } from './safety-first.ts';
import { safetyPageHere } from './safety-page.ts';
import { wordsBackPage } from './words-back.ts';
import { wordsTyped } from './words-typed.ts';

/** Reads what was typed as a visitor's: whoever they were, danger does not wait until they have signed in again. */
export async function answerSignedOut(event: RequestEvent): Promise<Response> {
  const form = await event.request.formData().catch(() => new FormData());
  const typed = wordsTyped(form);
  const { pathname } = event.url;
  if (listensTo(event.route.id ?? '')) {
    const about = { key: textIn(form, 'key'), safe: textIn(form, 'safe') };
    const inbound = { texts: typed, channel: 'signed_out', back: pathname, ...about };
    const danger = await hearDanger(event, inbound);
    if (danger) return safetyPageHere(event, await reportDanger(event, inbound, danger), typed);
  }
  return signedOutPage(typed, pathname, event.locals.t);
}

/** What staff write is not screened, signed in or out; what a caller told them is. */
const listensTo = (route: string) => !route.startsWith('/(desk)/') || route === '/(desk)/desk/requests/new';

export const signedOutPage = (typed: readonly string[], next: string, t: Words) =>
  wordsBackPage(t, {
    status: 401,
    title: t('pages.error_401'),
    say: [t('errors.signed_out')],
    typed,
    about: t('pages.error_typed_kept'),
    link: { to: withNext('/sign-in', next), text: t('pages.error_sign_in') }
  });
