/** What time alone does to visits: a reminder the day before, and owning up to what nobody came to. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { missVisits, remindVisits } from './reminding.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => database.close());
const db = database.as(system);
const ada = await aPerson();

/** Behind the scenes: a visit so many days from today, and the event by which it was booked. */
async function aVisit(days: number) {
  const request = await aRequest(ada, { status: 'scheduled' });
  await sql(
    `update visit set on_day = (now() at time zone 'Etc/GMT-12')::date + $2::int, changed_at = now() - interval '2 days' where request_id = $1`,
    [request.id, days]
  );
  await sql(
    `insert into request_event (request_id, number, actor_role, kind, visibility, payload) values ($1, 1, 'system', 'visit', 'public', '{}')`,
    [request.id]
  );
  return request;
}
const letters = async (id: string) =>
  (
    await sql<{ kind: string }>(
      `select payload->>'kind' as kind from outbox where payload->>'requestId' = $1 order by id`,
      [id]
    )
  ).map(({ kind }) => kind);

test('whoever is visited tomorrow is reminded once; the day after only then', async () => {
  const [tomorrow, later] = [await aVisit(1), await aVisit(2)];
  // A zone in which it is past nine, whenever this runs.
  const timeZone = 'Etc/GMT-12';
  const [{ early } = { early: true }] = await sql<{ early: boolean }>(
    `select (now() at time zone '${timeZone}')::time < '09:00' as early`
  );
  for (const _ of ['once', 'again']) await remindVisits(db, { timeZone, jurisdiction: 'UK' });
  expect([await letters(tomorrow.id), await letters(later.id)]).toEqual([early ? [] : ['visit_soon'], []]);
});

test('a visit that nobody came to is owned up to once, and owed for by the rule of the place', async () => {
  const missed = await aVisit(-3);
  const place = { timeZone: 'UTC', jurisdiction: 'UK' as const };
  for (const _ of ['once', 'again']) await missVisits(db, place);
  expect(
    await sql(
      `select r.status, v.state, c.amount, c.currency, c.state as owed, c.reason
       from request r join visit v on v.request_id = r.id join compensation c on c.visit_id = v.id where r.id = $1`,
      [missed.id]
    )
  ).toEqual([
    { status: 'open', state: 'missed', amount: 4000, currency: 'GBP', owed: 'owed', reason: 'missed' }
  ]);
  expect(await letters(missed.id)).toEqual(['visit_missed']);

  // Not paid by its day: the same again, once.
  await sql('update compensation set due_on = current_date - 1');
  for (const _ of ['once', 'again']) await missVisits(db, place);
  expect(await sql('select reason, amount from compensation order by reason')).toEqual([
    { reason: 'missed', amount: 4000 },
    { reason: 'paid_late', amount: 4000 }
  ]);
});

test('where no rule asks for money none is owed, and a visit of today is not missed', async () => {
  const [old, today] = [await aVisit(-4), await aVisit(0)];
  await sql(`update visit set from_time = '23:50', to_time = '23:59' where request_id = $1`, [today.id]);
  await missVisits(db, { timeZone: 'UTC', jurisdiction: 'IN' });
  expect(
    await sql(
      `select v.state, (select count(*)::int from compensation c where c.visit_id = v.id) as owed
       from visit v where v.request_id = any($1) order by v.on_day`,
      [[old.id, today.id]]
    )
  ).toEqual([
    { state: 'missed', owed: 0 },
    { state: 'booked', owed: 0 }
  ]);
});
