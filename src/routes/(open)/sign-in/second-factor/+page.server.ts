/** The second step of signing in: a code from the phone, or a recovery code. */
import { redirect } from '@sveltejs/kit';
import { safePath, withNext } from '#lib/people/landing.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { giveSecondFactor, owesSecondFactor } from '#lib/people/server/sign-in.ts';
import { arrive } from '../../after-sign-in.ts';
import { answerFields } from '../../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const next = safePath(event.url.searchParams.get('next'));
  if (!(await owesSecondFactor(auth, callerOf(event)))) redirect(303, withNext('/sign-in', next));
  return { next };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, ['code'], async ({ code }, wrong) => {
      const caller = callerOf(event);
      const signed = await giveSecondFactor(auth, caller, code);
      const next = safePath(event.url.searchParams.get('next'));
      if (signed.outcome === 'in') return arrive(event, { ...signed, next });
      if (await owesSecondFactor(auth, caller)) return wrong({ code: { words: 'people.code_wrong' } }, 401);
      return '/sign-in?after=late';
    })
};
