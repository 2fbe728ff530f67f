-- Until when a slot may be picked, moved and called off is for the utility to set; what no row says is as it was shipped.
create table slot_rule (
  kind text primary key check (kind in ('visit', 'delivery')),
  notice smallint not null check (notice between 0 and 336),
  ahead smallint not null check (ahead between 1 and 90),
  move_days smallint not null check (move_days between 0 and 14),
  move_at time not null,
  cancel_days smallint not null check (cancel_days between 0 and 14),
  cancel_at time not null,
  changed_by uuid references person,
  changed_at timestamptz not null default now()
);
alter table slot_rule enable row level security;
create policy slot_rule_seen on slot_rule for select to hearth_web, hearth_worker using (true);
create policy slot_rule_set on slot_rule for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'))
  with check ((select app_role()) in ('supervisor', 'admin') and changed_by = (select app_person()));
grant select on slot_rule to hearth_web, hearth_worker;
grant insert, update, delete on slot_rule to hearth_web;

-- A preferred time may cost something. What somebody booked for keeps the charge that it had then.
alter table slot_pattern add column charge bigint not null default 0 check (charge between 0 and 1000000);
alter table slot add column charge bigint not null default 0 check (charge between 0 and 1000000);
grant update (charge) on slot to hearth_web;

create or replace function plan_slots(in_zone text, days integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  today date := (now() at time zone in_zone)::date;
  made integer;
begin
  if app_whom() not in ('staff', 'system') then
    raise exception 'slots are planned by staff' using errcode = 'insufficient_privilege';
  end if;
  insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity, kept_first, charge)
    select p.kind, p.area, p.skill, d.day, p.from_time, p.to_time, in_zone, p.capacity, p.kept_first, p.charge
    from generate_series(0, 120) as n
    cross join lateral (select today + n as day) d
    join slot_pattern p on p.weekday = extract(isodow from d.day)
      -- Always a week more than is offered.
      and n <= greatest(days, 7 + (select r.ahead from slot_rule r where r.kind = p.kind))
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

drop function slots_offered(text, text, text, timestamptz, timestamptz, boolean, integer);
create function slots_offered(of_kind text, of_area text, of_skill text, after timestamptz, before timestamptz,
                              first_served boolean, most integer)
returns table (id uuid, on_day date, from_time time, to_time time, zone text, begins_at timestamptz,
               ends_at timestamptz, free integer, charge bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.on_day, o.from_time, o.to_time, o.zone, o.begins_at, o.ends_at, o.free, o.charge from (
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
revoke all on function slots_offered(text, text, text, timestamptz, timestamptz, boolean, integer) from public;
grant execute on function slots_offered(text, text, text, timestamptz, timestamptz, boolean, integer)
  to hearth_web, hearth_worker;

-- What the time costs is the slot's own word, in the transaction that takes a place in it.
create function order_charges_slot() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update customer_order o set total = o.total - o.slot_charge + s.charge, slot_charge = s.charge
    from slot s where s.id = new.slot_id and o.id = new.subject_id and o.slot_charge <> s.charge;
  return null;
end $$;
create trigger order_charges_slot after insert or update of slot_id, state on slot_place for each row
  when (new.subject_kind = 'order' and new.state = 'taken') execute function order_charges_slot();
