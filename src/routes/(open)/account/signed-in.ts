/** Settings are for whoever is signed in, customers and staff alike; others are led to sign in and back. */
import { redirect } from '@sveltejs/kit';
import { isCustomer, type Customer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { withNext } from '#lib/people/landing.ts';
import type { Person } from '#lib/people/server/session.ts';

export function signedIn({ locals, url }: { locals: App.Locals; url: URL }): Person {
  return locals.person ?? redirect(303, withNext('/sign-in', url.pathname));
}

/** What is about a customer is for customers; whoever works here has the desk. */
export function signedInCustomer(event: { locals: App.Locals; url: URL }): Customer {
  signedIn(event);
  const { actor } = event.locals;
  return isCustomer(actor) ? actor : refuse('missing', 'errors.missing');
}
