/** The hub: whoever joins misses nothing, hears nothing of others, and is let go when they may not listen any more. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Stream } from './streams.ts';
import type { Gauge } from './topic.ts';
import { readPosition, type Position } from '../position.ts';
import { assignRequest } from '#lib/requests/server/assignment.ts';
import { openHub } from './hub.ts';
import { openRequest } from '#lib/desk/server/break-glass.ts';
import { requestTopic } from '#lib/requests/server/feed.ts';
import { record } from '#lib/requests/server/timeline.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web', { size: 6 });
/** Something that stands somehow, told to staff alone. */
let level = 1;
const gauge: Gauge = { event: 'level', now: async () => ({ level }), hears: isStaff };
const hub = openHub(database, requestTopic, [gauge]);
afterAll(async () => {
  hub.stop();
  await database.close();
});

const [billing, leaks] = await sql<{ id: string }>(
  `insert into team (code, name) values ('billing', 'Billing'), ('leaks', 'Leaks') returning id`
);
const ada = await aPerson();
const ben = await aPerson('customer', { name: 'Ben Hill' });
const sam = await aPerson('supervisor', { name: 'Sam Ort' });
const grace = await inTeam(await aPerson('agent', { name: 'Grace Lind' }), billing?.id ?? '');

test('whoever joins while things happen hears of each of them', async () => {
  const { id, reference } = await aRequest(ada);
  for (let round = 0; round < 15; round += 1) {
    const from = hub.position();
    const joining = join(ada, { from });
    await pause(round);
    const number = await happens(ada, id);
    const { heard, leave } = await joining;
    await expect.poll(heard, { timeout: 5000 }).toContain(`${reference} ${number}`);
    leave();
  }
});

test('a member of the account hears what happens while they join', async () => {
  const { id, reference } = await aRequest(ada);
  await share(id);
  for (let round = 0; round < 15; round += 1) {
    const joining = join(ben, { from: hub.position() });
    await pause(round);
    const number = await happens(ada, id);
    const { heard, leave } = await joining;
    await expect.poll(heard, { timeout: 5000 }).toContain(`${reference} ${number}`);
    leave();
  }
});

test('a hub that has only just begun tells what was missed before it', async () => {
  const { id, reference } = await aRequest(ada);
  const from = hub.position();
  const number = await happens(ada, id);
  const late = openHub(database, requestTopic);
  const { heard } = await join(ada, { from, at: late });
  // What others on the same server are still writing holds the feed back.
  await expect.poll(heard, { timeout: 5000 }).toContain(`${reference} ${number}`);
  late.stop();
});

test('who stands nowhere, too far back or in another database reads anew', async () => {
  const nowhere = await join(ada, { from: readPosition('nonsense') });
  const elsewhere = await join(ada, { from: { xid: 999_999_999_999n, seq: 1n } });
  const { id } = await aRequest(ada);
  await sql(
    `insert into request_event (request_id, number, kind) select $1, 0, 'details' from generate_series(1, 600)`,
    [id]
  );
  const [newest] = await sql<{ seq: string }>('select max(seq)::text as seq from request_event');
  await expect.poll(() => hub.position().seq, { timeout: 5000 }).toBe(BigInt(newest?.seq ?? 0));
  const far = await join(ada, { from: { xid: 1n, seq: 0n } });
  const near = await join(ada, { from: hub.position() });
  expect([nowhere, elsewhere, far, near].map(({ events }) => events().includes('reset'))).toEqual([
    true,
    true,
    true,
    false
  ]);
  for (const one of [nowhere, elsewhere, far, near]) one.leave();
});

test('what staff write among themselves reaches no customer', async () => {
  const { id, reference } = await aRequest(ada);
  await share(id);
  const [customer, member, agent] = [await join(ada), await join(ben), await join(grace)];
  const note = await happens(sam, id, 'internal');
  const word = await happens(sam, id);
  for (const { heard } of [customer, member, agent])
    await expect.poll(heard, { timeout: 5000 }).toContain(`${reference} ${word}`);
  expect(customer.heard()).not.toContain(`${reference} ${note}`);
  expect(member.heard()).not.toContain(`${reference} ${note}`);
  expect(agent.heard()).toContain(`${reference} ${note}`);
  for (const one of [customer, member, agent]) one.leave();
});

test('an agent sees a request go, and come back by an opening', async () => {
  const { id, reference } = await aRequest(ada);
  await sql('update request set team_id = $2 where id = $1', [id, billing?.id]);
  const { heard, leave } = await join(grace);

  await assignRequest(database.as(sam), sam, reference, { agent: null, team: leaks?.id ?? '', seen: 99 });
  hub.look();
  await expect.poll(heard, { timeout: 5000 }).toContain(`${reference} 1`);
  const unheard = await happens(sam, id);

  await openRequest(database.as(grace), grace, reference, 'The caller asked for me.');
  const after = await happens(sam, id);
  await expect.poll(heard, { timeout: 5000 }).toContain(`${reference} ${after}`);
  expect(heard()).not.toContain(`${reference} ${unheard}`);
  leave();
});

