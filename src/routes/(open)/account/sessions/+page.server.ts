/** Where somebody is signed in, and how they end it. */
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/people/server/session.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { endSession, sessionsOf, signOutEverywhere } from '#lib/people/server/own-sessions.ts';
import { textIn } from '#lib/platform/posted.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  sessions: await sessionsOf(auth.db, signedIn(event))
});

export const actions: Actions = {
  end: async (event) => {
    const person = signedIn(event);
    const session = textIn(await event.request.formData(), 'session');
    if (session) await endSession(auth.db, actorOf(person), session);
    redirect(303, '/account/sessions');
  },

  everywhere: async (event) => {
    await signOutEverywhere(auth.db, actorOf(signedIn(event)));
    redirect(303, '/sign-in?after=everywhere');
  }
};
