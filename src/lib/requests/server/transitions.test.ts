/** Moving requests: every command by the right and the wrong person, in and out of time, with what it leaves. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { fourTests } from '../../../../tests/support/four-tests.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { statusesByHand } from '../access.ts';
import { statuses, type Status } from '../status.ts';
import { assignRequest, takeRequest } from './assignment.ts';
import {
  beginWork,
  bookVisit,
  cancelRequest,
  confirmRequest,
  reopenRequest,
  setPriority,
  setStatus
} from './transitions.ts';
import { addNote, replyToRequest } from './messages.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const ben = await aPerson('customer', { name: 'Ben Hill' });
const grace = await aPerson('agent', { name: 'Grace Lind' });
const omar = await aPerson('agent', { name: 'Omar Reed' });
const today = '2026-11-23';
const seen = 0;
const visit = { visit_on: '2026-12-05', visit_from: '08:00', visit_to: '12:00', today, seen };

fourTests(
  { owner: ada, aRequest, sql },
  {
    'cancelling by the customer': {
      does: (by, reference) => cancelRequest(database.as(by), by, reference, { today }),
      by: ada,
      on: 'scheduled',
      makes: { status: 'cancelled' },
      notBy: ben,
      says: 'missing',
      notOn: 'resolved',
      events: ['status'],
      letters: ['cancelled']
    },
    'cancelling at the desk': {
      does: (by, reference) =>
        cancelRequest(database.as(by), by, reference, { today, reason: 'Twice', seen }),
      by: grace,
      on: 'open',
      makes: { status: 'cancelled' },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['message', 'status'],
      letters: ['cancelled']
    },
    reopening: {
      does: (by, reference) => reopenRequest(database.as(by), by, reference),
      by: ada,
      on: 'resolved',
      makes: { status: 'open', resolved_at: null },
      notBy: ben,
      says: 'missing',
      notOn: 'closed',
      events: ['status'],
      letters: ['reopened']
    },
    confirming: {
      does: (by, reference) => confirmRequest(database.as(by), by, reference),
      by: ada,
      on: 'resolved',
      makes: { status: 'closed' },
      notBy: grace,
      says: 'forbidden',
      notOn: 'open',
      events: ['status'],
      letters: []
    },
    'setting the priority': {
      does: (by, reference) => setPriority(database.as(by), by, reference, { priority: 1, seen }),
      by: grace,
      on: 'waiting',
      makes: { priority: 1 },
      notBy: ada,
      says: 'forbidden',
      notOn: 'closed',
      events: ['priority'],
      letters: []
    },
    'beginning work': {
      does: (by, reference) => beginWork(database.as(by), by, reference, { seen }),
      by: grace,
      on: 'open',
      // The moment is the present one.
      makes: { work_began_at: expect.any(Date) as unknown },
      notBy: ada,
      says: 'forbidden',
      notOn: 'cancelled',
      events: ['work_began'],
      letters: []
    },
    'booking a visit': {
      does: (by, reference) => bookVisit(database.as(by), by, reference, visit),
      by: grace,
      on: 'open',
      makes: { status: 'scheduled', visit_from: '08:00:00', visit_to: '12:00:00' },
      notBy: ada,
      says: 'forbidden',
      notOn: 'closed',
      events: ['status', 'visit'],
      letters: ['booked']
    },
    'moving by hand': {
      does: (by, reference) => setStatus(database.as(by), by, reference, { status: 'resolved', seen }),
      by: grace,
      on: 'open',
      makes: { status: 'resolved' },
      notBy: ada,
      says: 'forbidden',
      notOn: 'closed',
      events: ['status'],
      letters: ['resolved']
    },
    taking: {
      does: (by, reference) => takeRequest(database.as(by), by, reference, { seen }),
      by: grace,
      on: 'submitted',
      makes: { status: 'open', agent_id: grace.id },
      notBy: ada,
      says: 'forbidden',
      notOn: 'closed',
      events: ['assigned', 'status'],
      letters: []
    },
    assigning: {
      does: (by, reference) =>
        assignRequest(database.as(by), by, reference, { agent: omar.id, team: null, seen }),
      by: grace,
      on: 'open',
      makes: { agent_id: omar.id },
      notBy: ada,
      says: 'forbidden',
      notOn: 'cancelled',
      events: ['assigned'],
      letters: []
    }
  }
);

// What is merged is made only by merging.
test.each(statuses.filter((status) => status !== 'merged'))(
  'by hand a request goes from %s only where it may, and all else is a plain refusal',
  async (from) => {
    for (const status of statuses.filter((to) => to !== from)) {
      const { id, reference } = await aRequest(ada, { status: from });
      const put = setStatus(database.as(grace), grace, reference, { status, seen });
      const may = statusesByHand(grace, { status: from }).includes(status);
      if (may) await put;
      else await expect(put, status).rejects.toMatchObject({ name: 'Refusal' });
      expect(await sql('select status from request where id = $1', [id])).toEqual([
        { status: may ? status : from }
      ]);
    }
  }
);

test('two weeks after it was resolved its customer neither reopens it nor answers on it; staff still do', async () => {
  const resolved_at = new Date(Date.now() - 14 * 86_400_000);
  const { id, reference } = await aRequest(ada, { status: 'resolved', resolved_at });
  const words = { key: crypto.randomUUID(), text: 'It smells again.', attachments: [] };
  await expect(reopenRequest(database.as(ada), ada, reference)).rejects.toMatchObject({ kind: 'forbidden' });
  await expect(replyToRequest(database.as(ada), ada, reference, words)).rejects.toMatchObject({
    kind: 'forbidden'
  });
  expect(await sql('select kind from request_event where request_id = $1', [id])).toEqual([]);
  await setStatus(database.as(grace), grace, reference, { status: 'open', seen });
});

test('a visit is neither in the past nor over before it began', async () => {
  const { reference } = await aRequest(ada);
  const book = (also: object) => bookVisit(database.as(grace), grace, reference, { ...visit, ...also });
  await expect(book({ visit_on: '2026-11-22' })).rejects.toMatchObject({ kind: 'invalid' });
  await expect(book({ visit_to: '08:00' })).rejects.toMatchObject({ kind: 'invalid' });
});

test('what is done twice stands on the timeline once', async () => {
  const { id, reference } = await aRequest(ada, { status: 'open' });
  for (const _ of [1, 2]) {
    await beginWork(database.as(grace), grace, reference, { seen });
    await bookVisit(database.as(grace), grace, reference, visit);
    await setPriority(database.as(grace), grace, reference, { priority: 2, seen });
  }
  const events = await sql('select kind from request_event where request_id = $1 order by number', [id]);
  expect(events.map(({ kind }) => kind as string)).toEqual(['work_began', 'status', 'visit', 'priority']);
});

test('the second of two clicks of a customer finds it done, and nothing is written twice', async () => {
  const twice = async (status: Status, command: (reference: string) => Promise<unknown>) => {
    const { id, reference } = await aRequest(ada, { status });
    await command(reference);
    await command(reference);
    return (await sql('select 1 from request_event where request_id = $1', [id])).length;
  };
  const hers = database.as(ada);
  expect([
    await twice('submitted', (reference) => cancelRequest(hers, ada, reference, { today: visit.today })),
    await twice('resolved', (reference) => confirmRequest(hers, ada, reference)),
    await twice('resolved', (reference) => reopenRequest(hers, ada, reference))
  ]).toEqual([1, 1, 1]);
});

test('of two people who change the same request, whoever had not seen the other is told who it was', async () => {
  const { reference } = await aRequest(ada, { status: 'open' });
  const key = crypto.randomUUID();
  const note = await addNote(database.as(omar), omar, reference, {
    key,
    text: 'Calling now.',
    attachments: []
  });
  const change = (saw: number) =>
    setPriority(database.as(grace), grace, reference, { priority: 1, seen: saw });

  await expect(change(seen)).rejects.toMatchObject({ kind: 'conflict', values: { name: 'Omar Reed' } });
  await change(note.number);
});
