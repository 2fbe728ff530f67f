/** Who is there for the chat: a pause is not a hand, nor is a hand that may not take it, and what nobody takes is told. */
import { sql as raw } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { chatsOn } from '../../../../tests/support/chats.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system, type Customer, type Staff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { acceptChat, chatsFor } from './desk.ts';
import { transferChat } from './hands.ts';
import { giveBack } from './jobs.ts';
import { beatOf, noteDesk, setAvailable } from './presence.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));
const aChat = chatsOn(database, aPerson);

const anAgent = async (name = 'Ana') => (await aPerson('agent', { name })) as Staff;
const [{ id: team = '' } = {}] = await sql<{ id: string }>(
  `insert into team (code, name) values ('asked', 'Bills and questions') returning id`
);

/** How many hands are counted for this chat, or for one that begins now. */
async function handsFor(who: Customer, reference?: string) {
  const { rows } = await raw<{ hands: number }>`
    select hands from chat_line((select request_id from request_reference where reference = ${reference ?? ''}),
                                '30 seconds', 3)`.execute(database.as(who));
  return rows[0]?.hands;
}

test('who has paused hears nothing ring, and is given nothing; what they hold stays with them', async () => {
  const [on, off] = [await anAgent(), await anAgent()];
  const { reference, customer } = await aChat();
  await acceptChat(database.as(off), off, reference);
  for (const one of [on, off]) await noteDesk(database.as(one), one);
  const before = (await handsFor(customer)) ?? 0;
  await setAvailable(database.as(off), off, false);
  expect(await noteDesk(database.as(off), off)).toMatchObject({ available: false });
  expect(await handsFor(customer)).toBe(before - 3);
  await giveBack(worker.as(system), 30);
  expect((await chatsFor(database.as(off), off)).mine).toHaveLength(1);

  const other = await aChat();
  await acceptChat(database.as(on), on, other.reference);
  await expect(
    transferChat(database.as(on), on, other.reference, { agent: off.id, team: null })
  ).rejects.toMatchObject({ words: 'chat.nobody_there' });
  await setAvailable(database.as(off), off, true);
  expect(await beatOf(database.as(off), off)).toMatchObject({ available: true });
  await transferChat(database.as(on), on, other.reference, { agent: off.id, team: null });
});

test('a pause ends when the desk was closed over night, and nobody pauses another', async () => {
  const [one, other] = [await anAgent(), await anAgent()];
  await setAvailable(database.as(one), one, false);
  await setAvailable(database.as(other), one, true).catch(() => {});
  expect(await noteDesk(database.as(one), one)).toMatchObject({ available: false });
  await sql(`update chat_desk set seen_at = now() - interval '9 hours' where person_id = $1`, [one.id]);
  expect(await noteDesk(database.as(one), one)).toMatchObject({ available: true });
});

test('only hands that may take a chat are counted for it', async () => {
  await sql('delete from chat_desk');
  const { reference, customer } = await aChat();
  const [inTeam, elsewhere] = [await anAgent(), await anAgent()];
  await sql('update person set team_id = $1 where id = $2', [team, inTeam.id]);
  for (const one of [inTeam, elsewhere]) await noteDesk(database.as(one), one);
  expect(await handsFor(customer, reference)).toBe(6);
  await sql(
    'update request set team_id = $1 where id = (select request_id from request_reference where reference = $2)',
    [team, reference]
  );
  expect(await handsFor(customer, reference)).toBe(3);
  await sql(`update service_type set team_id = $1 where code = 'GENERAL'`, [team]);
  expect(await handsFor(customer)).toBe(3);
  await sql(`update service_type set team_id = null where code = 'GENERAL'`);
  const lead = (await aPerson('supervisor')) as Staff;
  await noteDesk(database.as(lead), lead);
  expect(await handsFor(customer, reference)).toBe(6);
});

test('a chat that nobody took within a minute is in the queue, and who handed it on hears of it', async () => {
  const [from, to, other] = [await anAgent('Fay'), await anAgent('Tom'), await anAgent('Otto')];
  const lead = (await aPerson('supervisor')) as Staff;
  const { reference } = await aChat();
  await acceptChat(database.as(from), from, reference);
  await noteDesk(database.as(to), to);
  const before = await beatOf(database.as(lead), lead);
  await transferChat(database.as(from), from, reference, { agent: to.id, team: null });
  expect(await beatOf(database.as(from), from)).toMatchObject({ untaken: 0 });

  await sql(
    `update request_event set at = at - interval '2 minutes'
     where request_id = (select request_id from request_reference where reference = $1)`,
    [reference]
  );
  await sql(`update conversation set offered_at = offered_at - interval '2 minutes' where offered_by = $1`, [
    from.id
  ]);
  for (const [who, untaken] of [
    [from, 1],
    [other, 0],
    [lead, before.untaken + 1]
  ] as const)
    expect(await beatOf(database.as(who), who)).toMatchObject({ untaken });
  const waiting = (await chatsFor(database.as(other), other)).waiting.find(
    (one) => one.reference === reference
  );
  expect(waiting).toMatchObject({ offered_to: null, untaken_of: 'Fay' });

  // Once somebody has taken it, it is no more, also when it comes back later for another reason.
  await acceptChat(database.as(other), other, reference);
  expect(await beatOf(database.as(from), from)).toMatchObject({ untaken: 0 });
  await noteDesk(database.as(other), other);
  await sql(
    `update request_event set at = now() - interval '90 seconds' where kind = 'assigned'
     and actor_id = $1`,
    [other.id]
  );
  await sql(`update chat_desk set seen_at = now() - interval '89 seconds' where person_id = $1`, [other.id]);
  await giveBack(worker.as(system), 30);
  expect((await chatsFor(database.as(other), other)).mine).toEqual([]);
  expect(await beatOf(database.as(from), from)).toMatchObject({ untaken: 0 });
});
