/** Signing up: what was typed waits until the letter is opened. */
import { redirect } from '@sveltejs/kit';
import { readFields } from '#lib/people/form.ts';
import { homeOf, safePath } from '#lib/people/landing.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { startSignUp } from '#lib/people/server/sign-up.ts';
import { holdDrafts } from '#lib/forms/server/drafts.ts';
import { sayNo, sayRefused } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { person, actor }, url }) => {
  const next = safePath(url.searchParams.get('next'));
  if (person) redirect(303, next ?? homeOf(actor));
  return { next, keeps: next?.startsWith('/requests/new') ?? false };
};

export const actions: Actions = {
  default: async ({ request, locals: { t, locale, actor, db }, url, getClientAddress }) => {
    const reading = readFields(await request.formData(), ['name', 'email', 'new_password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    const { email, name, new_password: password } = reading.typed;
    const next = safePath(url.searchParams.get('next'));
    const visitor = actor.kind === 'visitor' ? actor.visitor : null;
    try {
      await startSignUp(auth, { email, name, password, locale, next, visitor }, getClientAddress());
      if (visitor) await holdDrafts(db);
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
    return { sentTo: email };
  }
};
