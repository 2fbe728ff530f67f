-- A visit: somebody comes about a request, on a local day between two local times. It follows its request, whoever
-- writes: it is made when one is booked, moves when that moves, and is called off when the request goes on without it.

create table visit (
  id uuid primary key default uuidv7(),
  request_id uuid not null references request,
  on_day date not null,
  from_time time not null,
  to_time time not null,
  -- Of its slot; null where it was agreed without one, and so on the utility's clock.
  zone text,
  state text not null default 'booked' check (
    state in ('booked', 'on_the_way', 'done', 'no_access', 'parts_missing', 'unsafe', 'missed', 'called_off')),
  -- Rises with every change that a calendar should hear of.
  sequence integer not null default 0,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check ((state in ('booked', 'on_the_way')) = (ended_at is null))
);
create unique index visit_to_come on visit (request_id) where ended_at is null;
create index visit_request on visit (request_id, id);
create index visit_day on visit (on_day, id);

alter table visit enable row level security;
create policy visit_seen on visit for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy visit_worker on visit for all to hearth_worker using (true) with check (true);
grant select on visit to hearth_web, hearth_worker;

create function visit_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  -- While we wait for an answer, whoever is booked still comes.
  stays boolean := new.status in ('scheduled', 'waiting') and new.visit_from is not null and new.visit_to is not null;
  coming visit;
  its_zone text;
begin
  -- A place at another time than the one that is booked is of no use to it.
  update slot_place p
    set state = 'given_back', hold_until = null,
        why = case when stays then 'moved' when new.status in ('resolved', 'closed', 'merged') then 'over' else 'cancelled' end
    where p.subject_kind = 'request' and p.subject_id = new.id and p.state in ('held', 'taken')
      and (new.status in ('resolved', 'closed', 'cancelled', 'merged')
           or (p.state = 'taken' and not (stays and exists (
                 select 1 from slot s where s.id = p.slot_id
                   and (s.on_day, s.from_time, s.to_time) = (new.visit_on, new.visit_from, new.visit_to)))));

  select * into coming from visit where request_id = new.id and ended_at is null for update;
  if not stays then
    update visit set state = 'called_off', sequence = sequence + 1, ended_at = now(), changed_at = now()
      where id = coming.id;
    return null;
  end if;

  select s.zone into its_zone from slot_place p join slot s on s.id = p.slot_id
    where p.subject_kind = 'request' and p.subject_id = new.id and p.state = 'taken';
  if coming.id is null and new.status = 'scheduled' then
    insert into visit (request_id, on_day, from_time, to_time, zone)
      values (new.id, new.visit_on, new.visit_from, new.visit_to, its_zone);
  elsif (coming.on_day, coming.from_time, coming.to_time, coming.zone)
        is distinct from (new.visit_on, new.visit_from, new.visit_to, its_zone) then
    update visit set on_day = new.visit_on, from_time = new.visit_from, to_time = new.visit_to, zone = its_zone,
                     state = 'booked', sequence = sequence + 1, changed_at = now()
      where id = coming.id;
  end if;
  return null;
end $$;
create trigger visit_of_new after insert on request for each row when (new.status = 'scheduled')
  execute function visit_follows();
create trigger visit_follows after update of status, visit_on, visit_from, visit_to on request for each row
  when ((new.status, new.visit_on, new.visit_from, new.visit_to)
        is distinct from (old.status, old.visit_on, old.visit_from, old.visit_to))
  execute function visit_follows();

-- What is booked already and still lies ahead.
insert into visit (request_id, on_day, from_time, to_time)
  select id, visit_on, visit_from, visit_to from request
  where status = 'scheduled' and visit_on >= current_date and visit_from is not null and visit_to is not null;

-- Customers book for themselves, move, and call off what they booked; and what nobody came to goes on.
insert into request_move (from_status, to_status, by_whom) values
  ('submitted', 'scheduled', 'customer'), ('open', 'scheduled', 'customer'), ('waiting', 'scheduled', 'customer'),
  ('scheduled', 'open', 'customer'), ('scheduled', 'open', 'system');

create or replace function request_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.id <> old.id or new.reference <> old.reference or new.submitted_at <> old.submitted_at
     or new.service_type <> old.service_type or new.service_version <> old.service_version then
    raise exception 'what a request is never changes' using errcode = 'check_violation';
  end if;

  if app_role() = 'customer' then
    if (new.priority, new.team_id, new.agent_id, new.requester_id, new.account_id,
         new.work_began_at, new.merged_into, new.description, new.private)
       is distinct from (old.priority, old.team_id, old.agent_id, old.requester_id, old.account_id,
         old.work_began_at, old.merged_into, old.description, old.private) then
      raise exception 'a customer changes only the status' using errcode = 'insufficient_privilege';
    end if;
    -- A visit is booked by a place taken for it, at no other time; one that comes already stays.
    if ((new.visit_on, new.visit_from, new.visit_to) is distinct from (old.visit_on, old.visit_from, old.visit_to)
        or (new.status = 'scheduled' and old.status <> 'scheduled'))
       and not (new.visit_on is null and new.visit_from is null and new.visit_to is null)
       and not exists (
         select 1 from slot_place p join slot s on s.id = p.slot_id
         where p.subject_kind = 'request' and p.subject_id = new.id and p.state = 'taken'
           and (s.on_day, s.from_time, s.to_time) = (new.visit_on, new.visit_from, new.visit_to))
       and not exists (
         select 1 from visit v where v.request_id = new.id and v.ended_at is null
           and (v.on_day, v.from_time, v.to_time) = (new.visit_on, new.visit_from, new.visit_to)) then
      raise exception 'a customer books what is offered' using errcode = 'insufficient_privilege';
    end if;
  end if;

  if new.status <> old.status then
    if not exists (select 1 from request_move m
                   where m.from_status = old.status and m.to_status = new.status and m.by_whom = app_whom()) then
      raise exception 'a request does not go from % to % by %', old.status, new.status, app_whom()
        using errcode = 'check_violation', constraint = 'request_move';
    end if;
    if app_role() = 'customer' and (
         (old.status = 'resolved' and new.status = 'open'
          and greatest(old.resolved_at, old.wished_at) <= now() - interval '14 days')
         or (new.status = 'cancelled' and old.status = 'open' and old.work_began_at is not null)
         or (new.status in ('cancelled', 'open') and old.status = 'scheduled'
             and old.visit_on <= (now() at time zone interval '-12:00')::date)) then
      raise exception 'it is too late for a customer to take a request from % to %', old.status, new.status
        using errcode = 'check_violation', constraint = 'request_move';
    end if;
    new.resolved_at := case new.status when 'resolved' then now() when 'closed' then old.resolved_at end;
    new.closed_at := case when new.status in ('closed', 'cancelled', 'merged') then now() end;
  else
    new.resolved_at := old.resolved_at;
    new.closed_at := old.closed_at;
  end if;

  new.updated_at := now();
  return new;
end $$;

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
