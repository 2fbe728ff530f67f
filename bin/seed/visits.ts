/** Where the people of the town live, when somebody can come there, and the places of those who are booked already. */
import type pg from 'pg';
import { insertRows } from './rows.ts';

const areas = [
  { code: 'millbrook', name: 'Millbrook', prefix: '0421' },
  { code: 'harrow-bend', name: 'Harrow Bend', prefix: '0422' }
];

/** By skill: how many can be visited in each window. */
const capacities = { appliance: 3, meter: 2, works: 1, cylinder: 2 };
const windows = [
  ['08:00', '10:00'],
  ['10:00', '12:00'],
  ['13:00', '15:00'],
  ['15:00', '17:00']
] as const;

/** The areas of the town and a week's pattern of visits, planned for the weeks ahead. */
export async function planVisits(client: pg.ClientBase, zone: string) {
  await insertRows(
    client,
    'area',
    areas.map(({ code, name }) => ({ code, name, created_at: new Date() }))
  );
  await insertRows(
    client,
    'area_postcode',
    areas.map(({ code, prefix }) => ({ area: code, prefix }))
  );
  const pattern = areas.flatMap(({ code }) =>
    Object.entries(capacities).flatMap(([skill, capacity]) =>
      [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
        windows
          // Saturdays and Sundays are for the mornings, but for what keeps people warm.
          .slice(0, weekday > 5 && skill !== 'appliance' ? 2 : 4)
          .map(([from, to]) => ({ area: code, skill, weekday, from, to, capacity }))
      )
    )
  );
  for (const { area, skill, weekday, from, to, capacity } of pattern)
    await client.query(
      `insert into slot_pattern (kind, area, skill, weekday, from_time, to_time, capacity, kept_first)
       values ('visit', $1, $2, $3, $4, $5, $6, $7)`,
      [area, skill, weekday, from, to, capacity, skill === 'appliance' && weekday < 6 ? 1 : 0]
    );
  await client.query(`select set_config('app.role', 'system', true), plan_slots($1, 42)`, [zone]);
}

/** Those who are booked have a visit, and a place in its slot as far as there are places. */
export async function bookVisits(client: pg.ClientBase, zone: string, skillOf: (code: string) => string) {
  await client.query(
    `insert into visit (request_id, on_day, from_time, to_time, zone)
     select id, visit_on, visit_from, visit_to, $1 from request where status = 'scheduled'`,
    [zone]
  );
  const { rows: codes } = await client.query<{ service_type: string }>(
    `select distinct service_type from request where status = 'scheduled'`
  );
  const skills = Object.fromEntries(codes.map(({ service_type }) => [service_type, skillOf(service_type)]));
  await client.query(
    `insert into slot_place (slot_id, subject_kind, subject_id, state, comes_first)
     select slot, 'request', id, 'taken', comes_first is not null from (
       select s.id as slot, s.capacity, s.kept_first, r.id, r.comes_first,
              row_number() over (partition by s.id order by r.comes_first nulls last, r.submitted_at) as place
       from request r join premises p on p.id = r.premises_id
       join slot s on s.kind = 'visit' and s.area = area_of_postcode(p.postcode)
         and s.skill = $1::jsonb->>r.service_type and s.on_day = r.visit_on and s.from_time = r.visit_from
         and s.to_time = r.visit_to and s.begins_at > now()
       where r.status = 'scheduled') fits
     where place <= capacity - kept_first`,
    [JSON.stringify(skills)]
  );
}
