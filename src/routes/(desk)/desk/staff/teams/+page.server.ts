/** The teams, what each has, and what comes to which. */
import { makeTeam } from '#lib/people/server/teams.ts';
import { listTeamsInUse } from '#lib/people/server/staff.ts';
import { keyOf } from '#lib/platform/posted.ts';
import { groups } from '#lib/catalogue/all.ts';
import { listRoutes, routeGroup } from '#lib/catalogue/server/routing.ts';
import { countPerTeam } from '#lib/desk/server/team-counts.ts';
import { admin, answer } from '../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  admin(locals);
  const { db, locale } = locals;
  const [teams, routes, requests] = await Promise.all([listTeamsInUse(db), listRoutes(db), countPerTeam(db)]);
  return {
    key: keyOf(null),
    teams: teams.map((team) => ({
      ...team,
      requests: requests.get(team.id) ?? 0,
      groups: routes.filter((route) => route.teams.includes(team.id)).length
    })),
    // In the order of the catalogue, which is how customers see them.
    routes: groups.flatMap(({ code, name }) => {
      const route = routes.find((one) => one.code === code);
      return route ? [{ ...route, name: name[locale] }] : [];
    })
  };
};

export const actions: Actions = {
  make: answer(['team_name'], async ({ db, actor, typed, key }) => {
    await makeTeam(db, actor, typed.team_name, key);
    return '/desk/staff/teams?done=made';
  }),
  route: answer(['group', 'team'], async ({ db, actor, typed }) => {
    await routeGroup(db, actor, typed.group, typed.team || null);
    return '/desk/staff/teams?done=saved#routes';
  })
};
