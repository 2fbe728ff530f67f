/** Signing in with an e-mail address and a password. */
import { redirect } from '@sveltejs/kit';
import { readFields } from '#lib/people/form.ts';
import { homeOf, safePath, withNext } from '#lib/people/landing.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { arrive } from '../after-sign-in.ts';
import { sayNo, sayRefused } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

const notes = {
  reset: 'people.sign_in_after_reset',
  out: 'people.sign_in_after_out',
  everywhere: 'people.sign_in_after_everywhere',
  email: 'people.verify_new_done_text',
  late: 'people.second_factor_over'
} as const;

export const load: PageServerLoad = ({ locals: { person, actor, t }, url }) => {
  const next = safePath(url.searchParams.get('next'));
  if (person) redirect(303, next ?? homeOf(actor));

  const after = Object.entries(notes).find(([name]) => name === url.searchParams.get('after'));
  return { next, keeps: next?.startsWith('/requests/new') ?? false, note: after ? t(after[1]) : null };
};

export const actions: Actions = {
  default: async (event) => {
    const { t } = event.locals;
    const reading = readFields(await event.request.formData(), ['email', 'password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    const answer = await signIn(auth, callerOf(event), reading.typed).catch((refusal: unknown) =>
      sayRefused(t, reading.typed, refusal)
    );
    if (!('outcome' in answer)) return answer;
    if (answer.outcome === 'wrong')
      return sayNo(t, reading.typed, { '': { words: 'people.sign_in_wrong' } }, 401);

    const next = safePath(event.url.searchParams.get('next'));
    if (answer.outcome === 'in') return arrive(event, { ...answer, next });
    carryCookies(answer.headers, event.cookies);
    redirect(303, withNext('/sign-in/second-factor', next));
  }
};
