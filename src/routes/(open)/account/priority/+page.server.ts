/** Priority services for their home. */
import { redirect } from '@sveltejs/kit';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { endPriority, loadPriority, savePriority } from '../../../priority-form.ts';
import { signedInCustomer } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = signedInCustomer(event);
  return htmlOnly(await loadPriority(event.locals.db, id, event.url, event.locals.t));
};

export const actions: Actions = {
  save: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t } = event.locals;
    const wrong = await savePriority({ db, actor, t }, actor.id, event.url, await event.request.formData());
    return wrong ?? redirect(303, '/account?saved');
  },

  end: async (event) => {
    const actor = signedInCustomer(event);
    await endPriority(event.locals.db, actor, actor.id, event.url);
    redirect(303, '/account?saved');
  }
};
