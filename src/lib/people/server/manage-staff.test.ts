/** Staff get another role, lose their phone, leave and come back; and there is always an admin left. */
import { expect, test } from 'vitest';
import { system, type PersonActor } from '#lib/platform/actor.ts';
import { aStaffRoom, nowhere } from '../../../../tests/support/staff.ts';
import { changeRole, deactivate, reactivate, resetSecondFactor } from './manage-staff.ts';

const room = await aStaffRoom();
const { admin, as } = room;
const [bills, meters] = [await room.aTeam('Bills'), await room.aTeam('Meters')];
const leave = (actor: PersonActor, id: string) =>
  as(actor)
    .transaction()
    .execute((tx) => deactivate(tx, actor, id));

interface Command {
  does: (actor: PersonActor, id: string) => Promise<unknown>;
  makes: object;
  entry: object;
  letters: string[];
  /** When it is too early or too late. */
  wrongMoment: string;
  endsSessions: boolean;
}

const commands: Record<string, Command> = {
  'another role': {
    does: (actor, id) => changeRole(as(actor), actor, id, { role: 'supervisor', team: meters }),
    makes: { role: 'supervisor', team_id: meters },
    entry: { action: 'person.role_changed', detail: { from: 'agent', to: 'supervisor', team: meters } },
    letters: ['role_changed'],
    wrongMoment: 'deactivated_at = now()',
    endsSessions: true
  },
  'another team': {
    does: (actor, id) => changeRole(as(actor), actor, id, { role: 'agent', team: meters }),
    makes: { role: 'agent', team_id: meters },
    entry: { action: 'person.team_changed', detail: { from: bills, to: meters } },
    letters: [],
    wrongMoment: 'deactivated_at = now()',
    endsSessions: false
  },
  'a reset second factor': {
    does: (actor, id) => resetSecondFactor(as(actor), actor, id),
    makes: { two_factor_enabled: false },
    entry: { action: 'person.second_factor_reset' },
    letters: ['second_factor_reset'],
    wrongMoment: 'two_factor_enabled = false',
    endsSessions: true
  },
  'a deactivation': {
    does: leave,
    makes: { deactivated_at: expect.any(Date) },
    entry: { action: 'person.deactivated' },
    letters: ['deactivated'],
    wrongMoment: 'deactivated_at = now()',
    endsSessions: true
  }
};

for (const [name, { does, makes, entry, letters, wrongMoment, endsSessions }] of Object.entries(commands)) {
  test(`${name} works, ${endsSessions ? 'and ends every session' : 'and ends no session'}`, async () => {
    const someone = await anAgent();
    const browser = await session(someone);
    await does(admin, someone.id);

    expect(await row(someone.id)).toMatchObject(makes);
    expect(await stillThere(browser)).toBe(!endsSessions);
  });

  test(`${name} is refused to anybody but another admin`, async () => {
    const someone = await anAgent();
    const before = await room.everything();
    for (const actor of [await room.colleague('agent'), await room.colleague('supervisor', { team: bills })])
      await expect(async () => does(actor, someone.id)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(async () => does(admin, admin.id)).rejects.toMatchObject({ kind: 'forbidden' });
    const after = await room.everything();
    expect([after?.['sessions'], after?.['jobs'], await row(someone.id)]).toMatchObject([
      before?.['sessions'],
      before?.['jobs'],
      { role: 'agent', team_id: bills, two_factor_enabled: true, deactivated_at: null }
    ]);
  });

  test(`${name} is refused at the wrong moment, and of nobody, and of a customer`, async () => {
    const someone = await anAgent();
    await room.sql(`update person set ${wrongMoment} where id = $1`, [someone.id]);
    const customer = await room.person({ email: `c${Math.random()}@customer.example`.replace('0.', '') });
    const before = await room.everything();
    await expect(async () => does(admin, someone.id)).rejects.toMatchObject({ kind: 'conflict' });
    for (const id of [customer, nowhere])
      await expect(async () => does(admin, id)).rejects.toMatchObject({ kind: 'missing' });
    expect(await room.everything()).toEqual(before);
  });

  test(`${name} leaves its entry in the audit log, and its letter`, async () => {
    const someone = await anAgent();
    await room.sql('delete from outbox');
    await does(admin, someone.id);

    expect((await room.audited(someone.id)).at(-1)).toMatchObject({ actor_role: 'admin', ...entry });
    const jobs = await room.sql<{ letter: string }>(`select payload->>'letter' as letter from outbox`);
    expect(jobs.map(({ letter }) => letter)).toEqual(letters);
    expect(await room.post()).toHaveLength(letters.length);
  });
}

test('whoever is deactivated cannot sign in, and nothing tells it from a wrong password', async () => {
  const someone = await anAgent({ twoFactor: false });
  await leave(admin, someone.id);
  expect((await room.whoIs(await room.signedIn(someone))) ?? null).toBeNull();
});

test('whoever is let in again signs in as before, and to their team only where it is still there', async () => {
  const [field, gone] = [await room.aTeam('Field'), await room.aTeam('Gone')];
  const [here, there] = [
    await room.colleague('agent', { team: field }),
    await room.colleague('agent', { team: gone })
  ];
  for (const { id } of [here, there]) await leave(admin, id);
  await room.sql('update team set retired_at = now() where id = $1', [gone]);
  for (const { id } of [here, there]) await reactivate(as(admin), admin, id);

  expect(await row(here.id)).toMatchObject({ deactivated_at: null, team_id: field });
  expect(await row(there.id)).toMatchObject({ deactivated_at: null, team_id: null });
  expect((await room.whoIs(await room.signedIn(here)))?.id).toBe(here.id);
  expect((await room.audited(here.id)).at(-1)).toMatchObject({ action: 'person.reactivated' });
  expect((await room.post()).at(-1)?.subject).toBe('You can sign in again');
});

test('letting in again is an admin’s, and only for those who are out', async () => {
  const [out, active] = [await anAgent(), await anAgent()];
  await leave(admin, out.id);
  const supervisor = await room.colleague('supervisor');
  await expect(reactivate(as(supervisor), supervisor, out.id)).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(reactivate(as(admin), admin, active.id)).rejects.toMatchObject({ kind: 'conflict' });
});

test('there is always an admin left, also when two take each other’s role at the same time', async () => {
  const other = await room.colleague('admin');
  await room.sql(`update person set deactivated_at = now() where role = 'admin' and id <> all ($1)`, [
    [admin.id, other.id]
  ]);
  const to = { role: 'agent', team: null } as const;
  const both = await Promise.allSettled([
    changeRole(as(admin), admin, other.id, to),
    changeRole(as(other), other, admin.id, to)
  ]);

  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { words: 'staff.last_admin' }
  });
  const left = await room.sql(`select id from person where role = 'admin' and deactivated_at is null`);
  expect(left).toHaveLength(1);
  await expect(
    room.sql(`update person set role = 'agent' where role = 'admin' and deactivated_at is null`)
  ).rejects.toThrow('there must be an admin left');
  await room.sql(`update person set role = 'admin' where id = $1`, [admin.id]);
});

