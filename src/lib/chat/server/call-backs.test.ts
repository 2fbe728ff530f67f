/** Calling back: one call at a time, called off with its request, and each try noted once. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import type { Customer, Staff, VisitorActor } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/config.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { cancelRequest } from '#lib/requests/server/transitions.ts';
import type { Window } from '../call-back.ts';
import { askForCall, callsToMake, noteTry, openCallOf } from './call-backs.ts';
import { windowsFree } from './calling.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const grace = (await aPerson('agent', { name: 'Grace' })) as Staff;
const inAnHour = (hours: number): Window => ({
  ...{ id: 'w', day: '', begins: '', ends: '' },
  from: new Date(Date.now() + hours * 3_600_000),
  to: new Date(Date.now() + (hours + 2) * 3_600_000)
});
let numbers = 5550100;
const asking = (phone = `207 ${++numbers}`) => ({
  ...{ key: crypto.randomUUID(), name: 'Vic', phone, about: 'My bill', subject: 'Call me' },
  ...{ window: inAnHour(1), locale: 'en', now: new Date() }
});
const aVisitor = (): VisitorActor => ({ kind: 'visitor', visitor: crypto.randomUUID() });

test('it rests until its window, and is due at the end of it', async () => {
  const ada = (await aPerson()) as Customer;
  const asked = asking();
  const reference = await askForCall(database.as(ada), ada, asked);
  const [row] = await sql(
    `select r.rests_until = c.begins_at as rests, r.due_at = c.ends_at as due, p.kind, c.phone from request r
     join call_back c on c.request_id = r.id join promise p on p.request_id = r.id where r.reference = $1`,
    [reference]
  );
  expect(row).toEqual({
    ...{ rests: true, due: true, kind: 'first_response' },
    phone: asked.phone.replace(' ', '')
  });
});

test('pressed twice it is asked for once, and nobody has two', async () => {
  const ada = (await aPerson()) as Customer;
  const db = database.as(ada);
  const asked = asking();
  await Promise.allSettled([askForCall(db, ada, asked), askForCall(db, ada, asked)]);
  await expect(askForCall(db, ada, asking())).rejects.toMatchObject({ words: 'calls.one_at_a_time' });
  expect(await sql('select 1 from request where requester_id = $1', [ada.id])).toHaveLength(1);
});

test('a visitor asks with a number alone, calls it off, and sees nobody else’s', async () => {
  const visitor = aVisitor();
  const db = database.as(visitor);
  const reference = await askForCall(db, visitor, asking());
  expect((await openCallOf(db))?.reference).toBe(reference);
  expect(await openCallOf(database.as(aVisitor()))).toBeNull();
  await cancelRequest(db, visitor, reference, { today: '2026-11-29' });
  expect(await openCallOf(db)).toBeNull();
  expect((await callsToMake(database.as(grace))).map((call) => call.reference)).not.toContain(reference);
});

test('each try is noted once, promised again, and the third way is to write', async () => {
  const ada = (await aPerson()) as Customer;
  const db = database.as(grace);
  const reference = await askForCall(database.as(ada), ada, asking());
  const say = () => 'We tried to call you.';
  const again = { outcome: 'again' as const, tries: 0, window: inAnHour(4), now: new Date() };
  const both = await Promise.allSettled([
    noteTry(db, grace, reference, again, say),
    noteTry(db, grace, reference, again, say)
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [row] = await sql(
    `select r.due_at = c.ends_at as due, r.status, c.tries from request r join call_back c on c.request_id = r.id
     where r.reference = $1`,
    [reference]
  );
  expect(row).toEqual({ due: true, status: 'open', tries: 1 });

  await noteTry(db, grace, reference, { outcome: 'reached', tries: 1, now: new Date() }, say);
  expect(await openCallOf(database.as(ada))).toBeNull();
  expect(await sql('select status from request where reference = $1', [reference])).toEqual([
    { status: 'resolved' }
  ]);
});

test('another who asks on the same number is called too; more than three are not', async () => {
  const phone = '207 5559999';
  const references: string[] = [];
  for (let n = 0; n < 3; n++) {
    const visitor = aVisitor();
    references.push(await askForCall(database.as(visitor), visitor, asking(phone)));
  }
  const calls = await callsToMake(database.as(grace));
  expect(calls.filter(({ reference }) => references.includes(reference)).map(({ others }) => others)).toEqual(
    [2, 2, 2]
  );
  const visitor = aVisitor();
  await expect(askForCall(database.as(visitor), visitor, asking(phone))).rejects.toMatchObject({
    words: 'calls.number_full'
  });
});

test('a window that is full is not offered', async () => {
  const ada = (await aPerson()) as Customer;
  const db = database.as(ada);
  const [first] = await windowsFree(db, new Date());
  await askForCall(db, ada, { ...asking(), window: first! });
  expect((await windowsFree(db, new Date()))[0]?.id).toBe(first?.id);
  config.callsPerWindow = 1;
  expect((await windowsFree(db, new Date())).map(({ id }) => id)).not.toContain(first?.id);
  config.callsPerWindow = 12;
});

test('a customer moves no call by hand', async () => {
  const ada = (await aPerson()) as Customer;
  const db = database.as(ada);
  await askForCall(db, ada, asking());
  const { numUpdatedRows } = await db.updateTable('call_back').set({ tries: 3 }).executeTakeFirst();
  expect(numUpdatedRows).toBe(0n);
});

test('the desk knows to whom it can write instead: not to a visitor who gave a number alone', async () => {
  const ada = (await aPerson()) as Customer;
  const visitor = aVisitor();
  const known = await askForCall(database.as(ada), ada, asking('207 5550001'));
  const unknown = await askForCall(database.as(visitor), visitor, asking('207 5550002'));
  const calls = new Map(
    (await callsToMake(database.as(grace))).map((call) => [call.reference, call.written])
  );
  expect([calls.get(known), calls.get(unknown)]).toEqual([true, false]);
});
