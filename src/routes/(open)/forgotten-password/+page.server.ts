/** A forgotten password: the same promise of a letter, whether the address is known or not. */
import { readFields } from '#lib/people/form.ts';
import { askForReset } from '#lib/people/server/reset-password.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { sayNo, sayRefused } from '../form-errors.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, locals: { t }, getClientAddress }) => {
    const reading = readFields(await request.formData(), ['email']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    try {
      await askForReset(auth, reading.typed.email, getClientAddress());
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
    return { sentTo: reading.typed.email };
  }
};
