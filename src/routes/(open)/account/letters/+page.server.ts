/** Which letters they want, and when they want none. */
import { fail, redirect } from '@sveltejs/kit';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { readLetterChoice } from '#lib/people/contact-form.ts';
import { changeDetails, detailsOf } from '#lib/people/server/details.ts';
import { inWords } from '../../form-errors.ts';
import { signedInCustomer } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = signedInCustomer(event);
  return htmlOnly({ details: await detailsOf(event.locals.db, id) });
};

export const actions: Actions = {
  default: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t } = event.locals;
    const read = readLetterChoice(await event.request.formData());
    if (!read.ok) return fail(422, { typed: read.typed, problems: inWords(t, read.problems) });

    await changeDetails(db, actor, actor.id, read.said);
    redirect(303, '/account?saved');
  }
};
