/** Submitting: one key, one request, with all that belongs to it, or nothing at all. */
import { randomUUID } from 'node:crypto';
import { sql as rawSql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { Batch } from '#lib/platform/server/batch.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { receiptOf, submitRequest, type NewRequest } from './submit.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());
beforeAll(() => publish(urls.owner, serviceTypes));

const ada = await aPerson();
const ben = await aPerson('customer', { name: 'Ben Hill' });
const grace = await aPerson('agent', { name: 'Grace Lind' });

const submit = (by: Somebody, request: NewRequest) => submitRequest(database.as(by), by, request);

function asked(also: Partial<NewRequest> = {}): NewRequest {
  const type = serviceTypes.find(({ code }) => code === 'GENERAL');
  if (!type) throw new Error('the catalogue has no GENERAL');
  return {
    key: randomUUID(),
    type,
    team: null,
    answers: { subject: 'Rates' },
    contact: {},
    description: 'What does a unit cost?',
    account: null,
    premises: null,
    attachments: [],
    channel: 'web',
    locale: 'en',
    now: new Date(),
    ...also
  };
}

/** What a key has become: the request, and how many there are of all that must come with it. */
const become = async (key: string) =>
  (
    await sql(
      `select r.reference, r.requester_id, r.logged_by, r.status,
              (select array_agg(e.number || ' ' || e.kind) from request_event e where e.request_id = r.id) as events,
              (select count(*)::int from promise p where p.request_id = r.id) > 0 as promised,
              r.due_at is not null as due,
              (select array_agg(o.payload->>'kind') from outbox o where o.payload->>'requestId' = r.id::text) as letters
       from submission s join request r on r.id = s.request_id where s.key = $1`,
      [key]
    )
  )[0];

test('works: the request, its first event, its promises and its letter are there together', async () => {
  const request = asked();
  const { reference, again } = await submit(ada, request);
  expect(again).toBe(false);
  expect(await become(request.key)).toEqual({
    reference,
    requester_id: ada.id,
    logged_by: null,
    status: 'submitted',
    events: ['1 submitted'],
    promised: true,
    due: true,
    letters: ['received']
  });
});

test('a request without files travels in one breath: who asks, its row, what it begins with, draft and letter', async () => {
  const sent = vi.spyOn(Batch.prototype, 'submit');
  await submit(ada, asked());
  const trips = (sent.mock.contexts as Batch[]).map(({ statements }) => statements.length);
  sent.mockRestore();
  expect(trips).toEqual([5]);
});

test('whoever listens is told of a request that was sent', async () => {
  const told = vi.fn();
  const listened = openDatabase(urls.web, 'hearth_web', { onCommit: told });
  await submitRequest(listened.as(ada), ada, asked());
  await listened.close();
  expect(told).toHaveBeenCalledTimes(1);
});

test('nothing begins a request but the transaction that has just written it', async () => {
  const request = asked();
  await submit(ada, request);
  const [written] = await sql<{ id: string }>(`select request_id as id from submission where key = $1`, [
    request.key
  ]);
  const again = rawSql`select begin_request(${written?.id}, ${randomUUID()}, 'x', '[]', '{}')`;
  await expect(again.execute(database.as(ada))).rejects.toThrow('only what was just asked begins');
});

test('the same form again gets the first receipt again, later and ten times at once', async () => {
  const request = asked();
  const receipts = await Promise.all(Array.from({ length: 10 }, () => submit(ada, request)));
  const later = await submit(ada, request);
  expect(new Set([...receipts, later].map(({ reference }) => reference)).size).toBe(1);
  expect(receipts.filter(({ again }) => !again)).toHaveLength(1);
  expect(await become(request.key)).toMatchObject({ events: ['1 submitted'], letters: ['received'] });
  expect(await receiptOf(database.as(ada), request.key)).toBe(later.reference);
});

test('is refused with other words under the same key, and the first request stays as it is', async () => {
  const request = asked();
  const { reference } = await submit(ada, request);
  await expect(submit(ada, { ...request, description: 'Something else' })).rejects.toMatchObject({
    kind: 'conflict',
    values: { reference }
  });
  expect(await become(request.key)).toMatchObject({ events: ['1 submitted'] });
});

