/** Readings that nobody believed at once: staff say whether they count. */
import { decideReading, decisions, doubtedReadings } from '#lib/accounts/server/doubted.ts';
import { photosOf } from '#lib/files/server/of-readings.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor } }) => {
  const readings = await doubtedReadings(db);
  return {
    readings,
    photos: await photosOf(
      db,
      actor,
      readings.map(({ id }) => id)
    )
  };
};

export const actions: Actions = {
  /** Sent from the list, and from a customer's page, which it leads back to. */
  decide: async ({ locals: { db, actor, t }, request }) => {
    const form = await request.formData();
    const customer = textIn(form, 'back');
    const to = decisions.find((one) => one === form.get('to')) ?? refuse('invalid', 'readings.decided');
    return answer(t, async () => {
      await decideReading(db, actor, {
        id: textIn(form, 'id'),
        digits: textIn(form, 'seen'),
        to,
        sure: form.has('sure')
      });
      return isKey(customer) ? `/desk/customers/${customer}#readings` : '/desk/readings';
    });
  }
};