test('who signs out is dismissed, and so is who is somebody else by now', async () => {
  const { ended, events, session } = await join(ada);
  await sql('delete from sign_in_session where id = $1', [session]);
  await expect.poll(ended, { timeout: 5000 }).toBe(true);
  expect(events()).toContain('dismissed');

  const promoted = await join({ ...grace, role: 'admin' });
  expect([promoted.ended(), promoted.events()]).toEqual([true, ['dismissed']]);
});

test('one session keeps a few streams, and the oldest goes first', async () => {
  const session = await signedIn(ada);
  const streams = [];
  for (let count = 0; count < 12; count += 1) streams.push(await join(ada, { session }));
  expect(streams.map(({ ended }) => ended())).toEqual([...Array(4).fill(true), ...Array(8).fill(false)]);
  for (const { leave } of streams) leave();
});

test('who is gone before they have joined is not kept', async () => {
  const stream = aStream();
  stream.end();
  await hub.join({ actor: sam, session: await signedIn(sam), stream, from: hub.position() });
  const before = stream.sent.length;
  await levelIs(2);
  expect(stream.sent.length).toBe(before);
});

test('how something stands is told at first and whenever it is another, and only to those who hear of it', async () => {
  await levelIs(3);
  const [theirs, hers] = [await join(sam), await join(ada)];
  const levels = () => theirs.sent.filter(({ event }) => event === 'level').map(({ data }) => data);
  expect(levels()).toEqual([{ level: 3 }]);
  await levelIs(4);
  await levelIs(4);
  expect(levels()).toEqual([{ level: 3 }, { level: 4 }]);
  expect(hers.events()).not.toContain('level');
});

test('what is true for a moment reaches the customer whom it concerns, and nobody else', async () => {
  const mine = await aRequest(ada);
  const readers = await Promise.all([join(ada), join(ben), join(sam)]);
  const about = { request_id: mine.id, reference: mine.reference, number: 0, kind: 'writing' };
  const whose = { requester_id: ada.id, account_id: null, private: false, team_id: null, agent_id: null };
  const position = hub.position();
  const said = { ...about, ...whose, actor_id: sam.id, visibility: 'public', taken_from: null, position };
  hub.pass('writing', said);
  expect(readers.map(({ events }) => events().includes('writing'))).toEqual([true, false, false]);
  for (const { leave } of readers) leave();
});

async function levelIs(now: number) {
  level = now;
  hub.look();
  await pause(20);
}

/** A browser that remembers what it was sent. */
function aStream() {
  const sent: { event: string; data: unknown }[] = [];
  const told: (() => void)[] = [];
  let over = false;
  const stream: Stream = {
    send: (event, data) => void sent.push({ event, data }),
    end() {
      over = true;
      for (const tell of told) tell();
    },
    onEnd: (tell) => void (over ? tell() : told.push(tell))
  };
  return { ...stream, sent, isOver: () => over };
}

async function join(
  actor: Somebody,
  {
    from = hub.position(),
    at = hub,
    session = ''
  }: { from?: Position | null; at?: typeof hub; session?: string } = {}
) {
  const stream = aStream();
  const own = session || (await signedIn(actor));
  await at.join({ actor, session: own, stream, from });
  return {
    session: own,
    sent: stream.sent,
    events: () => stream.sent.map(({ event }) => event),
    heard: () =>
      stream.sent
        .filter(({ event }) => event === 'change')
        // The hub tells changes with their reference and number.
        .map(({ data }) => data as { reference: string; number: number })
        .map(({ reference, number }) => `${reference} ${number}`),
    ended: stream.isOver,
    leave: stream.end
  };
}

async function signedIn({ id }: Somebody) {
  const [row] = await sql<{ id: string }>(
    `insert into sign_in_session (person_id, token, expires_at) values ($1, $2, now() + interval '1 hour') returning id`,
    [id, randomBytes(24).toString('base64url')]
  );
  return row?.id ?? '';
}

/** Somebody does something to a request. Returns the number of the event. */
async function happens(by: Somebody, id: string, visibility: 'public' | 'internal' = 'public') {
  const number = await database
    .as(by)
    .transaction()
    .execute((tx) => record(tx, id, { kind: 'details', visibility }));
  hub.look();
  return number;
}

/** The request is on an account that Ben may view. */
async function share(id: string) {
  const [account] = await sql<{ id: string }>(
    `insert into account (number, holder) values ($1, 'Ada Brook') returning id`,
    [String(10_000_000 + Math.floor(Math.random() * 89_999_999))]
  );
  await sql('update request set account_id = $2 where id = $1', [id, account?.id]);
  await sql(
    `insert into account_member (account_id, person_id, kind, scope) values ($1, $2, 'authorised', 'view')`,
    [account?.id, ben.id]
  );
}

async function inTeam(person: Somebody, team: string): Promise<Somebody> {
  await sql('update person set team_id = $2 where id = $1', [person.id, team]);
  return { ...person, team };
}
