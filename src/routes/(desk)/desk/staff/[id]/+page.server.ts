/** A member of staff: who they are, and what an admin may change about it. */
import { mayChangeRole, mayDeactivate, mayReactivate, mayResetSecondFactor } from '#lib/people/access.ts';
import { listChanges } from '#lib/people/server/changes.ts';
import { changeRole, reactivate, resetSecondFactor } from '#lib/people/server/manage-staff.ts';
import { getStaff, listColleagues, listTeams } from '#lib/people/server/staff.ts';
import { readHeir, staffRoleOf } from '#lib/people/staffing.ts';
import { countHeld, letGo } from '#lib/requests/server/offboarding.ts';
import { answer } from '../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params }) => {
  const colleague = await getStaff(db, actor, params.id);
  const [teams, colleagues, held, { changes }] = await Promise.all([
    listTeams(db),
    listColleagues(db),
    countHeld(db, colleague.id),
    listChanges(db, { about: colleague.id, most: 10 })
  ]);
  return {
    colleague,
    teams,
    colleagues: colleagues.filter(({ id }) => id !== colleague.id),
    held,
    changes,
    isSelf: actor.kind === 'person' && actor.id === colleague.id,
    mayDo: {
      changeRole: mayChangeRole(actor, colleague),
      resetSecondFactor: mayResetSecondFactor(actor, colleague),
      deactivate: mayDeactivate(actor, colleague),
      reactivate: mayReactivate(actor, colleague)
    }
  };
};

export const actions: Actions = {
  role: answer(['role', 'team'], async ({ db, actor, id, typed }) => {
    await changeRole(db, actor, id, { role: staffRoleOf(typed.role), team: typed.team || null });
    return `/desk/staff/${id}?done=saved`;
  }),
  reset: answer([], async ({ db, actor, id }) => {
    await resetSecondFactor(db, actor, id);
    return `/desk/staff/${id}?done=reset`;
  }),
  deactivate: answer(['heir'], async ({ db, actor, id, typed }) => {
    await letGo(db, actor, id, readHeir(typed.heir) ?? { agent: null, team: null });
    return `/desk/staff/${id}?done=deactivated`;
  }),
  reactivate: answer([], async ({ db, actor, id }) => {
    await reactivate(db, actor, id);
    return `/desk/staff/${id}?done=reactivated`;
  })
};
