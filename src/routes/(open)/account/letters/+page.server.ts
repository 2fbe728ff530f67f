/** Which letters they want, and when they want none. */
import { fail } from '@sveltejs/kit';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { readLetterChoice } from '#lib/people/contact-form.ts';
import { changeDetails, detailsOf } from '#lib/people/server/details.ts';
import { again, answer } from '../../../form-action.ts';
import { inWords } from '../../form-errors.ts';
import { textsOf } from '../../../texts-of.ts';
import { signedInCustomer } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = signedInCustomer(event);
  const { db } = event.locals;
  const [details, texts] = await Promise.all([detailsOf(db, id), textsOf(db, id)]);
  return htmlOnly({ details, texts, confirmed: event.url.searchParams.has('confirmed') });
};

export const actions: Actions = {
  default: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t } = event.locals;
    const read = readLetterChoice(await event.request.formData(), (await textsOf(db, actor.id)).on);
    if (!read.ok) return fail(422, { typed: read.typed, problems: inWords(t, read.problems) });

    const change = async () => (await changeDetails(db, actor, actor.id, read.said), '/account?saved');
    return answer(t, change, again(read.said));
  }
};
