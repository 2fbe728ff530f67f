/** Signing up: what was typed waits until the letter is opened. */
import { redirect } from '@sveltejs/kit';
import { homeOf, safePath } from '#lib/people/landing.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { startSignUp } from '#lib/people/server/sign-up.ts';
import { holdDrafts } from '#lib/forms/server/drafts.ts';
import { answerFields } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { person, actor }, url }) => {
  const next = safePath(url.searchParams.get('next'));
  if (person) redirect(303, next ?? homeOf(actor));
  return { next, keeps: next?.startsWith('/requests/new') ?? false };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, ['name', 'email', 'new_password'], async (typed) => {
      const { email, name, new_password: password } = typed;
      const { locale, actor, db } = event.locals;
      const next = safePath(event.url.searchParams.get('next'));
      const visitor = actor.kind === 'visitor' ? actor.visitor : null;
      const asked = { email, name, password, locale, next, visitor };
      await startSignUp(auth, asked, event.getClientAddress());
      if (visitor) await holdDrafts(db);
      return { sentTo: email };
    })
};
