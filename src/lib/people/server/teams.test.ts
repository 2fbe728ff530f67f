/** Teams are made, renamed and retired; and nothing is ever left in one that is gone. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { aStaffRoom, nowhere } from '../../../../tests/support/staff.ts';
import { invite } from './invitations.ts';
import { changeRole } from './manage-staff.ts';
import { getStaff, listColleagues, listStaff, listTeams, listTeamsInUse } from './staff.ts';
import { maySeeColleague } from '../access.ts';
import { makeTeam, renameTeam, retireTeam } from './teams.ts';

const room = await aStaffRoom();
const { admin, as, sql } = room;
const supervisor = await room.colleague('supervisor');

test('a team is made, with a code from its name, and stands in the audit log', async () => {
  const id = await makeTeam(as(admin), admin, 'Bills & Pagos más');
  expect(await teamRow(id)).toMatchObject({
    code: 'bills-pagos-mas',
    name: 'Bills & Pagos más',
    retired_at: null
  });
  expect(await room.audited(id)).toMatchObject([
    { action: 'team.made', detail: { name: 'Bills & Pagos más' } }
  ]);
});

test('names of teams are their own, but not for ever; codes are never given twice', async () => {
  const first = await makeTeam(as(admin), admin, 'Cylinders');
  await expect(makeTeam(as(admin), admin, 'cylinders')).rejects.toMatchObject({
    words: 'staff.team_name_taken'
  });
  await retireTeam(as(admin), admin, first);
  const second = await makeTeam(as(admin), admin, 'Cylinders');
  expect(await teamRow(second)).toMatchObject({ code: 'cylinders-2' });
});

test('a team is renamed, and keeps its code', async () => {
  const id = await makeTeam(as(admin), admin, 'Visits');
  await renameTeam(as(admin), admin, id, 'Field service');
  expect(await teamRow(id)).toMatchObject({ code: 'visits', name: 'Field service' });
  expect((await room.audited(id)).at(-1)).toMatchObject({
    action: 'team.renamed',
    detail: { from: 'Visits', to: 'Field service' }
  });
  const other = await makeTeam(as(admin), admin, 'Other');
  await expect(renameTeam(as(admin), admin, other, 'field service')).rejects.toMatchObject({
    kind: 'conflict'
  });
  await expect(renameTeam(as(admin), admin, nowhere, 'Nowhere')).rejects.toMatchObject({ kind: 'missing' });
});

test('an empty team is retired, is offered nowhere, and cannot be retired or renamed again', async () => {
  const id = await makeTeam(as(admin), admin, 'Short-lived');
  await retireTeam(as(admin), admin, id);
  expect((await listTeams(as(admin))).map((team) => team.id)).not.toContain(id);
  expect((await room.audited(id)).at(-1)).toMatchObject({ action: 'team.retired' });
  await expect(retireTeam(as(admin), admin, id)).rejects.toMatchObject({ kind: 'missing' });
  await expect(renameTeam(as(admin), admin, id, 'Again')).rejects.toMatchObject({ kind: 'missing' });
});

test('a team in which somebody is left, or invited to, is not retired', async () => {
  const id = await makeTeam(as(admin), admin, 'Full');
  const agent = await room.colleague('agent', { team: id });
  await expect(retireTeam(as(admin), admin, id)).rejects.toMatchObject({ words: 'staff.team_not_empty' });
  await changeRole(as(admin), admin, agent.id, { role: 'agent', team: null });

  const asked = {
    key: nowhere,
    email: 'n@staff.example',
    name: 'N',
    role: 'agent' as const,
    team: id,
    locale: 'en'
  };
  const invitation = await invite(as(admin), admin, asked);
  expect((await listTeamsInUse(as(admin))).find((team) => team.id === id)).toMatchObject({
    people: 0,
    invitations: 1
  });
  await expect(retireTeam(as(admin), admin, id)).rejects.toMatchObject({ words: 'staff.team_not_empty' });
  await sql('delete from invitation where id = $1', [invitation]);
  await retireTeam(as(admin), admin, id);
  await expect(changeRole(as(admin), admin, agent.id, { role: 'agent', team: id })).rejects.toMatchObject({
    kind: 'invalid'
  });
  await expect(sql('update person set team_id = $1 where id = $2', [id, agent.id])).rejects.toThrow(
    'no longer there'
  );
});

test('nobody but an admin makes, renames or retires a team, and the database says so too', async () => {
  const id = await makeTeam(as(admin), admin, 'Ours');
  const before = await room.everything();
  expect(() => makeTeam(as(supervisor), supervisor, 'Mine')).toThrow('errors.forbidden');
  expect(() => renameTeam(as(supervisor), supervisor, id, 'Mine')).toThrow('errors.forbidden');
  expect(() => retireTeam(as(supervisor), supervisor, id)).toThrow('errors.forbidden');
  const db = as(supervisor);
  await expect(db.insertInto('team').values({ code: 'mine', name: 'Mine' }).execute()).rejects.toThrow(
    'row-level'
  );
  await db.updateTable('team').set({ name: 'Mine' }).where('id', '=', id).execute();
  expect(await room.everything()).toEqual(before);
});

test('the list of staff shows exactly what the rule allows, and a page of one does too', async () => {
  const [ours, theirs] = [await room.aTeam(), await room.aTeam()];
  const mine = await room.colleague('supervisor', { team: ours });
  for (const team of [ours, theirs, null]) await room.colleague('agent', { team });
  const customer = await room.person({ email: 'c@customer.example' });
  const everybody = await sql<{ id: string; team_id: string | null; role: string }>(
    'select id, team_id, role from person'
  );

  for (const actor of [admin, mine, supervisor]) {
    const { staff } = await listStaff(as(actor), actor, { search: '', show: 'active', page: 1 });
    const listed = new Set(staff.map(({ id }) => id));
    for (const person of everybody) {
      const may = person.role !== 'customer' && maySeeColleague(actor, person);
      expect(listed.has(person.id)).toBe(may);
      const look = getStaff(as(actor), actor, person.id);
      await (may
        ? expect(look).resolves.toMatchObject({ id: person.id })
        : expect(look).rejects.toMatchObject({ kind: 'missing' }));
    }
  }
  const agent = await room.colleague('agent', { team: ours });
  await expect(getStaff(as(agent), agent, agent.id)).rejects.toMatchObject({ kind: 'missing' });
  await expect(getStaff(as(admin), admin, customer)).rejects.toMatchObject({ kind: 'missing' });
  await expect(getStaff(as(admin), admin, 'not an id')).rejects.toMatchObject({ kind: 'missing' });
});

test('staff are found by name, address or team, and never by a pattern; whoever left is apart, and given nothing', async () => {
  const team = await room.aTeam('Zebra crossing');
  const { id } = await room.colleague('agent', { name: 'Zoë 100% Quick', team });
  const found = async (search: string, show: 'active' | 'deactivated' = 'active') =>
    (await listStaff(as(admin), admin, { search, show, page: 1 })).staff.map((person) => person.id);
  expect(await found('100% q')).toEqual([id]);
  expect(await found('zebra')).toEqual([id]);
  expect(await found('1%k')).toEqual([]);

  await sql('update person set deactivated_at = now() where id = $1', [id]);
  expect([await found('zebra'), await found('zebra', 'deactivated')]).toEqual([[], [id]]);
  expect((await listColleagues(as(admin))).map((one) => one.id)).not.toContain(id);
});

const teamRow = async (id: string) => (await sql('select * from team where id = $1', [id]))[0];

test('the form of a new team makes one, whatever is clicked twice', async () => {
  const key = randomUUID();
  const made = await Promise.all([1, 2].map(() => makeTeam(as(admin), admin, 'Night shift', key)));
  expect(made).toEqual([key, key]);
  expect(await sql(`select name from team where name = 'Night shift'`)).toHaveLength(1);
  expect(await room.audited(key)).toHaveLength(1);
  await expect(makeTeam(as(admin), admin, 'Day shift', key)).rejects.toMatchObject({
    words: 'errors.form_used'
  });
});
