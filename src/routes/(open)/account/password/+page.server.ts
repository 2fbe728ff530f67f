/** Changing the password. */
import { redirect } from '@sveltejs/kit';
import { readFields } from '#lib/people/form.ts';
import { changePassword } from '#lib/people/server/account-password.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { sayNo, sayRefused } from '../../form-errors.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ done: url.searchParams.has('done') });

export const actions: Actions = {
  default: async (event) => {
    const person = signedIn(event);
    const { t } = event.locals;
    const reading = readFields(await event.request.formData(), ['password', 'new_password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    try {
      const headers = await changePassword(auth, callerOf(event), person, reading.typed);
      if (!headers) return sayNo(t, reading.typed, { password: { words: 'account.password_wrong' } });
      carryCookies(headers, event.cookies);
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
    redirect(303, '/account/password?done');
  }
};
