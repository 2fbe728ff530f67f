/** Another e-mail address for a customer who asked for it: confirmed from there, told to the one before, recorded. */
import { fail } from '@sveltejs/kit';
import { type Problem, readFields } from '#lib/people/form.ts';
import { askToChangeEmail } from '#lib/people/server/change-email.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { textIn } from '#lib/platform/posted.ts';
import { inWords } from '../../../../../(open)/form-errors.ts';
import { again, answer } from '../../../../../form-action.ts';
import { openStanding } from '../open-standing.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params, url }) => {
  const { id, name, email } = (await openStanding(db, actor, params.id)).customer;
  return { id, name, email, asked: url.searchParams.has('asked') };
};

export const actions: Actions = {
  default: async (event) => {
    const { db, actor: asker, t } = event.locals;
    const { actor, customer } = await openStanding(db, asker, event.params.id);
    const form = await event.request.formData();
    const reading = readFields(form, ['email']);
    const sure = textIn(form, 'sure') === 'yes';
    if (!reading.ok || !sure) {
      const unsure: Problem = { words: 'account.desk_sure_none' };
      const problems = { ...(!reading.ok && reading.problems), ...(!sure && { sure: unsure }) };
      return fail(422, { typed: reading.typed, problems: inWords(t, problems) });
    }
    const { email } = reading.typed;
    const ask = async () => {
      await askToChangeEmail(auth, customer.id, email, event.getClientAddress(), actor);
      return `/desk/customers/${customer.id}/email?asked`;
    };
    return answer(t, ask, again({ email }));
  }
};
