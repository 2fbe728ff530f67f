/**
 * The day goes on: what the hour says of visits and deliveries in the demo town. Whose hour has gone by was visited, with a
 * few who were not; whose hour it is has somebody on the way. Called at every start, so that the town is of today.
 */
import type pg from 'pg';
import type { Config } from '#lib/platform/server/config.ts';
import { compensationIn } from '#lib/visits/compensation.ts';

type Day = Pick<Config, 'timeZone' | 'jurisdiction'>;

export async function liveOn(client: pg.ClientBase, config: Day, now: Date) {
  const { rows: staff } = await client.query<{ id: string }>(
    `select id from person where demo and role = 'agent' and deactivated_at is null
     order by email = 'grace@agent.example' desc, email`
  );
  const [grace] = staff;
  if (!grace) return;
  await as(client, 'agent', grace.id);
  await giveVisits(
    client,
    staff.slice(0, 4).map(({ id }) => id)
  );
  await visit(client, config, now);
  await deliver(client, config, now);
  await as(client, '', '');
}

const as = (client: pg.ClientBase, role: string, person: string) =>
  client.query(`select set_config('app.role', $1, true), set_config('app.person', $2, true)`, [role, person]);

/** One of each window is Grace's, the next her colleagues'; of every seventh nobody knows yet who goes. */
const giveVisits = (client: pg.ClientBase, technicians: readonly string[]) =>
  client.query(
    `with wanting as (
       select v.id, row_number() over (partition by v.on_day, v.from_time order by v.id) as place,
              row_number() over (order by v.id) as n
       from visit v join request r on r.id = v.request_id join person p on p.id = r.requester_id and p.demo
       where v.ended_at is null and v.technician_id is null)
     update visit v set technician_id = ($1::uuid[])[1 + (w.place - 1) % $2::int]
     from wanting w where w.id = v.id and w.n % 7 <> 4`,
    [technicians, technicians.length]
  );

async function visit(client: pg.ClientBase, { timeZone, jurisdiction }: Day, now: Date) {
  await client.query(
    `create temporary table of_today on commit drop as
     select v.id, v.request_id, v.on_day, v.from_time, v.to_time, r.account_id, p.name,
            (v.on_day + v.from_time) at time zone $1 as begins, (v.on_day + v.to_time) at time zone $1 as ends,
            (row_number() over (order by v.on_day, v.from_time, v.id))::int as n, null::text as becomes
     from visit v join request r on r.id = v.request_id and r.status = 'scheduled'
     join person p on p.id = r.requester_id and p.demo and p.email like '%@town.example'
     where v.ended_at is null and (v.on_day + v.from_time) at time zone $1 <= $2`,
    [timeZone, now]
  );
  await client.query(
    `update of_today set becomes = case
       when ends > $1 then 'on_the_way'
       when ends > $1::timestamptz - interval '2 hours' and n % 2 = 0 then 'on_the_way'
       when n % 8 = 3 then 'no_access' when n % 11 = 5 then 'parts_missing'
       when n % 6 = 2 and ends < $1::timestamptz - interval '4 hours' then 'missed' else 'done' end`,
    [now]
  );
  // Who is on the way already has been told so.
  await client.query(
    `delete from of_today t using visit v where v.id = t.id and v.state = 'on_the_way' and t.becomes = 'on_the_way'`
  );
  await client.query(
    `update visit v set state = t.becomes, ended_at = case when t.becomes <> 'on_the_way' then t.ends - interval '20 minutes' end,
       technician_id = coalesce(v.technician_id, app_person()),
       on_way_at = t.begins, sequence = sequence + 1, changed_at = t.begins,
       expected_from = case when t.becomes = 'on_the_way' then t.from_time + interval '30 minutes' end,
       expected_to = case when t.becomes = 'on_the_way' then t.from_time + interval '90 minutes' end
     from of_today t where t.id = v.id`
  );
  await client.query(
    `insert into visit_report (visit_id, request_id, key, outcome, note, met, reported_by, happened_at)
     select t.id, t.request_id, gen_random_uuid(), t.becomes, ($1::text[])[1 + t.n % 4],
            case when t.becomes = 'no_access' then '' else t.name end, v.technician_id, t.ends - interval '20 minutes'
     from of_today t join visit v on v.id = t.id where t.becomes in ('done', 'no_access', 'parts_missing')`,
    [
      [
        'Checked, cleaned and tested. No leak at 20 mbar.',
        'Old seal replaced, pressure within limits.',
        'Explained the shut-off valve; all appliances relit.',
        'Meter and regulator tested and found in order.'
      ]
    ]
  );
  await client.query(
    `insert into request_event (request_id, number, actor_role, kind, visibility, payload, at)
     select request_id, 1, '', 'visit', 'public',
            jsonb_build_object('visit_on', on_day, 'visit_from', from_time, 'visit_to', to_time, 'state', becomes),
            least(ends - interval '20 minutes', $1) from of_today`,
    [now]
  );
  // What is done is resolved, and its promises are kept; all else goes on.
  await client.query(
    `update promise set state = 'kept', ended_at = now(), minutes_left = null, due_at = greatest(due_at, now())
     where ended_at is null and state in ('running', 'paused')
       and request_id in (select request_id from of_today where becomes = 'done')`
  );
  await client.query(
    `update request r set status = case when t.becomes = 'done' then 'resolved' else 'open' end,
       due_at = case when t.becomes = 'done' then 'infinity' else r.due_at end
     from of_today t where t.request_id = r.id and t.becomes <> 'on_the_way'`
  );
  await client.query(
    `insert into request_event (request_id, number, actor_role, kind, visibility, payload, at)
     select request_id, 1, '', 'status', 'public',
            jsonb_build_object('from', 'scheduled', 'status', case when becomes = 'done' then 'resolved' else 'open' end),
            ends - interval '20 minutes' from of_today where becomes <> 'on_the_way'`
  );
  const rule = compensationIn(jurisdiction);
  if (rule)
    await client.query(
      `insert into compensation (visit_id, request_id, account_id, rule, reason, amount, currency, due_on)
       select id, request_id, account_id, $1, 'missed', $2, $3, on_day + 14 from of_today where becomes = 'missed'`,
      [rule.rule, rule.amount, rule.currency]
    );
}

