/** Asking for another e-mail address, with the password. */
import { readFields } from '#lib/people/form.ts';
import { isPasswordOf } from '#lib/people/server/account-password.ts';
import { askToChangeEmail } from '#lib/people/server/change-email.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { sayNo, sayRefused } from '../../form-errors.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const person = signedIn(event);
    const { t } = event.locals;
    const reading = readFields(await event.request.formData(), ['email', 'password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    const { email, password } = reading.typed;
    const address = event.getClientAddress();
    try {
      if (!(await isPasswordOf(auth, person.id, password, address)))
        return sayNo(t, reading.typed, { password: { words: 'account.password_wrong' } });
      await askToChangeEmail(auth, person.id, email, address);
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
    return { sentTo: email };
  }
};