test('is refused for an account that is not theirs, and nothing of it is left', async () => {
  const [account] = await sql<{ id: string }>(
    `insert into account (number, holder) values ('10000001', 'Ada Brook') returning id`
  );
  const request = asked({ account: account?.id ?? '' });
  await expect(submit(ben, request)).rejects.toThrow();
  expect(await become(request.key)).toBeUndefined();
  expect(await sql('select 1 from request where account_id = $1', [account?.id])).toEqual([]);
});

test('a key is one person’s own: nobody finds out by it what somebody else has sent', async () => {
  const request = asked();
  const { reference } = await submit(ada, request);
  expect(await receiptOf(database.as(ben), request.key)).toBeNull();
  const other = await submit(ben, request);
  expect(other.again).toBe(false);
  expect(other.reference).not.toBe(reference);
});

test('staff log what a caller says, for a customer or for somebody we do not know', async () => {
  const [known, unknown] = [asked({ requester: ada.id, channel: 'phone' }), asked({ channel: 'counter' })];
  await submit(grace, known);
  await submit(grace, unknown);
  expect(await become(known.key)).toMatchObject({ requester_id: ada.id, logged_by: grace.id });
  expect(await become(unknown.key)).toMatchObject({ requester_id: null, logged_by: grace.id });
});

test('a customer cannot ask in the name of another', async () => {
  const request = asked({ requester: ben.id });
  await submit(ada, request);
  expect(await become(request.key)).toMatchObject({ requester_id: ada.id });
});

test('sent as another request, it takes along the files and the draft of the form they were chosen on', async () => {
  const form = randomUUID();
  const [file] = await sql<{ id: string }>(
    `insert into attachment (form_key, person_id, name, size, declared_type, state, type, sha256, received_at, expires_at)
     values ($1, $2, 'bill.png', 68, 'image/png', 'received', 'image/png', repeat('0', 64), now(), now() + interval '1 day')
     returning id`,
    [form, ada.id]
  );
  await sql(`insert into draft (key, person_id, form, typed) values ($1, $2, 'request:GENERAL', '{}')`, [
    form,
    ada.id
  ]);
  const { reference } = await submit(ada, asked({ form, attachments: [file?.id ?? ''] }));

  const sent = await sql(
    `select r.reference from attachment a join request r on r.id = a.request_id where a.id = $1`,
    [file?.id]
  );
  expect(sent).toEqual([{ reference }]);
  expect(await sql('select key from draft where key = $1', [form])).toEqual([]);
});

/** A request of this kind with these answers, as its row and its promises stand. */
async function raised(code: string, answers: NewRequest['answers'], now = new Date()) {
  const type = serviceTypes.find((each) => each.code === code);
  if (!type) throw new Error(`the catalogue has no ${code}`);
  const { reference } = await submit(ada, asked({ type, answers, now }));
  const [row] = await sql<{
    comes_first: string;
    priority: number;
    hours: number;
    wished_at: Date;
    due: Date;
  }>(
    `select r.comes_first, r.priority, r.wished_at, p.due_at as due,
            extract(epoch from p.due_at - p.started_at)::float8 / 3600 as hours
     from request r join promise p on p.request_id = r.id and p.kind = 'resolution' where r.reference = $1`,
    [reference]
  );
  return row;
}

test('somebody vulnerable without gas comes first and is promised four hours, on a Sunday night too', async () => {
  const sunday = new Date('2037-11-29T23:30:00-05:00');
  const answers = { extent: 'all', vulnerable: 'yes', prepayment: 'not_prepaid' };
  expect(await raised('E-NOGAS', answers, sunday)).toMatchObject({
    ...{ comes_first: 'vulnerable', priority: 1, hours: 4 }
  });
  const others = { ...answers, vulnerable: 'no' };
  expect(await raised('E-NOGAS', others, sunday)).toMatchObject({ comes_first: null, hours: 24 });
});

test('what is asked for a day is promised for that day', async () => {
  const move = await raised('MOVE-IN', { starts_on: '2038-01-22' }, new Date('2037-11-23T09:00:00-05:00'));
  expect(move?.due.toISOString()).toBe('2038-01-22T23:00:00.000Z');
  expect(move?.wished_at.toISOString()).toBe('2038-01-23T05:00:00.000Z');
});
