/** A forgotten password: the same promise of a letter, whether the address is known or not. */
import { askForReset } from '#lib/people/server/reset-password.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { answerFields } from '../form-errors.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: (event) =>
    answerFields(event, ['email'], async ({ email }) => {
      await askForReset(auth, email, event.getClientAddress());
      return { sentTo: email };
    })
};
