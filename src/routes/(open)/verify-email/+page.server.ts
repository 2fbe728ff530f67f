/** Opened from the letter after signing up: the password once more, and one has an account and is in. */
import { readFields } from '#lib/people/form.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { finishSignUp, waitingSignUp } from '#lib/people/server/sign-up.ts';
import { arrive } from '../after-sign-in.ts';
import { sayNo, sayRefused } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const waiting = await waitingSignUp(auth, url.searchParams.get('token') ?? '');
  return { email: waiting?.email ?? null };
};

export const actions: Actions = {
  default: async (event) => {
    const { t } = event.locals;
    const reading = readFields(await event.request.formData(), ['password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    const token = event.url.searchParams.get('token') ?? '';
    const { password } = reading.typed;
    const caller = callerOf(event);
    try {
      const done = await finishSignUp(auth, token, password, caller.address);
      if (!done) return sayNo(t, reading.typed, { password: { words: 'people.verify_wrong' } }, 401);

      const answer = await signIn(auth, caller, { email: done.email, password });
      if (answer.outcome !== 'in') throw new Error('a person who has just signed up could not sign in');
      return await arrive(event, { ...answer, next: done.next, visitor: done.visitor });
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
  }
};
