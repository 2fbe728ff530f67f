/** Takes the short road, where a page has one: who comes and what they ask in one breath, drawn into the kept frame. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isHttpError, isRedirect } from '@sveltejs/kit';
import { render } from 'svelte/server';
import { comingIn, sessionCookie } from '#lib/people/server/session.ts';
import { hostCookie } from '#lib/platform/cookie.ts';
import { languageOf, spokenCookie } from '#lib/platform/language.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { isUnreachable } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { frameFor, layoutFacts, places, type Place } from '#lib/platform/server/short-road.ts';
import { inTime } from '#lib/platform/server/timeout.ts';
import { contextOf, wordsFor } from '#lib/platform/words.ts';
import { cookieOf } from './comers.ts';

/** A whole page, as it is sent. */
export interface Drawn {
  headers: [name: string, value: string][];
  html: string;
}

/** Sends it. */
export type Send = (req: IncomingMessage, res: ServerResponse, drawn: Drawn) => void;

/** The page, or null: then it goes the long road, which knows what to say. Never throws. */
export async function takeShortRoad(req: IncomingMessage, url: URL): Promise<Drawn | null> {
  const place = placeOf(req, url);
  if (!place || Date.now() < closedUntil) return null;
  try {
    return await inTime(drawn(place, req, url), patience);
  } catch (problem) {
    if (isUnreachable(problem)) closedUntil = Date.now() + 10_000;
    else if (!isDecision(problem)) log.error('the short road failed', { route: place.route, error: problem });
    return null;
  }
}

/** The database that does not answer here does not answer the long road either: nobody waits twice, in milliseconds. */
const patience = 3_000;
let closedUntil = 0;

/** Led elsewhere, or refused: that is said at the end of the long road. */
const isDecision = (thrown: unknown) =>
  isRedirect(thrown) || isHttpError(thrown) || thrown instanceof Refusal;

function placeOf({ headers }: IncomingMessage, { pathname, search, searchParams }: URL) {
  if (!headers.accept?.includes('text/html')) return undefined;
  const place = places.find(({ path }) => path.test(pathname));
  if (search === '') return place;
  const known =
    /^\?[\w=&-]*$/.test(search) && searchParams.keys().every((name) => place?.queries.includes(name));
  return known ? place : undefined;
}

async function drawn({ page, path, component, ...place }: Place, req: IncomingMessage, url: URL) {
  const comer = comingIn(database, config.secret, cookieOf(req, hostCookie(sessionCookie, secure)));
  if (!comer) return null;

  const headers = {
    get: (name: string) => req.headers[name]?.toString() ?? null,
    has: (name: string) => name in req.headers
  };
  const spoken = () =>
    languageOf(comer.person()?.locale, cookieOf(req, 'locale'), headers.get('accept-language'));
  const params = { ...path.exec(url.pathname)?.groups };
  const asked = await page.ask({ ...comer, url, params, headers, words: () => wordsFor(spoken()) });
  const person = comer.person();
  if (!person) return null;

  const locale = spoken();
  const frame = frameFor(place, locale);
  // The long road draws the frame, and keeps the language of whoever has signed in.
  if (!frame || cookieOf(req, spokenCookie) !== locale) return null;

  const shown = page.show(asked, { actor: comer.actor, url, t: wordsFor(locale), now: new Date() });
  const data = { ...layoutFacts({ person, locale }), ...shown };
  const { head, body } = render(component, { props: { data, form: null }, context: contextOf(locale) });
  const address = escaped(url.pathname + url.search);
  return { headers: frame.headers, html: frame.draw({ head, body, address }).replaceAll(marks, '') };
}

/** By these scripts would find their way in a page; this one has none that look. What somebody wrote holds no such sign. */
const marks = /<!--(?:\[-?\d*|\])?-->/g;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
