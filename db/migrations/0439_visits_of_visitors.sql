-- Whoever asked without an account has a visit as others do: they pick its time, move it and call it off, as what their browser
-- holds allows. What holds for a customer holds for them. And the desk says of what was asked in a chat that it takes a visit.
alter table request add column needs_visit boolean not null default false;
grant update (needs_visit) on request to hearth_web;

alter policy place_of_request_taken on slot_place with check (
  subject_kind = 'request' and exists (
    select 1 from request r where r.id = subject_id
      and ((select app_is_staff()) or r.requester_id = (select app_person())
           or (r.requester_id is null and r.id = any ((select app_visited())::uuid[]))
           or (not r.private and r.account_id = any ((select app_accounts_acted_on())::uuid[])))));
alter policy place_of_request_changed on slot_place using (
  subject_kind = 'request' and exists (
    select 1 from request r where r.id = subject_id
      and ((select app_is_staff()) or r.requester_id = (select app_person())
           or (r.requester_id is null and r.id = any ((select app_visited())::uuid[]))
           or (not r.private and r.account_id = any ((select app_accounts_acted_on())::uuid[])))));

alter policy visit_code_seen on visit_code using (
  (select app_as_customer()) and exists (
    select 1 from visit v join request r on r.id = v.request_id
    where v.id = visit_id and (r.requester_id = (select app_person())
      or (r.requester_id is null and r.id = any ((select app_visited())::uuid[]))
      or (not r.private and r.account_id = any ((select app_accounts_acted_on())::uuid[])))));

create or replace function slot_place_keeps() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if app_as_customer() and old.state = 'taken' and (new.slot_id, new.state) is distinct from (old.slot_id, old.state)
     and exists (select 1 from slot where id = old.slot_id and begins_at <= now()) then
    raise exception 'it is too late to change this' using errcode = 'check_violation', constraint = 'slot_begun';
  end if;
  return new;
end $$;

create or replace function request_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.id <> old.id or new.reference <> old.reference or new.submitted_at <> old.submitted_at
     or new.service_type <> old.service_type or new.service_version <> old.service_version then
    raise exception 'what a request is never changes' using errcode = 'check_violation';
  end if;

  if app_as_customer() then
    if (new.priority, new.team_id, new.agent_id, new.requester_id, new.account_id,
         new.work_began_at, new.merged_into, new.description, new.private, new.needs_visit)
       is distinct from (old.priority, old.team_id, old.agent_id, old.requester_id, old.account_id,
         old.work_began_at, old.merged_into, old.description, old.private, old.needs_visit) then
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
    if app_as_customer() and (
         (old.status = 'resolved' and new.status = 'open'
          and greatest(old.resolved_at, old.wished_at) <= now() - request_reopens_within())
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

-- A visitor moves their request on by what they say and by the visit that they pick, and changes nothing else of it. Which time may
-- be picked, and until when it may be called off, `request_guard` says of them as of customers.
create or replace function request_of_visitor_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  moves constant text[] := array['status', 'last_number', 'due_at', 'rests_until', 'rank', 'resolved_at', 'closed_at',
                                 'updated_at', 'visit_on', 'visit_from', 'visit_to'];
begin
  if to_jsonb(new) - moves is distinct from to_jsonb(old) - moves then
    raise exception 'a customer changes only the status' using errcode = 'insufficient_privilege';
  end if;
  if new.status <> old.status and not (
       (old.status = 'waiting' and new.status in ('open', 'scheduled'))
       or (old.status in ('submitted', 'open') and new.status = 'scheduled')
       or (old.status = 'scheduled' and new.status = 'open')
       or (old.status in ('submitted', 'open') and new.status = 'cancelled' and old.work_began_at is null)
       or (old.status = 'resolved' and new.status = 'closed')
       or (old.status = 'resolved' and new.status = 'open'
           and greatest(old.resolved_at, old.wished_at) > now() - request_reopens_within())) then
    raise exception 'a visitor does not take a request from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'request_move';
  end if;
  return new;
end $$;
