/** Opened from the letter to a member of staff to be: they choose a password, are in, and set up their second step. */
import { readFields } from '#lib/people/form.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { acceptInvitation, waitingInvitation } from '#lib/people/server/accept-invitation.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { arrive } from '../after-sign-in.ts';
import { sayNo, sayRefused } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { invited: await waitingInvitation(auth, url.searchParams.get('token') ?? '') };
};

export const actions: Actions = {
  default: async (event) => {
    const { t } = event.locals;
    const reading = readFields(await event.request.formData(), ['new_password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    const password = reading.typed.new_password;
    try {
      const { email } = await acceptInvitation(auth, event.url.searchParams.get('token') ?? '', password);
      const answer = await signIn(auth, callerOf(event), { email, password });
      if (answer.outcome !== 'in') throw new Error('a member of staff who has just joined could not sign in');
      return await arrive(event, { ...answer, next: '/account/second-factor' });
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
  }
};
