/** Opened once, from the terminal of a fresh installation: the first admin, who then sets up a second factor. */
import { readFields } from '#lib/people/form.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { canMakeFirstAdmin, makeFirstAdmin } from '#lib/people/server/first-admin.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { arrive } from '../after-sign-in.ts';
import { sayNo, sayRefused } from '../form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { open: await canMakeFirstAdmin(auth, url.searchParams.get('token') ?? '') };
};

export const actions: Actions = {
  default: async (event) => {
    const { t, locale } = event.locals;
    const reading = readFields(await event.request.formData(), ['name', 'email', 'new_password']);
    if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

    const { name, email, new_password: password } = reading.typed;
    const token = event.url.searchParams.get('token') ?? '';
    try {
      await makeFirstAdmin(auth, token, { name, email, password, locale });
      const answer = await signIn(auth, callerOf(event), { email, password });
      if (answer.outcome !== 'in') throw new Error('the first admin could not sign in');
      return await arrive(event, { ...answer, next: '/account/second-factor' });
    } catch (refusal) {
      return sayRefused(t, reading.typed, refusal);
    }
  }
};
