/** Opened from the letter about a forgotten password: the new one is set, and every session ends. */
import { redirect } from '@sveltejs/kit';
import { readFields } from '#lib/people/form.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { canReset, resetPassword } from '#lib/people/server/reset-password.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signOut } from '#lib/people/server/sign-in.ts';
import { sayNo, sayRefused } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { open: await canReset(auth, url.searchParams.get('token') ?? '') };
};

export const actions: Actions = {
  default: async (event) => {
    const { t } = event.locals;
    const reading = readFields(await event.request.formData(), ['new_password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    try {
      await resetPassword(auth, event.url.searchParams.get('token') ?? '', reading.typed.new_password);
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
    carryCookies(await signOut(auth, callerOf(event)), event.cookies);
    redirect(303, '/sign-in?after=reset');
  }
};
