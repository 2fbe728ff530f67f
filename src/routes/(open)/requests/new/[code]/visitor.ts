/** Visitors on the asking pages: remembered from the first moment, and led to sign in where nothing goes on without. */
import { redirect, type Cookies } from '@sveltejs/kit';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { withNext } from '#lib/people/landing.ts';
import {
  newVisitor,
  visitorCookie,
  visitorCookieOptions,
  visitorDigest
} from '#lib/people/server/visitor.ts';

/**
 * Drafts and uploads of somebody who is not signed in are known by a signed cookie. Who has none is given one at once:
 * their session may have ended while they typed, and what they send now must be kept already.
 */
export function rememberVisitor({ cookies, locals }: { cookies: Cookies; locals: App.Locals }) {
  if (locals.actor.kind !== 'visitor' || locals.actor.visitor) return;
  const cookie = newVisitor(config.secret);
  cookies.set(visitorCookie, cookie, visitorCookieOptions(secure));
  locals.actor = { kind: 'visitor', visitor: visitorDigest(cookie, config.secret) };
  locals.db = database.as(locals.actor);
}

/** A visitor may fill everything in; to send it we must know who asks. The draft waits, also in another browser. */
export function signInFirst({ pathname }: URL, key: string): never {
  redirect(303, withNext('/sign-in', `${pathname}?key=${key}&step=review`));
}
