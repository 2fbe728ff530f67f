/** Who a customer is and how they are reached, changed at the desk as they asked, and what was changed so far. */
import { fail } from '@sveltejs/kit';
import { changesOf } from '#lib/accounts/server/change-history.ts';
import { readContact } from '#lib/people/contact-form.ts';
import { readFields } from '#lib/people/form.ts';
import { changeDetails, detailsOf } from '#lib/people/server/details.ts';
import { inWords } from '../../../../../(open)/form-errors.ts';
import { again, answer } from '../../../../../form-action.ts';
import { isTextedAt, textsOf } from '../../../../../texts-of.ts';
import { openStanding } from '../open-standing.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params, url }) => {
  const { id, name } = (await openStanding(db, actor, params.id)).customer;
  const [details, { changes }, texts] = await Promise.all([
    detailsOf(db, id),
    changesOf(db, id),
    textsOf(db, id)
  ]);
  return { id, name, details, texts, changes, saved: url.searchParams.has('saved') };
};

export const actions: Actions = {
  default: async ({ locals: { db, actor: asker, t }, params, request }) => {
    const { actor, customer } = await openStanding(db, asker, params.id);
    const form = await request.formData();
    const isTexted = isTextedAt(await textsOf(db, customer.id));
    const [profile, contact] = [readFields(form, ['name', 'locale']), readContact(form, isTexted)];
    if (!profile.ok || !contact.ok) {
      const typed = { ...profile.typed, ...(contact.ok ? contact.said : contact.typed) };
      const problems = { ...(!profile.ok && profile.problems), ...(!contact.ok && contact.problems) };
      return fail(422, { typed, problems: inWords(t, problems) });
    }
    const typed = { ...profile.typed, ...contact.said };
    const change = async () => {
      await changeDetails(db, actor, customer.id, typed);
      return `/desk/customers/${customer.id}/details?saved`;
    };
    return answer(t, change, again(typed));
  }
};
