-- One engine for whoever comes: a slot is a window of a local day in one area, with room for so many; a visit and a
-- delivery each take one place in it. Nothing is ever overbooked: whatever statement takes a place, it is counted
-- under the slot's row lock, and the count may not pass the capacity.

-- Where a slot is for. What belongs to an area is told by its post code: the longest prefix that fits.
create table area (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{1,29}$'),
  name text not null check (length(name) between 1 and 60),
  retired_at timestamptz,
  created_at timestamptz not null default now()
);

alter table area enable row level security;
create policy area_seen on area for select to hearth_web, hearth_worker using (true);
create policy area_made on area for insert to hearth_web with check ((select app_role()) in ('supervisor', 'admin'));
create policy area_changed on area for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check (true);
grant select, insert, update (name, retired_at) on area to hearth_web;
grant select on area to hearth_worker;

create table area_postcode (
  prefix text primary key check (prefix ~ '^[0-9A-Z]{1,10}$'),
  area text not null references area
);
create index area_postcode_area on area_postcode (area);

create function area_of_postcode(postcode text) returns text language sql stable set search_path = public, pg_temp as $$
  select p.area from area_postcode p join area a on a.code = p.area and a.retired_at is null
  where regexp_replace(upper(postcode), '[^0-9A-Z]', '', 'g') like p.prefix || '%'
  order by length(p.prefix) desc limit 1
$$;
revoke all on function area_of_postcode(text) from public;
grant execute on function area_of_postcode(text) to hearth_web, hearth_worker;

alter table area_postcode enable row level security;
create policy area_postcode_seen on area_postcode for select to hearth_web, hearth_worker using (true);
create policy area_postcode_kept on area_postcode for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check ((select app_role()) in ('supervisor', 'admin'));
grant select, insert, update, delete on area_postcode to hearth_web;
grant select on area_postcode to hearth_worker;

create table slot (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('visit', 'delivery')),
  area text not null references area,
  skill text not null check (skill ~ '^[a-z][a-z_]{1,29}$'),
  on_day date not null,
  from_time time not null,
  to_time time not null,
  zone text not null,
  -- Past midnight where it ends no later than it begins. An hour that the clocks skip is none.
  begins_at timestamptz not null generated always as ((on_day + from_time) at time zone zone) stored,
  ends_at timestamptz not null generated always as
    ((on_day + case when to_time <= from_time then 1 else 0 end + to_time) at time zone zone) stored,
  capacity smallint not null check (capacity between 0 and 500),
  -- So many are kept for priority services until two days before.
  kept_first smallint not null default 0 check (kept_first between 0 and capacity),
  taken smallint not null default 0,
  taken_first smallint not null default 0,
  -- Agreed by hand for one customer: offered to nobody else.
  arranged boolean not null default false,
  closed_reason text check (closed_reason in ('weather', 'staff', 'holiday', 'safety', 'other')),
  closed_at timestamptz,
  made_by uuid references person,
  created_at timestamptz not null default now(),
  constraint slot_has_a_length check (ends_at > begins_at),
  constraint slot_taken_fits check (taken between 0 and capacity and taken_first between 0 and taken),
  check ((closed_reason is null) = (closed_at is null)),
  check (not arranged or capacity <= 1)
);
create unique index slot_planned_once on slot (kind, area, skill, on_day, from_time, to_time) where not arranged;
create index slot_of_day on slot (on_day, area, kind);
create index slot_begins on slot (begins_at);

alter table slot enable row level security;
create policy slot_seen on slot for select to hearth_web, hearth_worker using (true);
create policy slot_planned on slot for insert to hearth_web with check (
  made_by = (select app_person()) and taken = 0 and taken_first = 0
  and ((select app_role()) in ('supervisor', 'admin') or ((select app_is_staff()) and arranged)));
create policy slot_changed on slot for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check (true);
grant select, insert, update (capacity, kept_first, closed_reason, closed_at) on slot to hearth_web;
grant select on slot to hearth_worker;

-- A place in a slot, held or taken by one request or order.
create table slot_place (
  id uuid primary key default uuidv7(),
  slot_id uuid not null references slot,
  -- Who sits in it: a request of that id, or an order. Their own policies say who may.
  subject_kind text not null check (subject_kind in ('request', 'order')),
  subject_id uuid not null,
  state text not null check (state in ('held', 'taken', 'given_back')),
  hold_until timestamptz,
  comes_first boolean not null default false,
  why text check (why in ('moved', 'cancelled', 'expired', 'closed', 'over')),
  -- Rises with every change that a calendar should hear of.
  sequence integer not null default 0,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check ((state = 'held') = (hold_until is not null)),
  check ((state = 'given_back') = (why is not null))
);
create unique index slot_place_taken on slot_place (subject_kind, subject_id) where state = 'taken';
create unique index slot_place_held on slot_place (subject_kind, subject_id) where state = 'held';
create index slot_place_subject on slot_place (subject_kind, subject_id);
create index slot_place_slot on slot_place (slot_id);
create index slot_place_hold on slot_place (hold_until) where state = 'held';

create function slot_place_turns() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.subject_kind <> old.subject_kind or new.subject_id <> old.subject_id or new.id <> old.id then
    raise exception 'a place changes hands only by being given back' using errcode = 'check_violation';
  end if;
  if old.state = 'given_back' and new.state <> 'given_back' then
    raise exception 'a place given back is taken anew' using errcode = 'check_violation', constraint = 'slot_place_gone';
  end if;
  if (new.slot_id, new.state) is distinct from (old.slot_id, old.state) then
    new.sequence := old.sequence + 1;
    new.changed_at := now();
  end if;
  return new;
end $$;
create trigger slot_place_turns before update on slot_place for each row execute function slot_place_turns();

