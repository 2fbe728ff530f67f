/** Visitors are remembered from the first moment at which something of theirs is kept. */
import type { Cookies } from '@sveltejs/kit';
import { hostCookie } from '#lib/platform/cookie.ts';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { newVisitor, visitorCookie, visitorCookieOptions, visitorDigest } from './visitor.ts';

/**
 * Drafts, uploads and calls for help of somebody who is not signed in are known by a signed cookie. Who has none is
 * given one at once: their session may have ended while they typed, and what they send now must be kept already.
 * Gives the new cookie as a header, for answers that are not made by a page.
 */
export function rememberVisitor({ cookies, locals }: { cookies: Cookies; locals: App.Locals }) {
  if (locals.actor.kind !== 'visitor' || locals.actor.visitor) return null;
  const cookie = newVisitor(config.secret);
  cookies.set(hostCookie(visitorCookie, secure), cookie, visitorCookieOptions(secure));
  locals.actor = { ...locals.actor, visitor: visitorDigest(cookie, config.secret) };
  locals.db = database.as(locals.actor);
  return cookies.serialize(hostCookie(visitorCookie, secure), cookie, visitorCookieOptions(secure));
}
