/** All emergencies: those that are open, unacknowledged and newest first, and the latest of those that are over. */
import { canTakeOutRecord } from '#lib/emergencies/access.ts';
import { acknowledgeFold } from '#lib/emergencies/server/acknowledging.ts';
import { listFold, listOpen, listOver } from '#lib/emergencies/server/queries.ts';
import { textIn } from '#lib/platform/posted.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url, depends }) => {
  depends('desk:emergencies');
  const fold = url.searchParams.get('fold');
  const [open, over] = fold
    ? [await listFold(db, fold), []]
    : await Promise.all([listOpen(db), listOver(db)]);
  return {
    now: new Date(),
    fold,
    open,
    over,
    may: { takeOut: canTakeOutRecord(actor) }
  };
};

export const actions: Actions = {
  /** All of one fold that were on the page, and none that has come in since. */
  acknowledge: async ({ locals: { db, actor, t }, request }) => {
    const form = await request.formData();
    const upTo = new Date(Number(textIn(form, 'seen')));
    return answer(t, async () => {
      await acknowledgeFold(db, actor, textIn(form, 'to'), Number.isNaN(upTo.getTime()) ? new Date(0) : upTo);
      return '/desk/emergencies';
    });
  }
};
