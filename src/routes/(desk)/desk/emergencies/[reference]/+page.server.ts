/** One emergency with its log, the steps that move it on, and what a caller says of where it is. */
import { fail } from '@sveltejs/kit';
import { emergencyStatuses, standDownReasons } from '#lib/emergencies/life.ts';
import { mostOfContact } from '#lib/emergencies/callers-words.ts';
import { addToEmergency, moveEmergency } from '#lib/emergencies/server/commands.ts';
import { getEmergency } from '#lib/emergencies/server/queries.ts';
import { readLog } from '#lib/emergencies/server/reading-log.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params, depends }) => {
  depends('desk:emergencies');
  const emergency = await getEmergency(db, params.reference);
  return { now: new Date(), emergency, log: await readLog(db, { ids: [emergency.id] }) };
};

export const actions: Actions = {
  /** What was said on the telephone. What stood before is kept beside it. */
  contact: async ({ locals: { db, t }, params, request }) => {
    const form = await request.formData();
    const contact = { phone: textIn(form, 'phone').trim(), place: textIn(form, 'place').trim() };
    const problems = {
      ...(contact.phone.length > mostOfContact.phone && { phone: t('emergencies.told_long') }),
      ...(contact.place.length > mostOfContact.place && { place: t('emergencies.told_long') }),
      ...(contact.phone + contact.place === '' && { place: t('emergencies.told_nothing') })
    };
    if (Object.keys(problems).length > 0) return fail(422, { contact, problems });
    const { id } = await getEmergency(db, params.reference);
    return answer(
      t,
      async () => {
        const told = {
          ...(contact.phone && { phone: contact.phone }),
          ...(contact.place && { place: contact.place })
        };
        if (!(await addToEmergency(db, { id, kind: 'contact_given', ...told })))
          refuse('conflict', 'emergencies.told_too_late');
        return `/desk/emergencies/${encodeURIComponent(params.reference)}`;
      },
      (problem) => ({ problem, contact })
    );
  },
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
