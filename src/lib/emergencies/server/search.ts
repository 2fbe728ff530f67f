/** Searches are read for danger too: a call for help may be typed into the first box there is. */
import { createHmac } from 'node:crypto';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { callOf } from '#lib/people/server/caller.ts';
import { enter } from '#lib/people/server/authenticate.ts';
import { safePath } from '#lib/people/landing.ts';
import { isAskedFor } from '#lib/platform/asked-for.ts';
import { keyOfDigest } from '#lib/platform/posted.ts';
import { inTime } from '#lib/platform/server/timeout.ts';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { readReference } from '#lib/platform/reference.ts';
import type { Reading } from '#lib/safety/server/reading-here.ts';
import { hearDanger, reportDanger, showSafety, supplyFor, wayToSafety, type Danger } from './inbound.ts';

/**
 * Stops a search that calls for help, or that could, and "I am safe" leads back to what it finds. A person is told of a
 * call for help. Of what only could be one ("hiss"), and of what nobody here has asked for, the page asks first.
 */
export async function searchSafely(event: RequestEvent, search: string, verdict: Reading) {
  if (isReference(search)) return;
  const { url, request } = event;
  const said = new URLSearchParams([...url.searchParams].filter(([name]) => !ours.has(name)));
  const inbound = {
    ...inboundOf(event, search, `${url.pathname}?${said}`),
    safe: url.searchParams.get('safe')
  };
  const danger = await hearDanger(event, inbound, verdict);
  if (danger?.level === 'emergency' && isAskedFor(request.headers, url.origin))
    await showSafety(event, inbound, danger);
  if (!danger) return;
  const supply = await supplyFor(event.locals.db, inbound);
  redirect(303, wayToSafety({ ...inbound, supply }, danger, { ask: true }));
}

/**
 * Whoever was asked says that it is danger: now a person is told, of the search or of what was `typed` in a form. Gives
 * the way on, to the page that says so.
 */
export async function confirmDanger(
  event: RequestEvent,
  hazard: Danger['hazard'],
  typed: string[]
): Promise<string> {
  const back = safePath(event.url.searchParams.get('back')) ?? '/';
  const search = new URL(back, config.origin).searchParams.get('q') ?? '';
  const keeper = { database, secret: config.secret, secure };
  // The safety page asks nobody who they are; here it is worth a moment.
  const who = await inTime(enter(keeper, callOf(event, config.secret)), patience).catch(() => null);
  Object.assign(event.locals, who);
  const inbound = inboundOf(event, search, back);
  const form = { ...inbound, texts: typed, channel: 'form', key: event.url.searchParams.get('key') ?? '' };
  return reportDanger(event, typed.length > 0 ? form : inbound, { level: 'reported', hazard });
}

const patience = 1_000;

const inboundOf = (event: RequestEvent, search: string, back: string) => ({
  texts: [search],
  channel: 'search',
  back,
  key: keyOfSearch(event, search)
});

/** One in a hundred sounds like something. Without a digit it could be words. */
const isReference = (search: string) => /\d/.test(search) && readReference(search) !== null;

const ours = new Set(['key', 'safe']);

/** A search has no form of its own: the same words of the same person are, after a reload or on the way back, one call. */
export function keyOfSearch({ locals, getClientAddress, url }: RequestEvent, search: string) {
  const keys = [whoIs(locals.actor), getClientAddress()].flatMap((who) => (who ? keyOf(who, search) : []));
  // Who had no cookie then comes back with one, and with the key of then.
  return keys.find((key) => key === url.searchParams.get('key')) ?? keys[0] ?? keyOf('', search);
}

const keyOf = (who: string, search: string) =>
  keyOfDigest(createHmac('sha256', config.secret).update(`search ${who}\n${search}`).digest('hex'));

/** With the database away, and to a browser without a cookie, nobody. */
function whoIs(actor: App.Locals['actor'] | undefined) {
  if (actor?.kind === 'person') return actor.id;
  return actor?.kind === 'visitor' ? actor.visitor : null;
}
