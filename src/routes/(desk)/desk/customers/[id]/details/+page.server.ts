/** How a customer is reached, changed at the desk as they asked, and what was changed so far. Looking is written down. */
import { fail, redirect } from '@sveltejs/kit';
import { changesOf } from '#lib/accounts/server/change-history.ts';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { readContact } from '#lib/people/contact-form.ts';
import { changeDetails, detailsOf } from '#lib/people/server/details.ts';
import { inWords } from '../../../../../(open)/form-errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params, url }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { id, name } = await openCustomer(db, actor, params.id);
  const [details, { changes }] = await Promise.all([detailsOf(db, id), changesOf(db, id)]);
  return { id, name, details, changes, saved: url.searchParams.has('saved') };
};

export const actions: Actions = {
  default: async ({ locals: { db, actor, t }, params, request }) => {
    if (!isStaff(actor)) refuse('missing', 'errors.missing');
    const { id } = await openCustomer(db, actor, params.id);
    const read = readContact(await request.formData());
    if (!read.ok) return fail(422, { typed: read.typed, problems: inWords(t, read.problems) });

    await changeDetails(db, actor, id, read.said);
    redirect(303, `/desk/customers/${id}/details?saved`);
  }
};
