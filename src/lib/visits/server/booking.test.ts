/** Booking, moving and calling off a visit: through the commands of the pages, with the database's own say. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { replyToRequest } from '#lib/requests/server/messages.ts';
import { cancelRequest, setStatus } from '#lib/requests/server/transitions.ts';
import { bookSlot, callOffVisit, visitOf } from './booking.ts';
import { getRequest } from '#lib/requests/server/queries.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web', { size: 16 });
afterAll(() => database.close());

const zone = 'America/New_York';
const [ada, eve, grace] = [await aPerson(), await aPerson(), await aPerson('agent')];
const hers = database.as(ada);
const clock = { now: new Date(), zone };
await sql(`insert into area (code, name) values ('mill', 'Millbrook')`);

let hour = 0;
async function aSlot(capacity = 1, day = 5) {
  const [row] = await sql<{ id: string; on_day: string; from_time: string }>(
    `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
     values ('visit', 'mill', 'appliance', (now() at time zone $4)::date + $1::int, $2::time, $2::time + interval '2 hours', $4, $3)
     returning id, on_day::text, from_time`,
    [
      day,
      `${String(hour++ % 21).padStart(2, '0')}:${String(Math.floor(hour / 21)).padStart(2, '0')}`,
      capacity,
      zone
    ]
  );
  if (!row) throw new Error('no slot');
  return row;
}
const row = async (id: string) =>
  (
    await sql<{ status: string; visit_on: string | null; visits: string[]; taken: number; events: string[] }>(
      `select status, visit_on, array(select state || ' ' || sequence from visit where request_id = r.id order by id) as visits,
              (select count(*)::int from slot_place where subject_id = r.id and state = 'taken') as taken,
              array(select payload->>'state' from request_event where request_id = r.id and kind = 'visit' order by number) as events
       from request r where id = $1`,
      [id]
    )
  )[0];
const letters = async (id: string) =>
  (
    await sql<{ kind: string }>(
      `select payload->>'kind' as kind from outbox where job = 'requests.tell_customer' and payload->>'requestId' = $1 order by id`,
      [id]
    )
  ).map(({ kind }) => kind);

test('a customer books what is offered, moves it, and calls it off; each is on the timeline and written about', async () => {
  const [first, second] = [await aSlot(), await aSlot()];
  const { id, reference } = await aRequest(ada);
  const offered = await visitOf(hers, ada, await getRequest(hers, ada, reference), clock);
  expect(offered.slots.map((slot) => slot.id)).toEqual(expect.arrayContaining([first.id, second.id]));

  for (const _ of ['once', 'and a second click'])
    await bookSlot(hers, ada, reference, { slot: first.id, ...clock });
  expect(await row(id)).toMatchObject({
    status: 'scheduled',
    visits: ['booked 0'],
    taken: 1,
    events: ['booked']
  });

  await bookSlot(hers, ada, reference, { slot: second.id, ...clock });
  expect(await row(id)).toMatchObject({
    status: 'scheduled',
    visits: ['booked 1'],
    taken: 1,
    events: ['booked', 'moved']
  });
  expect(await sql('select taken from slot where id = $1', [first.id])).toEqual([{ taken: 0 }]);

  for (const _ of ['once', 'and a second click']) await callOffVisit(hers, ada, reference, clock);
  expect(await row(id)).toMatchObject({ status: 'open', visit_on: null, visits: ['called_off 2'], taken: 0 });
  expect(await letters(id)).toEqual(['booked', 'visit_moved', 'visit_off']);

  await bookSlot(hers, ada, reference, { slot: first.id, ...clock });
  expect(await row(id)).toMatchObject({ status: 'scheduled', visits: ['called_off 2', 'booked 0'] });
});

test('of 200 who book one of 10 places at once, exactly 10 have it, and nobody has half of it', async () => {
  const slot = await aSlot(10);
  const requests: { id: string; reference: string }[] = [];
  for (let n = 0; n < 200; n++) requests.push(await aRequest(ada));
  // As many at a time as there are connections; the rest press on as these come back.
  const left = requests.map(({ reference }) => reference);
  const ends: PromiseSettledResult<unknown>[] = [];
  const one = async () => {
    for (let reference = left.pop(); reference; reference = left.pop())
      ends.push(...(await Promise.allSettled([bookSlot(hers, ada, reference, { slot: slot.id, ...clock })])));
  };
  await Promise.all(Array.from({ length: 16 }, one));
  expect(ends).toHaveLength(200);
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  for (const end of ends)
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ kind: 'conflict' });
  const ids = requests.map(({ id }) => id);
  expect(
    await sql(
      `select (select taken from slot where id = $2) as taken,
              (select count(*)::int from request where id = any($1) and status = 'scheduled') as booked,
              (select count(*)::int from visit where request_id = any($1)) as visits,
              (select count(*)::int from slot_place where subject_id = any($1) and state = 'taken') as places`,
      [ids, slot.id]
    )
  ).toEqual([{ taken: 10, booked: 10, visits: 10, places: 10 }]);
}, 120_000);

test('a mover keeps the old time where the new one is taken meanwhile', async () => {
  const [old, full] = [await aSlot(), await aSlot()];
  const [one, other] = [await aRequest(ada), await aRequest(ada)];
  await bookSlot(hers, ada, one.reference, { slot: old.id, ...clock });
  await bookSlot(hers, ada, other.reference, { slot: full.id, ...clock });
  await expect(bookSlot(hers, ada, one.reference, { slot: full.id, ...clock })).rejects.toMatchObject({
    words: 'slots.slot_gone'
  });
  expect(await row(one.id)).toMatchObject({ visit_on: old.on_day, visits: ['booked 0'], taken: 1 });
});

test('the wrong person finds no request, and staff book on behalf at shorter notice', async () => {
  const slot = await aSlot(1, 1);
  const { id, reference } = await aRequest(ada);
  const theirs = database.as(eve);
  await expect(bookSlot(theirs, eve, reference, { slot: slot.id, ...clock })).rejects.toMatchObject({
    kind: 'missing'
  });
  await expect(callOffVisit(theirs, eve, reference, clock)).rejects.toMatchObject({ kind: 'missing' });
  await bookSlot(database.as(grace), grace, reference, { slot: slot.id, seen: 0, ...clock });
  expect(await row(id)).toMatchObject({ status: 'scheduled', taken: 1 });
});

test('from midnight before its day a customer neither moves nor calls it off, in words; staff still do', async () => {
  const [tomorrow, later] = [await aSlot(1, 3), await aSlot(1, 9)];
  const { id, reference } = await aRequest(ada);
  await bookSlot(hers, ada, reference, { slot: tomorrow.id, ...clock });
  // On the day itself, a minute after midnight on the clock of the place.
  const now = new Date(
    Temporal.PlainDate.from(tomorrow.on_day).toZonedDateTime({ timeZone: zone, plainTime: '00:01' })
      .epochMilliseconds
  );
  const late = { now, zone };
  await expect(bookSlot(hers, ada, reference, { slot: later.id, ...late })).rejects.toMatchObject({
    words: 'visits.too_late_to_move'
  });
  await expect(callOffVisit(hers, ada, reference, late)).rejects.toMatchObject({
    words: 'visits.too_late_to_call_off'
  });
  await bookSlot(database.as(grace), grace, reference, { slot: later.id, seen: 99, ...late });
  expect(await row(id)).toMatchObject({ visit_on: later.on_day, visits: ['booked 1'] });
});

test('the place is given back when the request ends or goes on without its visit, whoever ends it', async () => {
  const slot = await aSlot(2);
  const [cancelled, opened] = [await aRequest(ada), await aRequest(ada)];
  for (const { reference } of [cancelled, opened])
    await bookSlot(hers, ada, reference, { slot: slot.id, ...clock });
  await cancelRequest(hers, ada, cancelled.reference, { today: '2020-01-01' });
  await setStatus(database.as(grace), grace, opened.reference, { status: 'open', seen: 99 });
  for (const { id } of [cancelled, opened])
    expect(await row(id)).toMatchObject({ visits: ['called_off 1'], taken: 0 });
  expect(await sql('select taken from slot where id = $1', [slot.id])).toEqual([{ taken: 0 }]);
});

test('a question in between does not lose the visit: it stands, and stands again when it is answered', async () => {
  const slot = await aSlot();
  const { id, reference } = await aRequest(ada);
  await bookSlot(hers, ada, reference, { slot: slot.id, ...clock });
  const words = { key: crypto.randomUUID(), attachments: [] };
  await replyToRequest(database.as(grace), grace, reference, {
    ...words,
    text: 'Is there a dog?',
    then: 'waiting'
  });
  expect(await row(id)).toMatchObject({ status: 'waiting', visits: ['booked 0'], taken: 1 });
  await replyToRequest(hers, ada, reference, { ...words, key: crypto.randomUUID(), text: 'A small one.' });
  expect(await row(id)).toMatchObject({ status: 'scheduled', visits: ['booked 0'], taken: 1 });
});

test('past all our code a customer books no time of their own', async () => {
  const { id } = await aRequest(ada);
  for (const change of [
    { visit_on: '2030-01-01', visit_from: '08:00', visit_to: '10:00' },
    { status: 'scheduled' as const, visit_on: '2030-01-01', visit_from: '08:00', visit_to: '10:00' }
  ])
    await expect(hers.updateTable('request').set(change).where('id', '=', id).execute()).rejects.toThrow(
      'a customer books what is offered'
    );
});
