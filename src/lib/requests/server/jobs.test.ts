/** What time does to requests: letters that look again, promises missed once, closing after two weeks, forgetting. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Occasion } from '../letters.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import type { EventKind } from '../timeline.ts';
import type { Visibility } from '#lib/events/visibility.ts';
import { visitLetters } from '#lib/visits/server/letters.ts';
import { requestJobs } from './jobs.ts';
import { reopenRequest } from './transitions.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const worker = openDatabase(urls.worker, 'hearth_worker');
const db = worker.as(system);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => Promise.all([worker.close(), web.close()]));

const sent: Mail[] = [];
const head = {
  origin: 'https://hearth.example',
  utilityName: 'Northgate Gas',
  emergencyPhone: '911',
  timeZone: 'UTC',
  secret: 'a secret of the tests'
};
const jobs = requestJobs(
  { send: async (mail) => void sent.push(mail), close: () => {} },
  head,
  visitLetters(head)
);
const ada = await aPerson('customer', { name: 'Ada Brook', locale: 'es' });
const grace = await aPerson('agent', { name: 'Grace Hill' });
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

beforeEach(() => {
  sent.length = 0;
});

describe('a letter', () => {
  test('goes to the one who asked, in their language, once however often the job runs', async () => {
    const { id, reference } = await aRequest(ada);
    const number = await event(id, 'submitted');
    await tell(id, number, 'received');
    await tell(id, number, 'received');

    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      to: ada.email,
      locale: 'es',
      subject: `Tenemos su solicitud ${reference}`
    });
    expect(sent[0]?.text).toContain(`https://hearth.example/requests/${reference}`);
    expect(sent[0]?.text).toContain('Una pregunta sobre una factura');
  });

  test('says nothing of what was written, and nothing of what only staff may see', async () => {
    const { id } = await aRequest(ada, { status: 'open' });
    const note = await event(id, 'note', 'internal', await message(id, 'internal', 'She is difficult'));
    const answer = await event(id, 'message', 'public', await message(id, 'public', 'Your meter is broken'));
    await tell(id, note, 'answered');
    await tell(id, answer, 'answered');

    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent)).not.toMatch(/difficult|meter is broken|too high/);
  });

  test('about an answer is not written when a newer answer has its own', async () => {
    const { id } = await aRequest(ada, { status: 'open' });
    const first = await event(id, 'message', 'public', await message(id, 'public', 'One'));
    const second = await event(id, 'message', 'public', await message(id, 'public', 'Two'));
    await tell(id, first, 'answered');
    expect(sent).toEqual([]);
    await tell(id, second, 'answered');
    expect(sent).toHaveLength(1);
  });

  test('in the chat an answer waits to be read there, and one letter tells of the whole talk', async () => {
    const { id } = await aRequest(ada, { status: 'open' });
    await sql('insert into conversation (person_id, request_id) values ($1, $2)', [ada.id, id]);
    const answer = await event(id, 'message', 'public', await message(id, 'public', 'One'));
    await sql('delete from outbox');
    await tell(id, answer, 'answered');
    expect(sent).toEqual([]);
    const [held] = await sql<{ payload: Jobs['requests.tell_customer'] }>(
      `select payload from outbox where job = 'requests.tell_customer' and run_at > now() + interval '1 minute'`
    );
    await sql('update conversation set read_number = $2 where request_id = $1', [id, answer]);
    await jobs['requests.tell_customer'](db, held!.payload);
    expect(sent).toEqual([]);

    await sql('update conversation set read_number = 0 where request_id = $1', [id]);
    await jobs['requests.tell_customer'](db, held!.payload);
    expect(sent).toHaveLength(1);
    await sql('update conversation set ended_at = now() where request_id = $1', [id]);
    await tell(id, answer, 'chatted');
    expect(sent).toHaveLength(2);
  });

  test.each([
    ['asked_back', 'open'],
    ['resolved', 'open'],
    ['cancelled', 'open'],
    ['answered', 'resolved'],
    ['reopened', 'resolved']
  ] as const)('"%s" is not written when the request is %s by now', async (occasion, status) => {
    const { id } = await aRequest(ada, { status });
    await tell(id, await event(id, 'status'), occasion);
    expect(sent).toEqual([]);
  });

  test('about a visit tells the visit that holds, not one that was moved since', async () => {
    const { id } = await aRequest(ada, { status: 'scheduled' });
    await sql(`update request set visit_on = '2026-12-01' where id = $1`, [id]);
    const old = await event(id, 'visit', 'public', {
      visit_on: '2026-11-30',
      visit_from: '08:00',
      visit_to: '12:00'
    });
    const now = await event(id, 'visit', 'public', {
      visit_on: '2026-12-01',
      visit_from: '08:00',
      visit_to: '12:00'
    });
    await tell(id, old, 'booked');
    expect(sent).toEqual([]);
    await tell(id, now, 'booked');
    expect(sent[0]?.text).toContain('1 de diciembre de 2026');
  });

  test('of a private request does not name what it is about', async () => {
    const { id } = await aRequest(ada);
    await sql('update request set private = true where id = $1', [id]);
    await tell(id, await event(id, 'submitted'), 'received');
    expect(sent[0]?.text).not.toContain('factura');
  });

  test('to nobody is no error: a caller we do not know is not written to', async () => {
    const { id } = await aRequest(ada);
    await sql('update request set requester_id = null, logged_by = $2 where id = $1', [id, grace.id]);
    await tell(id, await event(id, 'submitted'), 'received');
    expect(sent).toEqual([]);
  });
});

test('a promise past due is missed once, by time itself, and the customer reads so', async () => {
  const { id } = await aRequest(ada, { status: 'open' });
  await sql(
    `insert into promise (request_id, kind, minutes, started_at, due_at)
     values ($1, 'first_response', 60, now() - interval '2 hours', now() - interval '1 hour')`,
    [id]
  );
  await Promise.all([jobs['requests.miss_promises'](db, {}), jobs['requests.miss_promises'](db, {})]);

  const events = await sql(
    'select visibility, actor_role, payload from request_event where request_id = $1',
    [id]
  );
  expect(events).toEqual([
    { visibility: 'public', actor_role: 'system', payload: { promise: 'first_response', state: 'missed' } }
  ]);
});

test('what was resolved two weeks ago is closed by time, what is younger is not', async () => {
  const old = await aRequest(ada, { status: 'resolved', resolved_at: daysAgo(14.1) });
  const young = await aRequest(ada, { status: 'resolved', resolved_at: daysAgo(13.9) });
  await Promise.all([jobs['requests.close_resolved'](db, {}), jobs['requests.close_resolved'](db, {})]);

  expect(await statusOf(old.id)).toBe('closed');
  expect(await statusOf(young.id)).toBe('resolved');
  const events = await sql('select kind, actor_role, payload from request_event where request_id = $1', [
    old.id
  ]);
  expect(events).toEqual([
    { kind: 'status', actor_role: 'system', payload: { from: 'resolved', status: 'closed' } }
  ]);
});

test('what was resolved before the day it was asked for is not closed before that day is two weeks past', async () => {
  const early = await aRequest(ada, { status: 'resolved', resolved_at: daysAgo(60) });
  const over = await aRequest(ada, { status: 'resolved', resolved_at: daysAgo(60) });
  await sql(`update request set wished_at = now() - interval '13 days' where id = $1`, [early.id]);
  await sql(`update request set wished_at = now() - interval '15 days' where id = $1`, [over.id]);
  await jobs['requests.close_resolved'](db, {});

  expect(await statusOf(early.id)).toBe('resolved');
  expect(await statusOf(over.id)).toBe('closed');
  // Until then its customer may say that it is not done after all.
  await reopenRequest(web.as(ada), ada, early.reference);
  expect(await statusOf(early.id)).toBe('open');
});

test('what is asked for a later day stands in line from when work on it begins', async () => {
  const { id } = await aRequest(ada, { status: 'open' });
  await sql(
    `update request set due_at = now() + interval '60 days', rests_until = now() + interval '1 hour' where id = $1`,
    [id]
  );
  const rank = async () =>
    (await sql<{ rank: number }>('select rank from request where id = $1', [id]))[0]?.rank;
  await jobs['requests.miss_promises'](db, {});
  expect(await rank()).toBe(9);
  await sql(`update request set rests_until = now() - interval '1 second' where id = $1`, [id]);
  await jobs['requests.miss_promises'](db, {});
  expect(await rank()).toBe(7);
});

test('old drafts are forgotten: visitors’ after a day, people’s after thirty', async () => {
  const draft = (visitor: string | null, days: number) =>
    sql(
      `insert into draft (key, person_id, visitor, form, updated_at)
       values (gen_random_uuid(), $1, $2, 'request:X', $3)`,
      [visitor ? null : ada.id, visitor, daysAgo(days)]
    );
  await draft('v', 0.9);
  await draft('v', 1.1);
  await draft(null, 29);
  await draft(null, 31);
  await jobs['requests.forget_drafts'](db, {});

  const left = await sql<{ visitor: string | null }>('select visitor from draft order by visitor');
  expect(left.map((row) => row.visitor)).toEqual(['v', null]);
});

const tell = (requestId: string, number: number, kind: Occasion) =>
  jobs['requests.tell_customer'](db, { requestId, number, kind });

/** Something that Grace did on the request. */
async function event(id: string, kind: EventKind, visibility: Visibility = 'public', payload: object = {}) {
  const row = await web
    .as(grace)
    .insertInto('request_event')
    .values({ request_id: id, number: 1, actor_role: '', kind, visibility, payload: JSON.stringify(payload) })
    .returning('number')
    .executeTakeFirstOrThrow();
  return row.number;
}

async function message(id: string, visibility: Visibility, text: string) {
  const row = await web
    .as(grace)
    .insertInto('message')
    .values({ request_id: id, author_role: '', visibility, text })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { message: row.id };
}

async function statusOf(id: string) {
  const [row] = await sql<{ status: string }>('select status from request where id = $1', [id]);
  return row?.status;
}
