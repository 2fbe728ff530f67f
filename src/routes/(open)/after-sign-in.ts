/** Somebody has just signed in: what they filled in as a visitor becomes theirs, and they go on to where they were headed. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { homeOf } from '#lib/people/landing.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { knownCookieOptions, nameOfKnownCookie, remember } from '#lib/people/server/known-browser.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { adoptDrafts } from '#lib/forms/server/drafts.ts';
import { adoptConversation } from '#lib/chat/server/commands.ts';
import { emailOf, roleOf } from '#lib/people/server/queries.ts';

export interface Arrival {
  person: string;
  /** The answer of the sign-in library, with its cookies. */
  headers: Headers;
  next: string | null;
  /** The digest of the visitor who signed up, perhaps in another browser than the one that opened the letter. */
  visitor?: string | null;
}

export async function arrive(event: RequestEvent, arrival: Arrival): Promise<never> {
  const { person, headers, next, visitor = null } = arrival;
  const { actor } = event.locals;
  await adoptDrafts(database, visitor, person);
  if (actor.kind === 'visitor') await adoptDrafts(database, actor.visitor, person);
  const asThem = database.as({ kind: 'person', id: person, role: 'customer', team: null });
  for (const one of new Set([visitor, actor.kind === 'visitor' ? actor.visitor : null]))
    if (one) await adoptConversation(asThem, one);

  carryCookies(headers, event.cookies);
  await rememberBrowser(event, person);
  redirect(303, next ?? homeOf({ kind: 'person', id: person, ...(await roleOf(auth.db, person)) }));
}

/** From now on nobody's guesses from elsewhere keep them from signing in here. */
async function rememberBrowser({ cookies }: RequestEvent, person: string) {
  const name = nameOfKnownCookie(secure);
  const known = remember(cookies.get(name), config.secret, [person, await emailOf(auth.db, person)]);
  cookies.set(name, known, knownCookieOptions(secure));
}
