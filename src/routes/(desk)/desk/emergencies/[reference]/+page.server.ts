/** One emergency with its log, and the steps that move it on. */
import { emergencyStatuses, standDownReasons } from '#lib/emergencies/life.ts';
import { moveEmergency } from '#lib/emergencies/server/commands.ts';
import { getEmergency } from '#lib/emergencies/server/queries.ts';
import { readLog } from '#lib/emergencies/server/reading-log.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params, depends }) => {
  depends('desk:emergencies');
  const emergency = await getEmergency(db, params.reference);
  return { now: new Date(), emergency, log: await readLog(db, { ids: [emergency.id] }) };
};

export const actions: Actions = {
  move: async ({ locals: { db, actor, t }, params, request }) => {
    const form = await request.formData();
    const to = emergencyStatuses.find((status) => status === form.get('to'));
    const reason = standDownReasons.find((known) => known === form.get('reason'));
    if (!to) refuse('invalid', 'emergencies.moved_on');
    return answer(t, async () => {
      await moveEmergency(db, actor, params.reference, reason ? { to, reason } : { to });
      return `/desk/emergencies/${encodeURIComponent(params.reference)}`;
    });
  }
};
