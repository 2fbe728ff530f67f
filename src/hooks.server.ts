/** The doors: who comes in, and how a refusal goes out. */
import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { doorOf, mayEnter } from '#lib/people/doors.ts';
import { mustSetUpSecondFactor } from '#lib/people/access.ts';
import { homeOf, withNext } from '#lib/people/landing.ts';
import { enter, stranger } from '#lib/people/server/enter.ts';
import { languageOf } from '#lib/platform/language.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import { isUnreachable } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { warmUpScreen } from '#lib/emergencies/server/screening.ts';
import { withSafetyNet } from './routes/safety-net.ts';

warmUpScreen();

const keeper = { database, secret: config.secret, secure };

/** Pages that must stand when nothing else does: they ask neither session nor database. */
const alwaysThere = new Set(['/(open)/emergency', '/(open)/emergency/heard', '/(open)/language']);

export const handle: Handle = ({ event, resolve }) => withSafetyNet(event, () => answer(event, resolve));

async function answer(event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']) {
  const route = event.route.id;
  const { locals } = event;
  Object.assign(locals, await whoComes(event));
  locals.locale = languageOf(
    locals.person?.locale,
    event.cookies.get('locale'),
    event.request.headers.get('accept-language')
  );
  locals.t = wordsFor(locals.locale);

  if (route && !mayEnter(doorOf(route), locals.actor)) turnAway(event);

  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', locals.locale)
  });
  for (const [name, value] of Object.entries(safeHeaders)) response.headers.set(name, value);
  if (locals.person && !response.headers.has('cache-control'))
    response.headers.set('cache-control', 'no-store');
  return response;
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

function whoComes(event: RequestEvent) {
  const cookie = (name: string) => event.cookies.get(name);
  return alwaysThere.has(event.route.id ?? '') ? stranger(keeper, cookie) : enter(keeper, cookie);
}

/** Nobody is led to sign in and back; somebody at the wrong door is told that there is nothing here. */
function turnAway({ locals, url, request }: RequestEvent): never {
  if (locals.person) {
    if (mustSetUpSecondFactor(locals.person)) redirect(303, '/account/second-factor');
    if (url.pathname === '/requests' && request.method === 'GET') redirect(303, homeOf(locals.actor));
    error(404, locals.t('errors.missing'));
  }
  if (request.method !== 'GET') error(401, locals.t('errors.signed_out'));
  redirect(303, withNext('/sign-in', url.pathname + url.search));
}

const safeHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), microphone=(), camera=(self)',
  ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {})
};
