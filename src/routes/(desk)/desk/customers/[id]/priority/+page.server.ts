/** A customer's priority services, written down at the desk as they told. Looking is written down too. */
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { endPriority, loadPriority, savePriority } from '../../../../../priority-form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, t }, params, url }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { id, name } = await openCustomer(db, actor, params.id);
  return { id, name, ...(await loadPriority(db, id, url, t)) };
};

export const actions: Actions = {
  save: async (event) => {
    const { actor, about } = await opened(event);
    return savePriority(event.locals, actor, { ...about, form: await event.request.formData() });
  },

  end: async (event) => {
    const { actor, about } = await opened(event);
    return endPriority(event.locals, actor, about);
  }
};

async function opened({ locals: { db, actor }, params, url }: RequestEvent) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { id: person } = await openCustomer(db, actor, params.id);
  return { actor, about: { person, url, done: `/desk/customers/${person}` } };
}
