/** Somebody leaves: what they had in hand goes to others in the same moment, and nothing is left with nobody. */
import { expect, test } from 'vitest';
import type { PersonActor } from '#lib/platform/actor.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { aStaffRoom, nowhere } from '../../../../tests/support/staff.ts';
import { hears } from '../feed.ts';
import type { Status } from '../status.ts';
import { assignRequest } from './assignment.ts';
import { countHeld, letGo } from './offboarding.ts';
import { requestTopic } from './feed.ts';
import { addNote } from './messages.ts';

const room = await aStaffRoom();
const { admin, as, sql } = room;
const { aPerson, aRequest } = await makersOn(room.urls.owner);
const ada = await aPerson();
const [bills, meters] = [await room.aTeam('Bills'), await room.aTeam('Meters')];
const asha = await room.colleague('agent', { name: 'Asha', team: meters });
const back = { agent: null, team: null };

test('what they had goes back to the queue of its team, also what is resolved, with an event on each timeline', async () => {
  const leaver = await room.colleague('agent', { team: bills });
  const had = await Promise.all([
    held(leaver, 'open', bills),
    held(leaver, 'waiting', meters),
    held(leaver, 'resolved', bills),
    held(leaver, 'open', null)
  ]);
  const closed = await held(leaver, 'closed', bills);
  expect(await countHeld(as(admin), leaver.id)).toBe(4);
  await letGo(as(admin), admin, leaver.id, back);

  for (const [at, [before, team]] of [
    [bills, bills],
    [meters, meters],
    [bills, bills],
    [null, bills]
  ].entries()) {
    const payload = { agent: null, team, taken_from: { agent: leaver.id, team: before } };
    expect(await rowOf(had[at])).toMatchObject({ agent_id: null, team_id: team, last_number: 1 });
    expect(await eventsOf(had[at])).toEqual([
      { kind: 'assigned', visibility: 'public', actor_id: admin.id, payload }
    ]);
  }
  expect(await rowOf(closed)).toMatchObject({ agent_id: leaver.id, last_number: 0 });
  expect(await countHeld(as(admin), leaver.id)).toBe(0);
  expect((await room.audited(leaver.id)).at(-1)).toMatchObject({ action: 'person.deactivated' });
  expect((await room.post()).at(-1)?.subject).toBe('Your account has been deactivated');
});

test('the admin may choose a colleague, with whom it goes to their team, or a team', async () => {
  const [first, second] = [
    await room.colleague('agent', { team: bills }),
    await room.colleague('agent', { team: bills })
  ];
  const [one, two] = [await held(first, 'open', bills), await held(second, 'scheduled', bills)];
  await letGo(as(admin), admin, first.id, { agent: asha.id, team: null });
  await letGo(as(admin), admin, second.id, { agent: null, team: meters });

  expect(await rowOf(one)).toMatchObject({ agent_id: asha.id, team_id: meters });
  expect(await rowOf(two)).toMatchObject({ agent_id: null, team_id: meters });
  expect(await eventsOf(one)).toMatchObject([{ payload: { agent: asha.id, team: meters } }]);
});

test('the team that had it hears of it going to another one, and only then', async () => {
  const leaver = await room.colleague('agent', { team: bills });
  const beside = await room.colleague('agent', { team: bills });
  const request = await held(leaver, 'open', bills);
  await letGo(as(admin), admin, leaver.id, { agent: asha.id, team: null });
  await addNote(as(asha), asha, request.reference, {
    key: crypto.randomUUID(),
    text: 'Mine now.',
    attachments: []
  });

  const heardBy = async (actor: PersonActor) =>
    (await requestTopic.after(as(admin), { xid: 1n, seq: 0n }, 1000))
      .filter((change) => change.request_id === request.id)
      .filter((change) => hears({ actor, accounts: new Set(), opened: new Set() }, change))
      .map(({ kind }) => kind);
  // What others on the same server are still writing holds the feed back.
  await expect.poll(() => heardBy(asha), { timeout: 5000 }).toEqual(['assigned', 'note']);
  expect(await heardBy(beside)).toEqual(['assigned']);
});

test('nobody who is not there gets it, nor the leaver themself; and then nothing at all has happened', async () => {
  const leaver = await room.colleague('agent', { team: bills });
  const gone = await room.colleague('agent');
  await letGo(as(admin), admin, gone.id, back);
  const request = await held(leaver, 'open', bills);
  const before = await room.everything();
  for (const agent of [gone.id, leaver.id, ada.id, nowhere])
    await expect(letGo(as(admin), admin, leaver.id, { agent, team: null })).rejects.toMatchObject({
      kind: 'invalid'
    });
  await expect(letGo(as(admin), admin, leaver.id, { agent: null, team: nowhere })).rejects.toMatchObject({
    kind: 'invalid'
  });
  expect([await room.everything(), await eventsOf(request)]).toEqual([before, []]);
});

test('only an admin lets somebody go, and only who is not gone', async () => {
  const leaver = await room.colleague('agent', { team: bills });
  const supervisor = await room.colleague('supervisor', { team: bills });
  const request = await held(leaver, 'open', bills);
  await expect(letGo(as(supervisor), supervisor, leaver.id, back)).rejects.toMatchObject({
    kind: 'forbidden'
  });
  expect(await rowOf(request)).toMatchObject({ agent_id: leaver.id });
  await letGo(as(admin), admin, leaver.id, back);
  await expect(letGo(as(admin), admin, leaver.id, back)).rejects.toMatchObject({ kind: 'conflict' });
});

test('nothing is given to somebody who has left, not even at that very moment', async () => {
  const leaver = await room.colleague('agent', { team: bills });
  const request = await held(null, 'open', bills);
  const [given] = await Promise.allSettled([
    assignRequest(as(admin), admin, request.reference, { agent: leaver.id, team: null, seen: 0 }),
    letGo(as(admin), admin, leaver.id, back)
  ]);

  const { agent_id } = await rowOf(request);
  expect(agent_id, `the assignment was ${given.status}`).toBeNull();
  await expect(
    assignRequest(as(admin), admin, request.reference, { agent: leaver.id, team: null, seen: 9 })
  ).rejects.toMatchObject({ kind: 'invalid' });
  await expect(
    sql('update request set agent_id = $1 where id = $2', [leaver.id, request.id])
  ).rejects.toThrow('somebody who works here');
});

async function held(agent: PersonActor | null, status: Status, team: string | null) {
  const request = await aRequest(ada, { status });
  await sql('update request set agent_id = $2, team_id = $3 where id = $1', [
    request.id,
    agent?.id ?? null,
    team
  ]);
  return request;
}

const rowOf = async (request?: { id: string }) =>
  (await sql('select * from request where id = $1', [request?.id]))[0] ?? expect.unreachable();
const eventsOf = (request?: { id: string }) =>
  sql('select kind, visibility, actor_id, payload from request_event where request_id = $1 order by number', [
    request?.id
  ]);
