/** What answers a form of somebody who was signed out while writing: safety first, every word of it, and the way back in. */
import { error, json, type RequestEvent } from '@sveltejs/kit';
import { withNext } from '#lib/people/landing.ts';
import { textIn } from '#lib/platform/posted.ts';
import type { Words } from '#lib/platform/words.ts';
import { hearDanger, reportDanger } from '#lib/emergencies/server/inbound.ts';
import { type SentForm, safetyPageHere } from '#lib/emergencies/server/safety-page.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { sentForm, unsavedTextPage } from './unsaved-text.ts';

/** How the owner of a form keeps it until its writer is back. */
export type KeepForLater = (
  event: RequestEvent,
  form: FormData
) => Promise<{ key: string; cookie: string } | null>;

/** Reads what was typed as a visitor's: whoever they were, danger does not wait until they have signed in again. */
export async function answerExpired(event: RequestEvent, keepForLater: KeepForLater): Promise<Response> {
  const { locals, request, url } = event;
  const { form, typed } = locals.heard;
  const cookie = rememberVisitor(event);
  const asksForPage = request.headers.get('accept')?.includes('text/html');
  const way = await wayOutOfDanger(event);
  // A script that keeps what is typed; it knows where to go.
  if (!asksForPage)
    return way
      ? json({ kept: false, safety: way }, { headers: cookie ? { 'set-cookie': cookie } : {} })
      : error(401, locals.t('errors.signed_out'));

  const kept = await keepForLater(event, form);
  const next = url.pathname + (kept ? `?key=${kept.key}` : '');
  const page = way
    ? await safetyPageHere(event, way, typed)
    : expiredPage(
        typed,
        { next, sent: kept ? null : sentForm(url, form), files: broughtFiles(form) },
        locals.t
      );
  const given = kept?.cookie ?? (way ? cookie : null);
  if (given) page.headers.append('set-cookie', given);
  return page;
}

async function wayOutOfDanger(event: RequestEvent) {
  const { form, typed, verdict } = event.locals.heard;
  if (!verdict) return null;
  const about = { key: textIn(form, 'key'), safe: textIn(form, 'safe') };
  const back = event.url.pathname.replace(/\/draft$/, '');
  const inbound = { texts: typed, channel: 'signed_out', back, ...about };
  const danger = await hearDanger(event, inbound, verdict);
  return danger && reportDanger(event, inbound, danger);
}

/** Whoever was signed out brings them as a stranger, and they were not kept. */
const broughtFiles = (form: FormData) => form.has('attachment_problem');

/** `sent` is the form where we have not kept it: it is sent again from here, once they have signed in beside it. */
export const expiredPage = (
  typed: readonly string[],
  { next, sent, files }: { next: string; sent: SentForm | null; files: boolean },
  t: Words
) =>
  unsavedTextPage(t, {
    status: 401,
    title: t('pages.error_401'),
    say: [
      sent ? t('pages.error_not_sent') : t('errors.signed_out'),
      ...(files ? [t('pages.error_files_again')] : [])
    ],
    typed,
    about: sent ? t('pages.error_typed_here') : t('pages.error_typed_waits'),
    link: { to: withNext('/sign-in', next), text: t('pages.error_sign_in'), newTab: sent !== null },
    ...(sent && { again: sent })
  });
