/** Inviting somebody to work here. */
import { invite } from '#lib/people/server/invitations.ts';
import { keyOf } from '#lib/platform/posted.ts';
import { listTeams } from '#lib/people/server/staff.ts';
import { invitationDays, staffRoleOf } from '#lib/people/staffing.ts';
import { admin, answer } from '../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  admin(locals);
  return { teams: await listTeams(locals.db), days: invitationDays, key: keyOf(null) };
};

export const actions: Actions = {
  invite: answer(['name', 'email', 'role', 'team', 'locale'], async ({ db, actor, typed, key }) => {
    await invite(db, actor, { ...typed, key, role: staffRoleOf(typed.role), team: typed.team || null });
    return '/desk/staff?done=invited';
  })
};
