/** A visitor reaches a person: their request is theirs alone, and they find it again by the link and by signing up. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system, type Staff, type VisitorActor } from '#lib/platform/actor.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { visitLetters } from '#lib/visits/server/letters.ts';
import { requestJobs } from '#lib/requests/server/jobs.ts';
import { replyToRequest } from '#lib/requests/server/messages.ts';
import { takesVisit } from '#lib/visits/access.ts';
import { bookSlot, callOffVisit, latestVisit, needVisit, visitOf } from '#lib/visits/server/booking.ts';
import { requestBehind } from '#lib/requests/server/way-in.ts';
import { adoptConversation, enterConversation, openConversation, takeTurn } from './commands.ts';
import { handOver } from './hand-over.ts';
import { currentConversation } from './queries.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const secret = 'a secret of the tests';
const grace = (await aPerson('agent', { name: 'Grace' })) as Staff;

const aVisitor = (source: string = crypto.randomUUID()): VisitorActor => ({
  kind: 'visitor',
  visitor: crypto.randomUUID(),
  source
});

async function aChat(email = 'vic@visitor.example', visitor = aVisitor(), name = 'Vic') {
  const db = database.as(visitor);
  const conversation = await openConversation(db, visitor, 'en');
  const answer = {
    kind: 'person' as const,
    topic: null,
    text: 'I am passing you on.',
    ways: [],
    understood: null
  };
  await takeTurn(db, conversation, { key: crypto.randomUUID(), text: 'Can I get gas at all?', answer });
  const asked = { locale: 'en', wish: '', now: new Date(), caller: { name, email } };
  const reference = await handOver(db, visitor, conversation, asked);
  const { id } = await getRequest(db, visitor, reference);
  return { visitor, db, reference, id, asked, conversation };
}

test('it is the visitor’s request alone, made once, and they talk on it', async () => {
  const { visitor, db, reference, id, conversation, asked } = await aChat();
  expect(await handOver(db, visitor, conversation, asked)).toBe(reference);
  const other = aVisitor();
  await expect(getRequest(database.as(other), other, reference)).rejects.toMatchObject({ kind: 'missing' });
  const said = { key: crypto.randomUUID(), text: 'At 4 Mill Lane.', attachments: [] };
  const [one, again] = await Promise.all([
    replyToRequest(db, visitor, reference, said),
    replyToRequest(db, visitor, reference, said)
  ]);
  expect(one).toEqual(again);
  await expect(replyToRequest(database.as(other), other, reference, said)).rejects.toMatchObject({
    kind: 'missing'
  });
  await replyToRequest(database.as(grace), grace, reference, {
    ...{ key: crypto.randomUUID(), text: 'Yes.', attachments: [], seen: 99, then: 'waiting' as const }
  });
  await replyToRequest(db, visitor, reference, { key: crypto.randomUUID(), text: 'Good.', attachments: [] });
  expect(await sql('select status from request where id = $1', [id])).toEqual([{ status: 'open' }]);
  expect(await sql('select text, author_role from message where request_id = $1 order by id', [id])).toEqual([
    { text: 'I am passing you on.', author_role: 'system' },
    { text: 'At 4 Mill Lane.', author_role: 'customer' },
    { text: 'Yes.', author_role: 'agent' },
    { text: 'Good.', author_role: 'customer' }
  ]);
});

test('a visitor changes no more of it than a customer could, and begins no other kind', async () => {
  const { db, id } = await aChat();
  await expect(db.updateTable('request').set({ priority: 1 }).where('id', '=', id).execute()).rejects.toThrow(
    'a customer changes only the status'
  );
  const row = await db.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const { rank: _, ...whole } = row;
  for (const change of [{ channel: 'web' }, { contact: '{}' }, { priority: 1 }])
    await expect(
      db
        .insertInto('request')
        .values({
          ...whole,
          id: crypto.randomUUID(),
          reference: 'ABCD-2345',
          ...change,
          submitted_at: new Date()
        })
        .execute()
    ).rejects.toThrow(/row-level security/);
});

test('the letter leads another browser of theirs to it, and only what we wrote leads anywhere', async () => {
  const { id, reference } = await aChat();
  const sent = await letterAbout(id);
  expect(sent).toMatchObject({ to: 'vic@visitor.example' });
  const token = /https:\/\/hearth\.example\/chat\/again\/(\S+)/.exec(sent?.text ?? '')?.[1] ?? '';
  expect(requestBehind(token, secret)).toBe(id);
  expect(requestBehind(token.slice(1), secret)).toBeNull();

  const phone = aVisitor();
  expect(await enterConversation(database.as(phone), id)).toEqual({ entry: 'entered', reference });
  expect((await currentConversation(database.as(phone), phone))?.reference).toBe(reference);
  const missing = await enterConversation(database.as(phone), crypto.randomUUID());
  expect(missing.entry).toBe('gone');
});

test.each(['Pay at evil.example', 'Your account is closed'])(
  'a visitor’s letter holds no word of theirs, not even as a name: %s',
  async (name) => {
    const { id } = await aChat('somebody@else.example', aVisitor(), name);
    const sent = await letterAbout(id);
    expect(sent?.text).toMatch(/^Hello,\n/);
    for (const word of [name, 'Can I get gas at all?'])
      expect([sent?.subject, sent?.text].join()).not.toContain(word);
  }
);

test('it comes into the account of the same verified e-mail, and of no other', async () => {
  const { id, visitor, reference } = await aChat('ada.visitor@visitor.example');
  const eve = await aPerson();
  expect((await enterConversation(database.as(eve), id)).entry).toBe('other');
  await adoptConversation(database.as(eve), visitor.visitor ?? '');
  await expect(getRequest(database.as(eve), eve, reference)).rejects.toMatchObject({ kind: 'missing' });

  const ada = await aPerson();
  await sql(`update person set email = 'ada.visitor@visitor.example', email_verified = false where id = $1`, [
    ada.id
  ]);
  expect((await enterConversation(database.as(ada), id)).entry).toBe('other');
  await sql('update person set email_verified = true where id = $1', [ada.id]);
  await adoptConversation(database.as(ada), visitor.visitor ?? '');
  expect((await getRequest(database.as(ada), ada, reference)).may_act).toBe(true);
  expect((await currentConversation(database.as(ada), ada))?.reference).toBe(reference);
  expect(await currentConversation(database.as(visitor), visitor)).toBeNull();
  expect((await enterConversation(database.as(visitor), id)).entry).toBe('account');
});

test('from one network not many are begun, for each writes a letter to whatever address was given', async () => {
  const source = 'one network';
  for (let n = 0; n < 20; n++) await aChat('some@visitor.example', aVisitor(source));
  await expect(aChat('some@visitor.example', aVisitor(source))).rejects.toThrow();
  await aChat('some@visitor.example');
});

test('the desk says that somebody has to come: a visitor picks the time, moves it and calls it off, and no other does', async () => {
  const { visitor, db, reference, id } = await aChat();
  await sql(`insert into area (code, name) values ('mill', 'Millbrook') on conflict do nothing`);
  const slots = await sql<{ id: string }>(
    `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
     select 'visit', 'mill', 'appliance', current_date + 5, make_time(h, 0, 0), make_time(h + 2, 0, 0), 'UTC', 1
     from unnest(array[9, 13]) h returning id`
  );
  const [one, two] = slots.map((slot) => slot.id);
  const clock = { now: new Date(), zone: 'UTC' };
  const comes = async () => {
    const request = await getRequest(db, visitor, reference);
    return takesVisit(request, { needs: { account: 'none', appointment: false } });
  };
  expect(await comes()).toBe(false);
  const seen = { seen: 99 };
  await needVisit(database.as(grace), grace, reference, { needs: 'yes', ...seen });
  await needVisit(database.as(grace), grace, reference, { needs: 'yes', ...seen });
  expect(await comes()).toBe(true);
  const saysOtherwise = () =>
    db.updateTable('request').set({ needs_visit: false }).where('id', '=', id).execute();
  await expect(saysOtherwise()).rejects.toThrow('a customer changes only the status');

  const offered = await visitOf(db, visitor, await getRequest(db, visitor, reference), clock);
  expect(offered.slots.map((slot) => slot.id)).toEqual([one, two]);
  const other = aVisitor();
  await expect(
    bookSlot(database.as(other), other, reference, { slot: one ?? '', ...clock })
  ).rejects.toMatchObject({ kind: 'missing' });
  for (const _ of ['once', 'and a second click'])
    await bookSlot(db, visitor, reference, { slot: one ?? '', ...clock });
  await bookSlot(db, visitor, reference, { slot: two ?? '', ...clock });
  const booked = await visitOf(db, visitor, await getRequest(db, visitor, reference), clock);
  expect(booked).toMatchObject({ visit: { from_time: '13:00:00' }, may: { move: true, callOff: true } });
  expect(booked.code).toMatch(/^\d{6}$/);
  expect(await latestVisit(db, id, 'UTC')).toMatchObject({ sequence: 1, state: 'booked' });
  // At no other time than one that is offered, also past our own code.
  await expect(
    db.updateTable('request').set({ visit_on: '2030-01-01' }).where('id', '=', id).execute()
  ).rejects.toThrow('a customer books what is offered');
  await callOffVisit(db, visitor, reference, clock);
  expect(await sql('select taken from slot where id = any ($1) order by from_time', [[one, two]])).toEqual([
    { taken: 0 },
    { taken: 0 }
  ]);
});

/** What we write about how a request began. */
async function letterAbout(id: string) {
  const sent: Mail[] = [];
  const head = {
    origin: 'https://hearth.example',
    utilityName: 'Northgate',
    emergencyPhone: '911',
    timeZone: 'UTC',
    secret
  };
  const jobs = requestJobs(
    { send: async (mail) => void sent.push(mail), close: () => {} },
    head,
    visitLetters(head)
  );
  await jobs['requests.tell_customer'](worker.as(system), { requestId: id, number: 1, kind: 'received' });
  expect(sent).toHaveLength(1);
  return sent[0];
}
