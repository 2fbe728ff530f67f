-- Somebody asks to be called back. It is a request with a promise that begins and ends with the window they chose; here
-- stands only the call: the number, the window, and how the tries went.

create table call_back (
  request_id uuid primary key references request on delete cascade,
  phone text not null check (phone ~ '^\+?[0-9]{7,15}(;ext=[0-9]{1,6})?$'),
  begins_at timestamptz not null,
  ends_at timestamptz not null,
  check (begins_at < ends_at),
  state text not null default 'waiting' check (state in ('waiting', 'reached', 'given_up', 'cancelled', 'over')),
  tries smallint not null default 0 check (tries between 0 and 20),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'waiting') = (ended_at is null))
);
-- One that is open for a number, however often the button is pressed.
create unique index call_back_open on call_back (phone) where state = 'waiting';
create index call_back_due on call_back (begins_at) where state = 'waiting';

alter table call_back enable row level security;
create policy call_back_seen on call_back for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy call_back_asked on call_back for insert to hearth_web
  with check (state = 'waiting' and tries = 0 and ends_at > now()
              and exists (select 1 from request r where r.id = request_id and r.status = 'submitted'));
create policy call_back_tried on call_back for update to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
create policy call_back_worker on call_back for select to hearth_worker using (true);
grant select, insert on call_back to hearth_web;
grant update (begins_at, ends_at, state, tries, ended_at) on call_back to hearth_web;
grant select on call_back to hearth_worker;

-- Whatever ends the request ends the call: nobody is rung up about what they have called off.
create function call_ends_with_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update call_back set state = case when new.status = 'cancelled' then 'cancelled' else 'over' end, ended_at = now()
    where request_id = new.id and state = 'waiting';
  return null;
end $$;
create trigger call_ends_with_request after update of status on request
  for each row when (new.status in ('resolved', 'closed', 'cancelled', 'merged') and new.status <> old.status)
  execute function call_ends_with_request();

-- A visitor who wants a call gives a number instead of an address, and may call it off.
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
    or ((select app_role()) = 'visitor' and (select app_visitor()) <> 'nobody' and channel = 'chat'
        and requester_id is null and logged_by is null and account_id is null and premises_id is null
        and linked_to is null and contact ? 'caller_name'
        and (contact ? 'caller_email' or contact ? 'caller_phone')
        and begins_as_declared(service_type, service_version, priority, comes_first))
  )
);

create or replace function request_of_visitor_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  moves constant text[] := array['status', 'last_number', 'due_at', 'rests_until', 'rank', 'resolved_at', 'closed_at',
                                 'updated_at'];
begin
  if to_jsonb(new) - moves is distinct from to_jsonb(old) - moves then
    raise exception 'a customer changes only the status' using errcode = 'insufficient_privilege';
  end if;
  if new.status <> old.status and not (
       (old.status = 'waiting' and new.status in ('open', 'scheduled'))
       or (old.status in ('submitted', 'open') and new.status = 'cancelled' and old.work_began_at is null)
       or (old.status = 'resolved' and new.status = 'closed')
       or (old.status = 'resolved' and new.status = 'open'
           and greatest(old.resolved_at, old.wished_at) > now() - interval '14 days')) then
    raise exception 'a visitor does not take a request from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'request_move';
  end if;
  return new;
end $$;
