/** Changing the password. */
import { changePassword } from '#lib/people/server/account-password.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { answerFields } from '../../form-errors.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ done: url.searchParams.has('done') });

export const actions: Actions = {
  default: (event) => {
    const person = signedIn(event);
    return answerFields(event, ['password', 'new_password'], async (typed, wrong) => {
      const headers = await changePassword(auth, callerOf(event), person, typed);
      if (!headers) return wrong({ password: { words: 'account.password_wrong' } });
      carryCookies(headers, event.cookies);
      return '/account/password?done';
    });
  }
};
