/** What is asked comes to the team that has its group, and never to one that is gone. */
import { expect, test } from 'vitest';
import { retireTeam } from '#lib/people/server/teams.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { aStaffRoom, nowhere } from '../../../../tests/support/staff.ts';
import { serviceTypes } from '../all.ts';
import { offeredTypes, publish } from './catalogue.ts';
import { listRoutes, routeGroup } from './routing.ts';
import { countPerTeam } from '#lib/desk/server/team-counts.ts';

const room = await aStaffRoom();
const { admin, as, sql } = room;
const bills = serviceTypes.filter(({ group }) => group === 'bills').map(({ code }) => code);
// One kind of service comes later.
const late = bills.at(-1) ?? '';
await publish(
  room.urls.owner,
  serviceTypes.filter(({ code }) => code !== late)
);
const { aPerson, aRequest } = await makersOn(room.urls.owner);
const team = await room.aTeam('Bills');

test('a group is given to a team, with all that is in it, and stands in the audit log', async () => {
  await routeGroup(as(admin), admin, 'bills', team);
  const offered = await offeredTypes(as(admin));
  for (const code of bills.slice(0, -1)) expect(offered.get(code)?.team_id).toBe(team);
  expect(offered.get('GENERAL')?.team_id).toBeNull();
  expect((await listRoutes(as(admin))).find(({ code }) => code === 'bills')).toEqual({
    code: 'bills',
    types: bills.length - 1,
    teams: [team]
  });
  expect(await room.audited(team)).toEqual([
    { action: 'team.given_group', actor_role: 'admin', detail: { group: 'bills' } }
  ]);
});

test('what is new in a group comes to the same team', async () => {
  await publish(room.urls.owner, serviceTypes);
  expect((await offeredTypes(as(admin))).get(late)?.team_id).toBe(team);
});

test('nobody but an admin gives groups, and the database says so too', async () => {
  const supervisor = await room.colleague('supervisor');
  const before = await room.everything();
  expect(() => routeGroup(as(supervisor), supervisor, 'bills', null)).toThrow('errors.forbidden');
  await as(supervisor).updateTable('service_type').set({ team_id: null }).execute();
  expect(await room.everything()).toEqual(before);
});

test('a group that is not there, and a team that is not, are refused', async () => {
  const before = await room.everything();
  await expect(routeGroup(as(admin), admin, 'nonsense', team)).rejects.toMatchObject({ kind: 'missing' });
  await expect(routeGroup(as(admin), admin, 'bills', nowhere)).rejects.toMatchObject({ kind: 'invalid' });
  expect(await room.everything()).toEqual(before);
});

test('a team is retired only when no group comes to it and no request is left, and what is sent at that moment is for all', async () => {
  await expect(retireTeam(as(admin), admin, team)).rejects.toMatchObject({ words: 'staff.team_not_empty' });
  await routeGroup(as(admin), admin, 'bills', null);

  const { id } = await aRequest(await aPerson());
  await sql('update request set team_id = $1 where id = $2', [team, id]);
  expect((await countPerTeam(as(admin))).get(team)).toBe(1);
  await expect(retireTeam(as(admin), admin, team)).rejects.toMatchObject({ words: 'staff.team_not_empty' });
  await sql('update request set team_id = null where id = $1', [id]);
  await retireTeam(as(admin), admin, team);

  await expect(sql('update request set team_id = $1 where id = $2', [team, id])).rejects.toThrow(
    'no longer there'
  );
  await expect(sql('update service_type set team_id = $1', [team])).rejects.toThrow('no longer there');
  const [sent] = await sql(
    `insert into request (reference, requester_id, service_type, service_version, description, channel, team_id)
     select 'ZZZZ-ZZZZ', requester_id, service_type, service_version, 'x', 'web', $1 from request limit 1
     returning team_id`,
    [team]
  );
  expect(sent).toEqual({ team_id: null });
});
