/** Opened from the letter about a forgotten password: the new one is set, and every session ends. */
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { canReset, resetPassword } from '#lib/people/server/reset-password.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signOut } from '#lib/people/server/sign-in.ts';
import { answerFields } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { open: await canReset(auth, url.searchParams.get('token') ?? '') };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, ['new_password'], async ({ new_password: password }) => {
      await resetPassword(auth, event.url.searchParams.get('token') ?? '', password);
      carryCookies(await signOut(auth, callerOf(event)), event.cookies);
      return '/sign-in?after=reset';
    })
};