test('the database lets nobody lift themself up, change sides, or write in another’s name', async () => {
  const [agent, customer] = [
    await room.colleague('agent'),
    await room.person({ email: 'eve@customer.example' })
  ];
  const eve: PersonActor = { kind: 'person', id: customer, role: 'customer', team: null };
  const set = (actor: PersonActor, id: string, to: object) =>
    as(actor).updateTable('person').set(to).where('id', '=', id).execute();

  await expect(set(agent, agent.id, { role: 'admin' })).rejects.toThrow('only another admin');
  await expect(set(agent, agent.id, { team_id: bills })).rejects.toThrow('only another admin');
  await expect(set(eve, eve.id, { role: 'admin' })).rejects.toThrow('with one login');
  await expect(set(admin, admin.id, { role: 'agent' })).rejects.toThrow('only another admin');
  await expect(set(admin, agent.id, { name: 'Somebody else' })).rejects.toThrow('write about themselves');
  await expect(set(admin, eve.id, { role: 'agent' })).rejects.toThrow('with one login');
  await expect(set(eve, agent.id, { name: 'Somebody else' })).resolves.toMatchObject([
    { numUpdatedRows: 0n }
  ]);
  await expect(set(admin, eve.id, { deactivated_at: new Date() })).rejects.toThrow('write about themselves');
  await set(agent, admin.id, { role: 'agent' });
  await expect(room.sql(`update person set role = 'agent' where id = $1`, [eve.id])).rejects.toThrow(
    'one login'
  );
  const auth = room.auth.database.as(system).updateTable('person').set({ role: 'admin' });
  await expect(auth.where('id', '=', agent.id).execute()).rejects.toThrow('only another admin');

  expect([await row(eve.id), await row(admin.id), await row(agent.id)]).toMatchObject([
    { role: 'customer' },
    { role: 'admin' },
    { role: 'agent', team_id: null }
  ]);
});

async function anAgent({ twoFactor = true } = {}) {
  const agent = await room.colleague('agent', { team: bills });
  await room.sql('update person set two_factor_enabled = $2 where id = $1', [agent.id, twoFactor]);
  return agent;
}

/** A session, begun behind the scenes. */
async function session({ id }: { id: string }) {
  const [made] = await room.sql<{ id: string }>(
    `insert into sign_in_session (person_id, token, expires_at) values ($1, $2, now() + interval '1 hour') returning id`,
    [id, `t${id}`]
  );
  return made?.id ?? '';
}

const stillThere = async (id: string) =>
  (await room.sql('select 1 from sign_in_session where id = $1', [id])).length === 1;
const row = async (id: string) => (await room.sql('select * from person where id = $1', [id]))[0];
