/** The list of staff, and who is invited. */
import { mayManageStaff } from '#lib/people/access.ts';
import { inviteAgain, withdrawInvitation } from '#lib/people/server/invitations.ts';
import { listInvitations, listStaff } from '#lib/people/server/staff.ts';
import { readStaffView } from '#lib/people/staffing.ts';
import { answer } from './form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url }) => {
  const view = readStaffView(url.searchParams);
  const manage = mayManageStaff(actor);
  const [found, invitations] = await Promise.all([
    listStaff(db, actor, view),
    manage ? listInvitations(db) : []
  ]);
  return { ...found, view, invitations };
};

export const actions: Actions = {
  again: answer([], async ({ db, actor, id }) => {
    await inviteAgain(db, actor, id);
    return '/desk/staff?done=again';
  }),
  withdraw: answer([], async ({ db, actor, id }) => {
    await withdrawInvitation(db, actor, id);
    return '/desk/staff?done=withdrawn';
  })
};
