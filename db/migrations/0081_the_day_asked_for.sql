-- The clock of what was asked for a day keeps to that day: it does not begin before, nor does what was resolved early
-- close before the day has come and gone by two weeks. Answers may raise how urgent a request is, as its definition says.

alter table promise add column begins_at timestamptz;

grant update (rests_until) on request to hearth_web, hearth_worker;

-- Columns of their own, for the definitions are large and kept packed: how urgent answers can make it, and whether they
-- can bring it to the front.
alter table service_type_version
  add column most_urgent smallint generated always as (
    least((definition->>'priority')::smallint,
          case when jsonb_path_exists(definition, '$.raises[*].priority ? (@ == 1)') then 1
               when jsonb_path_exists(definition, '$.raises[*].priority ? (@ == 2)') then 2
               when jsonb_path_exists(definition, '$.raises[*].priority ? (@ == 3)') then 3
               else (definition->>'priority')::smallint end)) stored,
  add column may_come_first boolean generated always as (
    jsonb_path_exists(definition, '$.raises[*].first')) stored;

-- A customer's request is as urgent as its kind, or as answers to it may make it.
create function begins_as_declared(code text, version integer, priority smallint, comes_first text) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select coalesce((
    select begins_as_declared.priority between v.most_urgent and v.priority
           and (begins_as_declared.comes_first is null or v.may_come_first)
    from service_type_version v
    where v.code = begins_as_declared.code and v.version = begins_as_declared.version
      and v.priority is not null), begins_as_declared.comes_first is null)
$$;

drop policy request_asked on request;
create policy request_asked on request for insert to hearth_web with check (
  status = 'submitted' and submitted_at = now() and last_number <= 1 and agent_id is null and merged_into is null
  and first_response_at is null and resolved_at is null and closed_at is null and work_began_at is null
  and visit_on is null and visit_from is null and visit_to is null
  and (
    ((select app_is_staff()) and logged_by = (select app_person()))
    or (requester_id = (select app_person()) and logged_by is null
        and (account_id is null or account_id = any ((select app_accounts_acted_on())::uuid[]))
        and begins_as_declared(service_type, service_version, priority, comes_first))
  )
);

create or replace function request_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.id <> old.id or new.reference <> old.reference or new.submitted_at <> old.submitted_at
     or new.service_type <> old.service_type or new.service_version <> old.service_version then
    raise exception 'what a request is never changes' using errcode = 'check_violation';
  end if;

  if app_role() = 'customer' and (new.priority, new.team_id, new.agent_id, new.requester_id, new.account_id,
       new.work_began_at, new.visit_on, new.merged_into, new.description, new.private)
     is distinct from (old.priority, old.team_id, old.agent_id, old.requester_id, old.account_id,
       old.work_began_at, old.visit_on, old.merged_into, old.description, old.private) then
    raise exception 'a customer changes only the status' using errcode = 'insufficient_privilege';
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
         or (new.status = 'cancelled' and old.status = 'scheduled'
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

-- What waits to be closed, by when it may be.
drop index request_resolved;
create index request_resolved on request (greatest(resolved_at, wished_at)) where status = 'resolved';
