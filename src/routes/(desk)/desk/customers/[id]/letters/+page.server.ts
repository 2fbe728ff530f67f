/** Which letters a customer wants and when none, changed at the desk as they asked. */
import { fail } from '@sveltejs/kit';
import { readLetterChoice } from '#lib/people/contact-form.ts';
import { changeDetails, detailsOf } from '#lib/people/server/details.ts';
import { inWords } from '../../../../../(open)/form-errors.ts';
import { again, answer } from '../../../../../form-action.ts';
import { textsOf } from '../../../../../texts-of.ts';
import { openStanding } from '../open-standing.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params, url }) => {
  const { id, name } = (await openStanding(db, actor, params.id)).customer;
  const texts = await textsOf(db, id);
  return { id, name, texts, details: await detailsOf(db, id), saved: url.searchParams.has('saved') };
};

export const actions: Actions = {
  default: async ({ locals: { db, actor: asker, t }, params, request }) => {
    const { actor, customer } = await openStanding(db, asker, params.id);
    const read = readLetterChoice(await request.formData(), (await textsOf(db, customer.id)).on);
    if (!read.ok) return fail(422, { typed: read.typed, problems: inWords(t, read.problems) });
    const change = async () => {
      await changeDetails(db, actor, customer.id, read.said);
      return `/desk/customers/${customer.id}/letters?saved`;
    };
    return answer(t, change, again(read.said));
  }
};
