/** Opened from the letter to a member of staff to be: they choose a password, are in, and set up their second step. */
import { callerOf } from '#lib/people/server/caller.ts';
import { acceptInvitation, waitingInvitation } from '#lib/people/server/accept-invitation.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { arrive } from '../after-sign-in.ts';
import { answerFields } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { invited: await waitingInvitation(auth, url.searchParams.get('token') ?? '') };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, ['new_password'], async ({ new_password: password }) => {
      const { email } = await acceptInvitation(auth, event.url.searchParams.get('token') ?? '', password);
      const signed = await signIn(auth, callerOf(event), { email, password });
      if (signed.outcome !== 'in') throw new Error('a member of staff who has just joined could not sign in');
      return arrive(event, { ...signed, next: '/account/second-factor' });
    })
};
