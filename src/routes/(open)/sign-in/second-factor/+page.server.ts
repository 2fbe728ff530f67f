/** The second step of signing in: a code from the phone, or a recovery code. */
import { redirect } from '@sveltejs/kit';
import { readFields } from '#lib/people/form.ts';
import { safePath, withNext } from '#lib/people/landing.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { giveSecondFactor, owesSecondFactor } from '#lib/people/server/sign-in.ts';
import { arrive } from '../../after-sign-in.ts';
import { sayNo, sayRefused } from '../../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const next = safePath(event.url.searchParams.get('next'));
  if (!(await owesSecondFactor(auth, callerOf(event)))) redirect(303, withNext('/sign-in', next));
  return { next };
};

export const actions: Actions = {
  default: async (event) => {
    const { t } = event.locals;
    const reading = readFields(await event.request.formData(), ['code']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    const caller = callerOf(event);
    const answer = await giveSecondFactor(auth, caller, reading.typed.code).catch((refusal: unknown) =>
      sayRefused(t, reading.typed, refusal)
    );
    if (!('outcome' in answer)) return answer;

    const next = safePath(event.url.searchParams.get('next'));
    if (answer.outcome === 'in') return arrive(event, { ...answer, next });
    if (await owesSecondFactor(auth, caller))
      return sayNo(t, reading.typed, { code: { words: 'people.code_wrong' } }, 401);
    redirect(303, '/sign-in?after=late');
  }
};