/** Those that were made with the town have no digest: nobody typed them. */
async function deliver(client: pg.ClientBase, { timeZone }: Pick<Day, 'timeZone'>, now: Date) {
  await client.query(
    `create temporary table runs on commit drop as
     select o.id, o.status, s.begins_at as begins, s.ends_at as ends,
            (row_number() over (order by s.begins_at, o.id))::int as n
     from customer_order o join slot_place p on p.subject_id = o.id and p.subject_kind = 'order' and p.state = 'taken'
     join slot s on s.id = p.slot_id
     where o.ended_at is null and o.digest = '' and s.on_day <= ($1::timestamptz at time zone $2)::date`,
    [now, timeZone]
  );
  const step = async (to: string, which: string, at: string, from: string) => {
    await client.query(
      `insert into order_event (order_id, number, actor_role, kind, payload, at)
       select r.id, 1, '', $1, case when $1 = 'missed' then '{"why": "nobody_home"}'::jsonb else '{}' end, least(${at}, $2)
       from runs r join customer_order o on o.id = r.id and o.status = $3 where (${which})`,
      [to, now, from]
    );
    await client.query(
      `update customer_order o set status = $1, why = case when $1 = 'missed' then 'nobody_home' end
       from runs r where r.id = o.id and o.status = $2 and (${which})`,
      [to, from]
    );
  };
  const gone = `r.ends <= '${now.toISOString()}'::timestamptz`;
  // The lorry of the last window is late at one door.
  const late = `(r.n % 4 = 1 and r.ends > '${now.toISOString()}'::timestamptz - interval '3 hours')`;
  await step('packed', `r.n % 6 <> 5 or ${gone}`, `r.begins - interval '90 minutes'`, 'placed');
  await step(
    'on_the_way',
    `r.begins <= '${now.toISOString()}'::timestamptz`,
    `r.begins + interval '5 minutes'`,
    'packed'
  );
  await client.query(
    `update slot_place p set state = 'given_back', why = 'over'
     from runs r where p.subject_id = r.id and p.state = 'taken' and ${gone} and not ${late} and r.n % 7 = 3`
  );
  await step(
    'missed',
    `${gone} and not ${late} and r.n % 7 = 3`,
    `r.ends - interval '25 minutes'`,
    'on_the_way'
  );
  await client.query(
    `update order_code c set used_at = r.ends from runs r
     where c.order_id = r.id and c.used_at is null and ${gone} and not ${late} and r.n % 7 <> 3`
  );
  await step(
    'delivered',
    `${gone} and not ${late} and r.n % 7 <> 3`,
    `r.ends - interval '25 minutes'`,
    'on_the_way'
  );
  await client.query(
    `update customer_order o set paid = total, paid_how = 'card_reader' from runs r
     where r.id = o.id and o.status = 'delivered' and o.paid = 0`
  );
}
