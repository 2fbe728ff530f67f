/** Priority services for their home. */
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
    const form = await event.request.formData();
    return savePriority(event.locals, actor, { person: actor.id, url: event.url, form, done });
  },

  end: (event) => {
    const actor = signedInCustomer(event);
    return endPriority(event.locals, actor, { person: actor.id, url: event.url, done });
  }
};

const done = '/account?saved';
