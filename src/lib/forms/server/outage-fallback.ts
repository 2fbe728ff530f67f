/** Where nothing else answers: with the database gone or silent, what was typed is still read for danger. */
import { setTimeout as pause } from 'node:timers/promises';
import { isHttpError, isRedirect, json, type RequestEvent } from '@sveltejs/kit';
import { languageOf, spokenCookie } from '#lib/platform/language.ts';
import { isUnreachable } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { wayToSafety } from '#lib/emergencies/server/inbound.ts';
import { safetyPageHere } from '#lib/emergencies/server/safety-page.ts';
import { keyOfSearch } from '#lib/emergencies/server/search.ts';
import { dangersIn, isVouchedFor } from '#lib/safety/server/acknowledgement.ts';
import { bringsForm, vouched } from './inbound-screening.ts';
import { sentForm, unsavedTextPage } from './unsaved-text.ts';

/** How long a page may take before the safety page is shown in its place. */
const patience = 4000;

/**
 * Answers a request. Where that fails for want of the database, or takes too long, and danger was written of, the
 * safety page is shown instead. It is given no record, and so it claims that nobody was told. What is harmless and
 * could not be taken comes back, word for word.
 */
export async function withOutageFallback(
  event: RequestEvent,
  answer: () => Promise<Response>
): Promise<Response> {
  const { typed, verdict } = event.locals.heard;
  const posts = bringsForm(event.request) && event.route.id !== '/(open)/emergency/heard';
  if (!posts && !verdict) return answer();
  const answering = answer();
  const answered = await Promise.race([
    answering.then(({ status }) => status < 500, isDecision),
    pause(patience, false, { ref: false })
  ]);
  if (answered) return answering;

  const way = wayOutOfDanger(event);
  if (!way) return posts ? orTheirWords(event, answering) : answering;
  answering.catch(() => {});
  // The script that keeps drafts follows it by itself.
  if (event.route.id?.endsWith('/draft')) return json({ kept: false, safety: way });
  return safetyPageHere(event, way, typed);
}

/** A redirect is an answer, and so is a refusal. */
const isDecision = (thrown: unknown) => isRedirect(thrown) || (isHttpError(thrown) && thrown.status < 500);

function wayOutOfDanger(event: RequestEvent): string | null {
  const { url, request } = event;
  const { typed, verdict } = event.locals.heard;
  if (!verdict || verdict.level === 'clear') return null;
  const { level, hazard, signs } = verdict;
  const search = bringsForm(request) ? '' : typed.join('\n');
  const { key, safe } = search
    ? { key: keyOfSearch(event, search), safe: url.searchParams.get('safe') }
    : vouched(event);
  if (isVouchedFor(key, safe, dangersIn(verdict))) return null;
  const back = url.pathname.replace(/\/draft$/, '') + (search && `?${new URLSearchParams({ q: search })}`);
  return wayToSafety({ texts: typed, back, key }, { level, hazard, signs });
}

/** The answer, however late; and in the place of one that tells nothing but that it failed, what was typed. */
async function orTheirWords(event: RequestEvent, answering: Promise<Response>) {
  const { form, typed } = event.locals.heard;
  const asksForPage = event.request.headers.get('accept')?.includes('text/html');
  try {
    const response = await answering;
    if (response.status !== 503 || !asksForPage) return response;
  } catch (problem) {
    if (!isUnreachable(problem) || !asksForPage) throw problem;
  }
  const { cookies, locals, request, url } = event;
  const asked = request.headers.get('accept-language');
  const t = locals.t ?? wordsFor(languageOf(cookies.get(spokenCookie), cookies.get('locale'), asked));
  return unsavedTextPage(t, {
    status: 503,
    title: t('pages.error_503'),
    say: [t('pages.error_503_do', { phone: config.utilityPhone })],
    typed,
    about: t('emergencies.typed_not_sent'),
    link: { to: url.pathname, text: t('pages.error_back_to_form') },
    again: sentForm(url, form)
  });
}
