/** Opened once, from the terminal of a fresh installation: the first admin, who then sets up a second factor. */
import { callerOf } from '#lib/people/server/caller.ts';
import { canMakeFirstAdmin, makeFirstAdmin } from '#lib/people/server/first-admin.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { arrive } from '../after-sign-in.ts';
import { answerFields } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { open: await canMakeFirstAdmin(auth, url.searchParams.get('token') ?? '') };
};

export const actions: Actions = {
  default: (event) =>
    answerFields(event, ['name', 'email', 'new_password'], async (typed) => {
      const { name, email, new_password: password } = typed;
      const token = event.url.searchParams.get('token') ?? '';
      await makeFirstAdmin(auth, token, { name, email, password, locale: event.locals.locale });
      const signed = await signIn(auth, callerOf(event), { email, password });
      if (signed.outcome !== 'in') throw new Error('the first admin could not sign in');
      return arrive(event, { ...signed, next: '/account/second-factor' });
    })
};
