/** The demo town: no page of the product is empty on the first look, and what stands there could have happened. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { seedDemo } from '../../bin/seed.ts';
import { emergencyStatuses, entryKinds, isOver, standDownReasons } from '#lib/emergencies/life.ts';
import { config } from '#lib/platform/server/config.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { catalogueOf } from '#lib/catalogue/local.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { orderStatuses } from '#lib/orders/status.ts';
import { canMove, statuses, type Status } from '#lib/requests/status.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';

const urls = await freshDatabase();
const { sql } = await makersOn(urls.owner);
const dataDir = await mkdtemp(join(tmpdir(), 'hearth-town-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

await publish(urls.owner, serviceTypes);
// At an hour at which some are done, some under way and some late.
const today = Temporal.Now.plainDateISO(config.timeZone);
const at = (days: number, plainTime: string) =>
  new Date(today.add({ days }).toZonedDateTime({ timeZone: config.timeZone, plainTime }).epochMilliseconds);
await seedDemo(urls.owner, { ...config, dataDir }, at(0, '13:30'));

const all = async (text: string) => (await sql<{ one: string }>(text)).map(({ one }) => one);

test('there are requests of every kind and in every state, and Ada has one in each', async () => {
  expect(new Set(await all('select distinct service_type as one from request'))).toEqual(
    new Set(catalogueOf('US', serviceTypes).map(({ code }) => code))
  );
  const inTown = 'select distinct status as one from request';
  expect(new Set(await all(inTown))).toEqual(new Set(statuses));
  const hers = `${inTown} where requester_id = (select id from person where email = 'ada@customer.example')`;
  expect(new Set(await all(hers))).toEqual(new Set(statuses));
});

test('there are orders under way and past, and every cylinder is accounted for', async () => {
  expect(new Set(await all('select distinct status as one from customer_order'))).toEqual(
    new Set(orderStatuses)
  );
  expect(await all('select what as one from stock_out_of_step()')).toEqual([]);
  expect(
    await all(`select o.reference as one from customer_order o where o.status in ('placed', 'packed', 'on_the_way') and not exists (
                 select 1 from slot_place p where p.subject_id = o.id and p.state = 'taken')`)
  ).toEqual([]);
});

test('the day has visits and deliveries of every standing, and goes on when Hearth starts again', async () => {
  const visits = (days: number) =>
    all(`select distinct state as one from visit where on_day = '${today.add({ days }).toString()}'`);
  const deliveries = (days: number) =>
    all(`select distinct o.status as one from customer_order o join slot_place p on p.subject_id = o.id
         join slot s on s.id = p.slot_id and s.on_day = '${today.add({ days }).toString()}'`);
  expect(await visits(0)).toEqual(expect.arrayContaining(['booked', 'done', 'on_the_way']));
  expect(await deliveries(0)).toEqual(expect.arrayContaining(['packed', 'on_the_way', 'delivered']));
  expect(await all('select distinct state as one from compensation')).toEqual(['owed']);
  expect(await visits(1)).toEqual(['booked']);

  await seedDemo(urls.owner, { ...config, dataDir }, at(1, '13:30'));
  expect(await visits(0)).not.toContain('booked');
  expect(await visits(1)).toEqual(expect.arrayContaining(['booked', 'done', 'on_the_way']));
  expect(await deliveries(0)).not.toContain('on_the_way');
  expect(await deliveries(1)).toEqual(expect.arrayContaining(['on_the_way', 'delivered']));
  expect(await all('select what as one from stock_out_of_step()')).toEqual([]);
});

test('every move was one that the table allows, and the timelines are whole', async () => {
  const moves = await all(
    `select distinct (payload->>'from') || ' ' || (payload->>'status') as one from request_event where kind = 'status'`
  );
  for (const move of moves) {
    const [from, to] = move.split(' ') as [Status, Status];
    expect(
      ['customer', 'staff', 'system'].some((whom) => canMove(from, to, whom as 'staff')),
      move
    ).toBe(true);
  }
  const broken = `select r.reference as one from request r join request_event e on e.request_id = r.id
                  group by r.id having max(e.number) <> r.last_number or count(*) <> r.last_number`;
  expect(await all(broken)).toEqual([]);
});

test('the last message by its key is the last that was said, so that lists show what is asked', async () => {
  const wrong = await all(`
    select r.reference as one from request r
    join lateral (select id from message m where m.request_id = r.id order by m.id desc limit 1) newest on true
    join lateral (select e.payload->>'message' as id from request_event e
                  where e.request_id = r.id and e.kind in ('message', 'note') order by e.number desc limit 1) said on true
    where newest.id <> said.id::uuid`);
  expect(wrong).toEqual([]);
});

test('what was merged points to one of the same customer that goes on and says so', async () => {
  const pairs = await sql<{ same: boolean; told: boolean; due: boolean; running: number }>(
    `select one.requester_id = into_it.requester_id and into_it.status = 'open' as same,
            exists (select 1 from request_event e where e.request_id = into_it.id and e.kind = 'merged'
                    and e.payload->>'request' = one.id::text and e.at >= one.submitted_at) as told,
            one.due_at < 'infinity' as due,
            (select count(*)::int from promise p where p.request_id = one.id and p.ended_at is null) as running
     from request one join request into_it on into_it.id = one.merged_into`
  );
  expect(pairs.length).toBeGreaterThanOrEqual(3);
  for (const pair of pairs) expect(pair).toEqual({ same: true, told: true, due: false, running: 0 });
});

test('emergencies came in many ways and languages, and none alarms anybody who only starts the demonstration', async () => {
  const ended = await all('select distinct status as one from emergency');
  expect(new Set(ended)).toEqual(new Set(emergencyStatuses.filter(isOver)));
  // Only a flood brings these two.
  const usual = entryKinds.filter((kind) => kind !== 'words_full' && kind !== 'network_full');
  expect(new Set(await all('select distinct kind as one from emergency_entry'))).toEqual(new Set(usual));
  expect(new Set(await all('select distinct locale as one from emergency'))).toEqual(
    new Set(['en', 'es', 'hi', 'fr'])
  );
  expect(new Set(await all('select distinct hazard as one from emergency'))).toEqual(
    new Set(['gas', 'co', 'fire'])
  );
  expect(
    await all('select acknowledged_by::text as one from emergency where acknowledged_by is null')
  ).toEqual([]);
  expect(await all(`select job as one from outbox where job like 'emergencies.%'`)).toEqual([]);
  expect(standDownReasons).toEqual(
    expect.arrayContaining(
      await all(`select payload->>'reason' as one from emergency_entry where kind = 'stood_down'`)
    )
  );
});

test('the list of changes tells of somebody who came, changed teams, left, and who is invited', async () => {
  const actions = await all('select action as one from audit_entry order by id');
  for (const action of [
    'invitation.accepted',
    'person.team_changed',
    'person.deactivated',
    'invitation.sent_again'
  ])
    expect(actions).toContain(action);
  expect(
    await all('select id::text as one from audit_entry where actor_id is null or subject_id is null')
  ).toEqual([]);
  expect(await all('select name as one from person where deactivated_at is not null')).toHaveLength(1);
  expect(await all('select name as one from invitation where expires_at > now()')).toHaveLength(1);
});

test('every customer has eighteen months of readings, bills and payments, winters dearer than summers', async () => {
  const lacking = await all(`
    select a.number as one from account a join account_member m on m.account_id = a.id and m.kind = 'holder'
      join person p on p.id = m.person_id and p.demo
    where (select count(*) from bill b where b.account_id = a.id) < 17
      or (select max(issued_on) - min(issued_on) from bill b where b.account_id = a.id) < 480
      or (select count(*) from payment y where y.account_id = a.id) < 8
      or (select count(*) from reading r join meter t on t.id = r.meter_id join premises q on q.id = t.premises_id
          where q.account_id = a.id) < 18`);
  expect(lacking).toEqual([]);
  const [{ winter, summer } = { winter: 0, summer: 0 }] = await sql<{ winter: number; summer: number }>(
    `select avg(total) filter (where extract(month from period_to) in (1, 2))::int as winter,
            avg(total) filter (where extract(month from period_to) in (7, 8))::int as summer from bill`
  );
  expect(winter).toBeGreaterThan(1.5 * summer);
});

test('one bill was estimated at twice what it should be, one customer is in arrears and one in credit', async () => {
  const doubled = await sql<{ was: string; next: string }>(`
    select b.quantity as was, (select n.quantity from bill n where n.account_id = b.account_id and n.issued_on > b.issued_on
                               order by n.issued_on limit 1) as next
    from bill b join account_member m on m.account_id = b.account_id and m.kind = 'holder'
      join person p on p.id = m.person_id and p.email = 'ada@customer.example' where b.estimated`);
  expect(doubled).toHaveLength(1);
  // The next true reading makes good what was too much.
  expect(Number(doubled[0]?.next)).toBeLessThan(Number(doubled[0]?.was) / 2);
  const owed = await sql<{ owed: string; overdue: string }>(`
    select b.owed::text, (select count(*)::text from bill l where l.account_id = a.id and l.due_on < current_date
                            and bill_open(l.id) > 0) as overdue
    from account a, lateral (select coalesce((select sum(total) from bill where account_id = a.id), 0)
      - coalesce((select sum(amount) from payment where account_id = a.id and state = 'settled'), 0) as owed) b`);
  expect(Math.max(...owed.map(({ overdue }) => Number(overdue)))).toBeGreaterThanOrEqual(3);
  expect(Math.min(...owed.map((one) => Number(one.owed)))).toBeLessThan(0);
});

test('a meter tells every day, lately and a year ago, with the weather of those days', async () => {
  const days = await all(`
    select count(*)::text as one from reading r join weather_day w on w.day = r.read_on
    where r.read_on > current_date - 40 and r.state = 'accepted' group by r.meter_id having count(*) > 30`);
  expect(days).toHaveLength(1);
  expect(
    await all(`select r.id::text as one from (select *, lag(digits) over (partition by meter_id order by read_on) as before
                 from reading where state = 'accepted') r
               where r.digits < r.before and not (r.before like '99%' and r.digits like '00%')`)
  ).toEqual([]);
});
