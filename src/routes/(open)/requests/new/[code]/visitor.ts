/** Visitors on the asking pages are led to sign in where nothing goes on without. */
import { redirect } from '@sveltejs/kit';
import { withNext } from '#lib/people/landing.ts';

/**
 * A visitor may fill everything in; to send it we must know who asks. The draft waits, also in another browser, and the
 * last look after signing in says that it has not been sent.
 */
export function signInFirst({ pathname }: URL, key: string): never {
  redirect(303, withNext('/sign-in', `${pathname}?key=${key}&step=review&unsent=`));
}
