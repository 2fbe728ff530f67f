/** Signing in with an e-mail address and a password. */
import { redirect } from '@sveltejs/kit';
import { homeOf, safePath, withNext } from '#lib/people/landing.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { arrive } from '../after-sign-in.ts';
import { answerFields } from '../form-errors.ts';
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
  return {
    next,
    keeps: next?.startsWith('/requests/new') ?? false,
    note: after ? t(after[1]) : null,
    signedOut: after !== undefined && ['out', 'everywhere', 'reset'].includes(after[0])
  };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, ['email', 'password'], async (typed, wrong) => {
      const signed = await signIn(auth, callerOf(event), typed);
      if (signed.outcome === 'wrong') return wrong({ '': { words: 'people.sign_in_wrong' } }, 401);

      const next = safePath(event.url.searchParams.get('next'));
      if (signed.outcome === 'in') return arrive(event, { ...signed, next });
      carryCookies(signed.headers, event.cookies);
      return withNext('/sign-in/second-factor', next);
    })
};
