/** Opened from the letter to the old address: it is theirs again, and a letter lets them choose another password. */
import { auth } from '#lib/people/server/runtime.ts';
import { emailToTakeBack, takeEmailBack } from '#lib/people/server/take-email-back.ts';
import { answerFields } from '../../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { email: await emailToTakeBack(auth, url.searchParams.get('token') ?? '') };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, [], async () => {
      await takeEmailBack(auth, event.url.searchParams.get('token') ?? '');
      return { done: true };
    })
};
