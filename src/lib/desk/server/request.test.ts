/** What the desk sees, opens, hands on and changes: each rule of access.ts held against the database. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import type { Subject } from '#lib/requests/access.ts';
import { isTheirTeams } from '#lib/requests/access.ts';
import { assignRequest, takeRequest } from '#lib/requests/server/assignment.ts';
import { readForDesk } from './request.ts';
import { isReferenceVisible } from '#lib/requests/server/queries.ts';
import { setPriority } from '#lib/requests/server/transitions.ts';
import { openRequest } from './break-glass.ts';
import { endPresence, notePresence } from './presence.ts';
import { submitRequest } from '#lib/requests/server/submit.ts';
import { addNote, replyToRequest } from '#lib/requests/server/messages.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, aServiceType, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const bills = await aTeam('bills');
const meters = await aTeam('meters');
const ada = await aPerson();
const grace = await inTeam(await aPerson('agent', { name: 'Grace Hill' }), bills);
const peter = await inTeam(await aPerson('agent', { name: 'Peter Low' }), bills);
const asha = await inTeam(await aPerson('agent', { name: 'Asha Rao' }), meters);
const sam = await inTeam(await aPerson('supervisor', { name: 'Sam Ortega' }), bills);
const ruth = await aPerson('admin', { name: 'Ruth Stone' });
const db = (who: Somebody) => database.as(who);

let id: string;
let reference: string;
beforeEach(async () => {
  ({ id, reference } = await aRequest(ada, { status: 'open' }));
  await owned(bills, null);
});

test('row-level security shows staff exactly what the rule allows', async () => {
  for (const team of [null, bills, meters]) {
    for (const agent of [null, grace.id, asha.id]) {
      await owned(team, agent);
      for (const who of [grace, peter, asha, sam, ruth]) {
        const seen = await isReferenceVisible(db(who), reference);
        expect(seen, `${who.name}, team ${team}, agent ${agent}`).toBe(
          isTheirTeams(who, { team_id: team, agent_id: agent })
        );
      }
    }
  }
});

test('another team opens it with a reason, and the look stands in the audit log and on the timeline', async () => {
  await openRequest(db(asha), asha, reference, 'The customer is on the phone');

  expect(await isReferenceVisible(db(asha), reference)).toBe(true);
  expect(
    await sql('select action from audit_entry where actor_id = $1 and subject_id = $2', [asha.id, id])
  ).toEqual([{ action: 'request.opened' }]);
  expect(await events()).toEqual([['viewed', 'internal']]);

  await openRequest(db(asha), asha, reference, 'The customer is on the phone');
  expect(await events()).toHaveLength(1);
});

test('a reason opens no request that is not there', async () => {
  await expect(openRequest(db(asha), asha, '2222-2222', 'Just looking')).rejects.toMatchObject({
    kind: 'missing'
  });
});

test('an agent takes from their team, also what a colleague has, and the team stays', async () => {
  await owned(bills, peter.id);
  await takeRequest(db(grace), grace, reference, { seen: 0 });
  expect(await ownerNow()).toEqual({ agent_id: grace.id, team_id: bills });
});

test('agents hand on within the team that has it; only supervisors go across teams', async () => {
  const acrossTeams = { agent: null, team: meters, seen: 0 };
  await expect(assignRequest(db(grace), grace, reference, acrossTeams)).rejects.toMatchObject({
    kind: 'forbidden'
  });

  await assignRequest(db(sam), sam, reference, acrossTeams);
  expect(await ownerNow()).toEqual({ agent_id: null, team_id: meters });
});

test('nobody gives a request to a customer', async () => {
  const toAda = { agent: ada.id, team: null, seen: 0 };
  await expect(assignRequest(db(sam), sam, reference, toAda)).rejects.toMatchObject({ kind: 'invalid' });
});

test('whoever gives away what only they could see finishes the change and keeps it in sight', async () => {
  await owned(meters, grace.id);
  await assignRequest(db(grace), grace, reference, { agent: asha.id, team: null, seen: 0 });

  expect(await ownerNow()).toEqual({ agent_id: asha.id, team_id: meters });
  expect(await isReferenceVisible(db(grace), reference)).toBe(true);
});

test('a change on an outdated page is refused by name, and goes through once the other one was seen', async () => {
  await setPriority(db(sam), sam, reference, { priority: 1, seen: 0 });
  const late = { key: randomUUID(), text: 'We look at it today.', attachments: [], seen: 0 };
  await expect(replyToRequest(db(grace), grace, reference, late)).rejects.toMatchObject({
    kind: 'conflict',
    values: { name: 'Sam Ortega' }
  });
  expect(await sql('select 1 from message where request_id = $1', [id])).toEqual([]);

  const again = await replyToRequest(db(grace), grace, reference, { ...late, seen: 1 });
  expect(again.number).toBe(2);
});

test('a note never collides, and the same one sent twice is one note', async () => {
  await setPriority(db(sam), sam, reference, { priority: 1, seen: 0 });
  const note = { key: randomUUID(), text: 'He called twice.', attachments: [], seen: 0 };
  const first = await addNote(db(grace), grace, reference, note);
  expect(await addNote(db(grace), grace, reference, note)).toEqual(first);
  expect(await events()).toEqual([
    ['priority', 'internal'],
    ['note', 'internal']
  ]);
});

test('other words under a key that was used are refused, and never swallowed', async () => {
  const reply = { key: randomUUID(), text: 'Which name?', attachments: [], seen: 0 };
  await replyToRequest(db(grace), grace, reference, reply);
  const other = replyToRequest(db(grace), grace, reference, { ...reply, text: 'It is done.' });
  await expect(other).rejects.toMatchObject({
    kind: 'conflict',
    words: 'requests.reply_key_has_other_content'
  });
});

test('two agents on one request see each other until one leaves or falls silent', async () => {
  expect(await notePresence(db(grace), grace, reference, { typing: true })).toEqual([]);
  const looks = () => notePresence(db(peter), peter, reference, { typing: false });
  expect(await looks()).toEqual([{ id: grace.id, name: 'Grace Hill', typing: true }]);

  await sql(`update presence set seen_at = now() - interval '26 seconds' where person_id = $1`, [grace.id]);
  expect(await looks()).toEqual([]);

  await notePresence(db(grace), grace, reference, { typing: false });
  await endPresence(db(grace), grace, reference);
  expect(await looks()).toEqual([]);
});

test('presence is for staff who may see the request, and for nobody else', async () => {
  await notePresence(db(grace), grace, reference, { typing: false });
  await expect(notePresence(db(asha), asha, reference, { typing: false })).rejects.toMatchObject({
    kind: 'missing'
  });
  for (const who of [ada, asha])
    expect(await db(who).selectFrom('presence').selectAll().execute()).toEqual([]);
});

test('a call for another team is logged with its caller, and stays open to who logged it', async () => {
  const [first] = serviceTypes;
  if (!first) throw new Error('the catalogue is empty');
  const type = { ...first, version: 1 };
  await aServiceType(type.code, type);
  const call = {
    ...{ key: randomUUID(), type, team: meters, answers: {}, contact: { caller_name: 'Mr Vale' } },
    ...{ description: 'The display is dark.', account: null, premises: null, attachments: [] },
    ...{ channel: 'phone' as const, locale: 'en', requester: null, now: new Date() }
  };
  const logged = await submitRequest(db(grace), grace, call);

  expect(await isReferenceVisible(db(grace), logged.reference)).toBe(true);
  expect(await isReferenceVisible(db(peter), logged.reference)).toBe(false);
  expect(
    await sql('select logged_by, requester_id, channel from request where reference = $1', [logged.reference])
  ).toEqual([{ logged_by: grace.id, requester_id: null, channel: 'phone' }]);
});

test.each([
  { caller_name: '' },
  { caller_name: 'Pay at https://evil.example' },
  { caller_name: 'Ada\u202eecirg' },
  { caller_name: 'A'.repeat(201) },
  { caller_name: 'Vale', caller_phone: '5'.repeat(61) },
  { caller_name: 'Vale', caller_email: 'v'.repeat(255) }
])('the database keeps no caller who is %j', async (contact) => {
  const kept = sql('update request set contact = $2 where id = $1', [id, JSON.stringify(contact)]);
  await expect(kept).rejects.toThrow(/request_caller/);
});

test('the database keeps no number that is none', async () => {
  const kept = sql('update person set phone = $2 where id = $1', [ada.id, '5'.repeat(61)]);
  await expect(kept).rejects.toThrow(/person_phone_length/);
});

test('the page of a request shows one moment, however much is going on', async () => {
  await owned(bills, grace.id);
  const talk = async () => {
    for (let at = 0; at < 25; at++)
      await addNote(db(peter), peter, reference, {
        key: randomUUID(),
        text: `Rang ${at} times.`,
        attachments: []
      });
  };
  let talking = true;
  const over = talk().finally(() => (talking = false));
  while (talking) {
    const { request, timeline } = await readForDesk(db(grace), grace, reference, '2026-11-28');
    expect(timeline.at(-1)?.number ?? 0).toBe(request.last_number);
  }
  await over;
});

async function aTeam(code: string) {
  const [team] = await sql<{ id: string }>('insert into team (code, name) values ($1, $1) returning id', [
    code
  ]);
  if (!team) throw new Error('no team was made');
  return team.id;
}

async function inTeam(who: Somebody, team: string): Promise<Somebody> {
  await sql('update person set team_id = $2 where id = $1', [who.id, team]);
  return { ...who, team };
}

const owned = (team: Subject['team_id'], agent: Subject['agent_id']) =>
  sql('update request set team_id = $2, agent_id = $3 where id = $1', [id, team, agent]);

const ownerNow = async () => (await sql('select agent_id, team_id from request where id = $1', [id]))[0];

const events = async () =>
  (
    await sql<{ kind: string; visibility: string }>(
      'select kind, visibility from request_event where request_id = $1 order by number',
      [id]
    )
  ).map(({ kind, visibility }) => [kind, visibility]);
