/** A customer's priority services, written down at the desk as they told. Looking is written down too. */
import { redirect } from '@sveltejs/kit';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { endPriority, loadPriority, savePriority } from '../../../../../priority-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, t }, params, url }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { id, name } = await openCustomer(db, actor, params.id);
  return { id, name, ...(await loadPriority(db, id, url, t)) };
};

export const actions: Actions = {
  save: async ({ locals: { db, actor, t }, params, url, request }) => {
    if (!isStaff(actor)) refuse('missing', 'errors.missing');
    const { id } = await openCustomer(db, actor, params.id);
    const wrong = await savePriority({ db, actor, t }, id, url, await request.formData());
    return wrong ?? redirect(303, `/desk/customers/${id}`);
  },

  end: async ({ locals: { db, actor }, params, url }) => {
    if (!isStaff(actor)) refuse('missing', 'errors.missing');
    const { id } = await openCustomer(db, actor, params.id);
    await endPriority(db, actor, id, url);
    redirect(303, `/desk/customers/${id}`);
  }
};
