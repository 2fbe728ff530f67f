/** Opened from the letter to a new address: from now on the person signs in with it. */
import { auth } from '#lib/people/server/runtime.ts';
import { changeEmail, waitingEmail } from '#lib/people/server/change-email.ts';
import { answerFields } from '../../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { email: await waitingEmail(auth, url.searchParams.get('token') ?? '') };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, [], async () => {
      await changeEmail(
        auth,
        event.url.searchParams.get('token') ?? '',
        event.locals.person?.session ?? null
      );
      return { done: true };
    })
};
