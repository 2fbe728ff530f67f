/** A team: who is in it, what it has, and the end of it. */
import { isId } from '#lib/platform/id.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { listColleagues, listTeamsInUse } from '#lib/people/server/staff.ts';
import { renameTeam, retireTeam } from '#lib/people/server/teams.ts';
import { groups } from '#lib/catalogue/all.ts';
import { listRoutes } from '#lib/catalogue/server/routing.ts';
import { countPerTeam } from '#lib/desk/server/team-counts.ts';
import { admin, answer } from '../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { id } }) => {
  admin(locals);
  if (!isId(id)) refuse('missing', 'errors.missing');
  const { db, locale } = locals;
  const [teams, colleagues, routes, requests] = await Promise.all([
    listTeamsInUse(db),
    listColleagues(db),
    listRoutes(db),
    countPerTeam(db)
  ]);
  const team = teams.find((one) => one.id === id) ?? refuse('missing', 'errors.missing');
  const comes = routes.filter((route) => route.teams.includes(id)).map(({ code }) => code);
  return {
    team: { ...team, requests: requests.get(id) ?? 0 },
    members: colleagues.filter(({ team_id }) => team_id === id),
    groups: groups.filter(({ code }) => comes.includes(code)).map(({ name }) => name[locale])
  };
};

export const actions: Actions = {
  rename: answer(['team_name'], async ({ db, actor, id, typed }) => {
    await renameTeam(db, actor, id, typed.team_name);
    return `/desk/staff/teams/${id}?done=saved`;
  }),
  retire: answer([], async ({ db, actor, id }) => {
    await retireTeam(db, actor, id);
    return '/desk/staff/teams?done=retired';
  })
};
