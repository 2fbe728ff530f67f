/** Signing out of this browser. */
import { redirect } from '@sveltejs/kit';
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signOut } from '#lib/people/server/sign-in.ts';
import { answer } from '../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { person } }) => {
  if (!person) redirect(303, '/sign-in');
};

export const actions: Actions = {
  default: (event) =>
    answer(event.locals.t, async () => {
      carryCookies(await signOut(auth, callerOf(event)), event.cookies);
      return '/sign-in?after=out';
    })
};
