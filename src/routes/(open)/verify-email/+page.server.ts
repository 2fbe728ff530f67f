/** Opened from the letter after signing up: the password once more, and one has an account and is in. */
import { callerOf } from '#lib/people/server/caller.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { finishSignUp, waitingSignUp } from '#lib/people/server/sign-up.ts';
import { arrive } from '../after-sign-in.ts';
import { answerFields } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const waiting = await waitingSignUp(auth, url.searchParams.get('token') ?? '');
  return { email: waiting?.email ?? null };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, ['password'], async ({ password }, wrong) => {
      const token = event.url.searchParams.get('token') ?? '';
      const caller = callerOf(event);
      const done = await finishSignUp(auth, token, password, caller.address);
      if (!done) return wrong({ password: { words: 'people.verify_wrong' } }, 401);

      const signed = await signIn(auth, caller, { email: done.email, password });
      if (signed.outcome !== 'in') throw new Error('a person who has just signed up could not sign in');
      return arrive(event, { ...signed, next: done.next, visitor: done.visitor });
    })
};