-- Counts, whoever writes and however. Slots are locked in one order, so two who change places never wait in a circle;
-- and always after the place's own row (whose foreign key shares the slot's: hence no key), which is why holds that others are busy with are stepped over.
create function slot_place_counts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was boolean := tg_op <> 'INSERT' and old.state in ('held', 'taken');
  stays boolean := tg_op <> 'DELETE' and new.state in ('held', 'taken');
  there slot;
begin
  if was and stays and old.slot_id = new.slot_id and old.comes_first = new.comes_first then return null; end if;
  perform 1 from slot where id in (case when was then old.slot_id end, case when stays then new.slot_id end)
    order by id for no key update;

  if stays and not (was and old.slot_id = new.slot_id) then
    update slot_place set state = 'given_back', why = 'expired', hold_until = null
      where id in (select id from slot_place
                   where slot_id = new.slot_id and state = 'held' and hold_until <= clock_timestamp() and id <> new.id
                   for update skip locked);
    select * into there from slot where id = new.slot_id;
    if there.closed_at is not null then
      raise exception 'this slot is closed' using errcode = 'check_violation', constraint = 'slot_closed';
    end if;
    if there.begins_at <= clock_timestamp() and app_whom() not in ('staff', 'system') then
      raise exception 'this slot has begun' using errcode = 'check_violation', constraint = 'slot_begun';
    end if;
    if there.taken >= there.capacity
       or (not new.comes_first and there.begins_at > clock_timestamp() + interval '48 hours'
           and there.capacity - there.taken <= greatest(there.kept_first - there.taken_first, 0)) then
      raise exception 'this slot is full' using errcode = 'check_violation', constraint = 'slot_taken_fits';
    end if;
  end if;

  if was then
    update slot set taken = taken - 1, taken_first = taken_first - old.comes_first::int where id = old.slot_id;
  end if;
  if stays then
    update slot set taken = taken + 1, taken_first = taken_first + new.comes_first::int where id = new.slot_id;
  end if;
  return null;
end $$;
create trigger slot_place_counts after insert or delete or update of slot_id, state, comes_first on slot_place
  for each row execute function slot_place_counts();

-- What is free now, also where a hold has run out that nobody has swept away yet.
create function slots_offered(of_kind text, of_area text, of_skill text, after timestamptz, before timestamptz,
                              first_served boolean, most integer)
returns table (id uuid, on_day date, from_time time, to_time time, zone text, begins_at timestamptz,
               ends_at timestamptz, free integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.on_day, o.from_time, o.to_time, o.zone, o.begins_at, o.ends_at, o.free from (
    select s.*, s.capacity - s.taken + stale.places
      - case when first_served or s.begins_at <= now() + interval '48 hours' then 0
             else greatest(s.kept_first - s.taken_first, 0) end as free
    from slot s cross join lateral (
      select count(*)::integer as places from slot_place p
      where p.slot_id = s.id and p.state = 'held' and p.hold_until <= now()) stale
    where s.kind = of_kind and s.area = of_area and s.skill = of_skill and not s.arranged and s.closed_at is null
      and s.begins_at > greatest(after, now()) and s.begins_at <= before) o
  where o.free > 0
  order by o.begins_at, o.ends_at
  limit most
$$;
revoke all on function slots_offered(text, text, text, timestamptz, timestamptz, boolean, integer) from
  public;
grant execute on function slots_offered(text, text, text, timestamptz, timestamptz, boolean, integer) to
  hearth_web, hearth_worker;

-- Whoever wants another time must say so before the one they have.
create function slot_place_keeps() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if app_role() = 'customer' and old.state = 'taken' and (new.slot_id, new.state) is distinct from (old.slot_id, old.state)
     and exists (select 1 from slot where id = old.slot_id and begins_at <= now()) then
    raise exception 'it is too late to change this' using errcode = 'check_violation', constraint = 'slot_begun';
  end if;
  return new;
end $$;
create trigger slot_place_keeps before update on slot_place for each row execute function slot_place_keeps();

alter table slot_place enable row level security;
create policy place_worker on slot_place for all to hearth_worker using (true) with check (true);
grant select, insert, update (slot_id, state, hold_until, why, comes_first) on slot_place to hearth_web,
  hearth_worker;

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

alter table slot_pattern enable row level security;
create policy slot_pattern_seen on slot_pattern for select to hearth_web, hearth_worker using (true);
create policy slot_pattern_kept on slot_pattern for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check ((select app_role()) in ('supervisor', 'admin'));
grant select, insert, update, delete on slot_pattern to hearth_web;
grant select on slot_pattern to hearth_worker;

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

alter table slot_day_off enable row level security;
create policy slot_day_off_seen on slot_day_off for select to hearth_web, hearth_worker using (true);
create policy slot_day_off_kept on slot_day_off for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'))
  with check ((select app_role()) in ('supervisor', 'admin') and made_by = (select app_person()));
grant select, insert, delete on slot_day_off to hearth_web;
grant select on slot_day_off to hearth_worker;

-- A private address that a calendar program reads by itself: all visits of one person, for as long as they want it. Only
-- the digest of its secret is kept, so that a copy of the database opens nothing.
create table calendar_address (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  digest text not null unique check (digest ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  read_at timestamptz,
  revoked_at timestamptz
);
create index calendar_address_person on calendar_address (person_id);

alter table calendar_address enable row level security;
create policy calendar_address_seen on calendar_address for select to hearth_web
  using (person_id = (select app_person()));
create policy calendar_address_made on calendar_address for insert to hearth_web
  with check (person_id = (select app_person()));
create policy calendar_address_ended on calendar_address for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
grant select, insert (person_id, digest), update (revoked_at) on calendar_address to hearth_web;
