-- What a week looks like, area by area; the slots of the weeks ahead are made from it, except on days that are closed.

create table slot_pattern (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('visit', 'delivery')),
  area text not null references area,
  skill text not null check (skill ~ '^[a-z][a-z_]{1,29}$'),
  -- 1 is Monday.
  weekday smallint not null check (weekday between 1 and 7),
  from_time time not null,
  to_time time not null,
  capacity smallint not null check (capacity between 1 and 500),
  kept_first smallint not null default 0 check (kept_first between 0 and capacity),
  created_at timestamptz not null default now(),
  unique (area, kind, skill, weekday, from_time, to_time)
);

-- Nobody comes there on that day: nothing is planned for it.
create table slot_day_off (
  area text not null references area,
  kind text not null check (kind in ('visit', 'delivery')),
  on_day date not null,
  reason text not null check (reason in ('weather', 'staff', 'holiday', 'safety', 'other')),
  made_by uuid references person,
  created_at timestamptz not null default now(),
  primary key (on_day, area, kind)
);
create index slot_day_off_area on slot_day_off (area);

alter table slot_pattern enable row level security;
alter table slot_day_off enable row level security;
create policy slot_pattern_seen on slot_pattern for select to hearth_web, hearth_worker using (true);
create policy slot_pattern_kept on slot_pattern for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check ((select app_role()) in ('supervisor', 'admin'));
create policy slot_day_off_seen on slot_day_off for select to hearth_web, hearth_worker using (true);
create policy slot_day_off_kept on slot_day_off for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'))
  with check ((select app_role()) in ('supervisor', 'admin') and made_by = (select app_person()));
grant select on slot_pattern, slot_day_off to hearth_web, hearth_worker;
grant insert, update, delete on slot_pattern to hearth_web;
grant insert, delete on slot_day_off to hearth_web;

-- Makes what the pattern asks for and is not there yet. What is there stays as it is: a supervisor may have changed it.
create function plan_slots(in_zone text, days integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  today date := (now() at time zone in_zone)::date;
  made integer;
begin
  if app_whom() not in ('staff', 'system') then
    raise exception 'slots are planned by staff' using errcode = 'insufficient_privilege';
  end if;
  insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity, kept_first)
    select p.kind, p.area, p.skill, d.day, p.from_time, p.to_time, in_zone, p.capacity, p.kept_first
    from generate_series(0, least(days, 120)) as n
    cross join lateral (select today + n as day) d
    join slot_pattern p on p.weekday = extract(isodow from d.day)
    join area a on a.code = p.area and a.retired_at is null
    where not exists (select 1 from slot_day_off o
                      where o.on_day = d.day and o.area = p.area and o.kind = p.kind)
      -- An hour that the clocks skip is none.
      and (d.day + case when p.to_time <= p.from_time then 1 else 0 end + p.to_time) at time zone in_zone
          > (d.day + p.from_time) at time zone in_zone
    on conflict (kind, area, skill, on_day, from_time, to_time) where not arranged do nothing;
  get diagnostics made = row_count;
  return made;
end $$;
revoke all on function plan_slots(text, integer) from public;
grant execute on function plan_slots(text, integer) to hearth_web, hearth_worker;
