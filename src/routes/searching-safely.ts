/** Searches are read for danger too: a call for help may be typed into the first box there is. */
import { createHmac } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { keyOfDigest } from '#lib/platform/posted.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { readReference } from '#lib/requests/reference.ts';
import { safetyFirst } from './safety-first.ts';

/** Stops a search that calls for help, or that could: a person is told, and "I am safe" leads back to what it finds. */
export async function searchSafely(event: RequestEvent, search: string) {
  if (search.trim() === '' || isReference(search)) return;
  const { url } = event;
  const said = new URLSearchParams([...url.searchParams].filter(([name]) => !ours.has(name)));
  await safetyFirst(event, {
    texts: [search],
    channel: 'search',
    back: `${url.pathname}?${said}`,
    key: keyOfSearch(event, search),
    safe: url.searchParams.get('safe')
  });
}

/** One in a hundred sounds like something. Without a digit it could be words. */
const isReference = (search: string) => /\d/.test(search) && readReference(search) !== null;

const ours = new Set(['key', 'safe']);

/** A search has no form of its own: the same words of the same person are, after a reload or on the way back, one call. */
export function keyOfSearch({ locals, getClientAddress }: RequestEvent, search: string) {
  const digest = createHmac('sha256', config.secret)
    .update(`search ${whoIs(locals.actor) ?? getClientAddress()}\n${search}`)
    .digest('hex');
  return keyOfDigest(digest);
}

/** With the database away, and to a browser without a cookie, nobody. */
function whoIs(actor: App.Locals['actor'] | undefined) {
  if (actor?.kind === 'person') return actor.id;
  return actor?.kind === 'visitor' ? actor.visitor : null;
}
