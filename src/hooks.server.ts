/** The doors: who comes in, and how a refusal goes out. */
import { randomUUID } from 'node:crypto';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { offered } from '#lib/catalogue/offered.ts';
import { doorOf, leadsToSignIn, mayEnter } from '#lib/people/doors.ts';
import { mustSetUpSecondFactor } from '#lib/people/access.ts';
import { homeOf, withNext } from '#lib/people/landing.ts';
import { callOf } from '#lib/people/server/caller.ts';
import { enter, stranger } from '#lib/people/server/authenticate.ts';
import { languageOf, spokenCookie } from '#lib/platform/language.ts';
import { clean } from '#lib/platform/cleaning.ts';
import { readOnce } from '#lib/platform/posted.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import { isUnreachable } from '#lib/platform/server/db.ts';
import { inTime } from '#lib/platform/server/timeout.ts';
import { log } from '#lib/platform/server/log.ts';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { keepForLater } from '#lib/requests/server/expired-reply.ts';
import { openShortRoad } from '#lib/platform/server/short-road.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { warmUpScreen } from '#lib/emergencies/server/screening.ts';
import { withOutageFallback } from '#lib/forms/server/outage-fallback.ts';
import { answerExpired } from '#lib/forms/server/expired-session.ts';
import { bringsForm, hear, stopDanger } from '#lib/forms/server/inbound-screening.ts';
import type { Tells, TellsOf } from '#lib/forms/server/told-by-route.ts';
import { drawFrame, isForFrame, keepFrameOf, pageIn, type Resolve } from './frames.ts';
import { layoutFacts } from './routes/layout-facts.ts';
import { shortPages } from './short-pages.ts';

warmUpScreen();
openShortRoad(shortPages, layoutFacts);

const keeper = { database, secret: config.secret, secure };

/** Pages that must stand when nothing else does: they ask neither session nor database. */
const alwaysThere = new Set(['/(open)/emergency', '/(open)/language']);

/** What is said here does not wait either. Whoever can be recognised at once is asked where they are. */
const safetyPage = '/(open)/emergency/heard';

/** Pages that tell how to reach us. With the database down they are shown as to a stranger. */
const papers = new Set(
  ['contact', 'complaints', 'privacy', 'accessibility', 'about'].map((paper) => `/(open)/${paper}`)
);

/** A database that does not answer is as good as away. Nobody waits longer than this, in milliseconds, to be told. */
const patience = { inDanger: 1_000, atTheDoor: 8_000, forAPage: 20_000 };

/** What the routes tell of their own forms, beside them. */
const tellings = import.meta.glob<Tells>('./routes/**/inbound.ts');
const tellsOf: TellsOf = async (route) => tellings[`./routes${route}/inbound.ts`]?.();

export const handle: Handle = async ({ event, resolve }) => {
  readOnce(event.request);
  event.locals.heard = await hear(event, offered);
  return withOutageFallback(event, () => answer(event, resolve));
};

async function answer(event: RequestEvent, resolve: Resolve) {
  const route = event.route.id;
  const { locals } = event;
  if (isForFrame(event)) return drawFrame(event, resolve, stranger(keeper, callOf(event, config.secret)));
  Object.assign(locals, await whoComes(event));
  locals.locale = languageOf(
    locals.person?.locale ?? event.cookies.get(spokenCookie),
    event.cookies.get('locale'),
    event.request.headers.get('accept-language')
  );
  locals.t = wordsFor(locals.locale);
  rememberLanguage(event);
  if (holdsNul(event.url)) error(404, locals.t('errors.missing'));
  cleanQuery(event.url);
  const response =
    route &&
    (!mayEnter(doorOf(route), locals.actor) ||
      (!locals.person && bringsForm(event.request) && leadsToSignIn(route)))
      ? await turnAway(event)
      : ((await stopDanger(event, tellsOf)) ??
        (await inTime(resolve(event, pageIn(locals.locale)), patience.forAPage)));
  if (locals.person && !response.headers.has('cache-control'))
    response.headers.set('cache-control', 'no-store');
  if (response.status === 200) await keepFrameOf(event);
  return response;
}

/** No text in the database can hold it: where a path has it there is nothing. */
const holdsNul = ({ pathname }: URL) => pathname.includes('%00');

/** What an address asks for is cleaned like what a form says. */
function cleanQuery({ search, searchParams }: URL) {
  if (!/%[^2-7]/.test(search)) return;
  for (const [name, value] of [...searchParams])
    if (clean(value) !== value) searchParams.set(name, clean(value));
}

export const handleError: HandleServerError = ({ kind, error: thrown, event }) => {
  const t = wordsFor(event.locals.locale ?? 'en');
  if (kind !== 'unknown')
    return kind === 'framework' && event.route.id === null ? { message: t('errors.missing') } : undefined;

  if (thrown instanceof Refusal)
    return { status: httpStatus[thrown.kind], message: t(thrown.words, thrown.values) };
  if (isUnreachable(thrown)) return { status: 503, message: t('errors.unavailable') };

  const trace = randomUUID().slice(0, 8);
  log.error('a page failed', { trace, route: event.route.id, error: thrown });
  return { status: 500, message: t('errors.unknown'), trace };
};

async function whoComes(event: RequestEvent) {
  const call = callOf(event, config.secret);
  if (alwaysThere.has(event.route.id ?? '')) return stranger(keeper, call);
  const inDanger = event.route.id === safetyPage;
  try {
    return await inTime(enter(keeper, call), inDanger ? patience.inDanger : patience.atTheDoor);
  } catch (problem) {
    if (inDanger || (isUnreachable(problem) && papers.has(event.route.id ?? '')))
      return stranger(keeper, call);
    throw problem;
  }
}

/** For the pages that must speak somebody's language without asking the database who they are. */
function rememberLanguage({ cookies, locals: { person, locale } }: RequestEvent) {
  if (!person || cookies.get(spokenCookie) === locale) return;
  cookies.set(spokenCookie, locale, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}

/** Somebody who reads what comes back, not a script or a program. */
const looksAround = ({ request, isDataRequest }: RequestEvent) =>
  request.method === 'GET' &&
  !isDataRequest &&
  (request.headers.get('accept')?.includes('text/html') ?? false);

/** Nobody is led to sign in and back; somebody at the wrong door is told that there is nothing here. */
async function turnAway(event: RequestEvent): Promise<Response> {
  const { locals, url, request } = event;
  if (locals.person) {
    if (mustSetUpSecondFactor(locals.person)) redirect(303, '/account/second-factor');
    if (url.pathname === '/requests' && request.method === 'GET') redirect(303, homeOf(locals.actor));
    if (looksAround(event)) return event.fetch('/nothing');
    error(404, locals.t('errors.missing'));
  }
  if (bringsForm(request)) return answerExpired(event, keepForLater);
  if (request.method !== 'GET') error(401, locals.t('errors.signed_out'));
  redirect(303, withNext('/sign-in', url.pathname + url.search));
}
