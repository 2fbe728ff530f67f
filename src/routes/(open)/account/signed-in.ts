/** Settings are for whoever is signed in, customers and staff alike; others are led to sign in and back. */
import { redirect } from '@sveltejs/kit';
import { withNext } from '#lib/people/landing.ts';
import type { Person } from '#lib/people/server/session.ts';

export function signedIn({ locals, url }: { locals: App.Locals; url: URL }): Person {
  return locals.person ?? redirect(303, withNext('/sign-in', url.pathname));
}
