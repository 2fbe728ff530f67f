/** Asking for another e-mail address, with the password. */
import { isPasswordOf } from '#lib/people/server/account-password.ts';
import { askToChangeEmail } from '#lib/people/server/change-email.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { answerFields } from '../../form-errors.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: (event) => {
    const person = signedIn(event);
    return answerFields(event, ['email', 'password'], async ({ email, password }, wrong) => {
      const address = event.getClientAddress();
      if (!(await isPasswordOf(auth, person.id, password, address)))
        return wrong({ password: { words: 'account.password_wrong' } });
      await askToChangeEmail(auth, person.id, email, address);
      return { sentTo: email };
    });
  }
};
