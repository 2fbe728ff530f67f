/** Where somebody is signed in, and how they end it. */
import { actorOf } from '#lib/people/server/session.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { endSession, sessionsOf, signOutEverywhere } from '#lib/people/server/own-sessions.ts';
import { textIn } from '#lib/platform/posted.ts';
import { answer } from '../../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  sessions: await sessionsOf(auth.db, signedIn(event))
});

export const actions: Actions = {
  end: async (event) => {
    const person = signedIn(event);
    const session = textIn(await event.request.formData(), 'session');
    return answer(event.locals.t, async () => {
      if (session) await endSession(auth.db, actorOf(person), session);
      return '/account/sessions';
    });
  },

  everywhere: (event) => {
    const actor = actorOf(signedIn(event));
    return answer(event.locals.t, async () => {
      await signOutEverywhere(auth.db, actor);
      return '/sign-in?after=everywhere';
    });
  }
};
