-- Somebody who has not signed in reaches a person in the chat. Their request has no requester: its contact says who asks,
-- and it is held by the digest of their cookie, as is what they typed and their calls for help. The private link in the
-- letter lets another browser of theirs in; a customer with the same verified e-mail takes it into their account.

create table request_visitor (
  request_id uuid not null references request on delete cascade,
  visitor text not null check (length(visitor) between 1 and 100),
  at timestamptz not null default now(),
  primary key (request_id, visitor)
);
create index request_visitor_of on request_visitor (visitor);
alter table request_visitor enable row level security;
create policy request_visitor_own on request_visitor for select to hearth_web
  using ((select app_person()) is null and visitor = (select app_visitor()));
create policy request_visitor_worker on request_visitor to hearth_worker using (true);
grant select on request_visitor to hearth_web;
grant select, delete on request_visitor to hearth_worker;

create function app_visited() returns uuid[] language sql stable security definer
begin atomic
  select array(select v.request_id from public.request_visitor v
               where public.app_person() is null and v.visitor = public.app_visitor());
end;
revoke all on function app_visited() from public;
grant execute on function app_visited() to hearth_web;

-- Customers, and visitors in the same place: neither changes more of a request than its customer may.
create function app_as_customer() returns boolean language sql stable parallel safe as $$
  select app_role() in ('customer', 'visitor')
$$;

create or replace function app_whom() returns text language sql stable as $$
  select case app_role() when 'customer' then 'customer' when 'visitor' then 'customer' when 'agent' then 'staff'
                         when 'supervisor' then 'staff' when 'admin' then 'staff' when 'system' then 'system'
                         else 'nobody' end
$$;

alter table request drop constraint request_check2;
alter table request add constraint request_by_somebody
  check (requester_id is not null or logged_by is not null or channel = 'chat');

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
        and linked_to is null and contact ? 'caller_name' and contact ? 'caller_email'
        and begins_as_declared(service_type, service_version, priority, comes_first))
  )
);
alter policy request_seen on request using (
  requester_id = (select app_person())
  or (select app_role()) in ('supervisor', 'admin')
  or ((select app_role()) = 'agent' and (team_id is null or team_id = (select app_team())
      or agent_id = (select app_person()) or id = any ((select app_opened())::uuid[])))
  or (not private and account_id = any ((select app_accounts_seen())::uuid[]))
  or (requester_id is null and id = any ((select app_visited())::uuid[]))
);
alter policy request_moved on request using (
  (select app_is_staff())
  or requester_id = (select app_person())
  or (not private and account_id = any ((select app_accounts_acted_on())::uuid[]))
  or (requester_id is null and id = any ((select app_visited())::uuid[]))
);

-- Whoever sends it from a browser holds it there. A letter goes to the address they gave, so they cannot send many.
create function hold_request_of_visitor() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into request_visitor (request_id, visitor) values (new.id, app_visitor());
  return null;
end $$;
create trigger request_of_visitor after insert on request
  for each row when (new.requester_id is null and new.logged_by is null)
  execute function hold_request_of_visitor();
create trigger budget_of_visitor after insert on request
  for each row when (new.requester_id is null and new.logged_by is null)
  execute function spend_budget('visitor_request', 4, 60);

-- A form's key belongs to who sent it, and that may be a visitor.
alter table submission add column visitor text check (length(visitor) <= 100);
alter table submission drop constraint submission_pkey;
alter table submission alter column person_id drop not null;
alter table submission add constraint submission_whose check ((person_id is null) <> (visitor is null));
alter table submission add constraint submission_once unique nulls not distinct (person_id, key, visitor);
alter policy submission_own on submission
  using (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())));
alter policy submission_written on submission
  with check (person_id = (select app_person())
              or (person_id is null and (select app_role()) = 'visitor' and visitor = (select app_visitor())));

-- A visitor moves their request on by what they say, and changes nothing else of it.
create function request_of_visitor_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  moves constant text[] := array['status', 'last_number', 'due_at', 'rests_until', 'rank', 'resolved_at', 'closed_at',
                                 'updated_at'];
begin
  if to_jsonb(new) - moves is distinct from to_jsonb(old) - moves then
    raise exception 'a customer changes only the status' using errcode = 'insufficient_privilege';
  end if;
  if new.status <> old.status and not (
       (old.status = 'waiting' and new.status in ('open', 'scheduled'))
       or (old.status = 'resolved' and new.status = 'closed')
       or (old.status = 'resolved' and new.status = 'open'
           and greatest(old.resolved_at, old.wished_at) > now() - interval '14 days')) then
    raise exception 'a visitor does not take a request from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'request_move';
  end if;
  return new;
end $$;
create trigger request_of_visitor_guard before update on request
  for each row when (app_role() = 'visitor') execute function request_of_visitor_guard();

create or replace function promise_guard() returns trigger
language plpgsql
set search_path = public, pg_temp as $$
declare
  close constant interval := interval '1 minute';
begin
  if not app_as_customer() then return new; end if;
  if tg_op = 'INSERT' then
    if new.started_at < now() - close or new.due_at < now() - close
       or new.state <> 'running' then
      raise exception 'a customer starts no clock in the past' using errcode = 'insufficient_privilege';
    end if;
  elsif (new.request_id, new.kind, new.minutes, new.hours, new.started_at)
          is distinct from (old.request_id, old.kind, old.minutes, old.hours, old.started_at)
     or (new.due_at < now() - close and new.due_at < coalesce(old.due_at, 'infinity') - interval '1 millisecond') then
    raise exception 'a customer makes nothing due that was not' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function request_due_guard() returns trigger
language plpgsql
set search_path = public, pg_temp as $$
begin
  if not app_as_customer() or new.due_at = 'infinity' then return new; end if;
  if tg_op = 'INSERT' then
    if new.due_at < now() - interval '1 minute' then
      raise exception 'nothing is late when it comes in' using errcode = 'insufficient_privilege';
    end if;
  elsif not exists (select 1 from promise p where p.request_id = new.id
                    and p.due_at between new.due_at - interval '1 millisecond' and new.due_at + interval '1 millisecond') then
    raise exception 'a request is due when a promise is' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

create or replace function message_signed() returns trigger
language plpgsql
security definer
set search_path = public, pg_temp as $$
begin
  new.author_id := app_person();
  new.author_role := case when app_role() = 'visitor' then 'customer' else app_role() end;
  if new.visibility = 'public' and app_is_staff() then
    update request set first_response_at = now() where id = new.request_id and first_response_at is null;
  end if;
  return new;
end $$;

create or replace function request_event_number() returns trigger
language plpgsql
security definer
set search_path = public, pg_temp as $$
begin
  if new.kind = 'submitted' then
    select r.last_number into new.number from request r where r.id = new.request_id;
  end if;
  if new.kind <> 'submitted' or new.number is distinct from 1 then
    update request set last_number = last_number + 1 where id = new.request_id returning last_number into new.number;
  end if;
  if new.number is null then
    raise exception 'no such request' using errcode = 'foreign_key_violation';
  end if;
  new.actor_id := app_person();
  new.actor_role := case when app_role() = 'visitor' then 'customer' else app_role() end;
  return new;
end $$;

-- Of what a person of ours has taken over, several may be open: the link in a letter opens one again.
drop index conversation_of_visitor;
create unique index conversation_of_visitor on conversation (visitor)
  where ended_at is null and visitor is not null and request_id is null;

alter policy conversation_own on conversation
  using (person_id = (select app_person())
         or (person_id is null and (visitor = (select app_visitor())
                                    or request_id = any ((select app_visited())::uuid[]))))
  with check ((person_id = (select app_person())
               or (person_id is null and (visitor = (select app_visitor())
                                          or request_id = any ((select app_visited())::uuid[]))))
              and (request_id is null
                   or request_id = any ((select app_visited())::uuid[])
                   or exists (select 1 from request r where r.id = request_id
                              and r.requester_id = (select app_person()))));

create or replace function chats_before(of_request uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from conversation c join request r on r.id = c.request_id,
    (select m.submitted_at, m.id from request m join conversation own on own.request_id = m.id
     where m.id = of_request and (own.person_id = app_person()
                                  or (own.person_id is null and m.id = any (app_visited())))) mine
  where c.ended_at is null and r.agent_id is null and r.status in ('submitted', 'open')
    and (r.submitted_at, r.id) < (mine.submitted_at, mine.id)
$$;

create or replace function say_as_assistant(of_request uuid, said text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who constant text := coalesce(current_setting('app.person', true), '');
  as_what constant text := app_role();
  said_id uuid;
begin
  if not exists (select 1 from request r where r.id = of_request and r.channel = 'chat'
                 and (r.requester_id = app_person() or (r.requester_id is null and r.id = any (app_visited())))) then
    raise exception 'only of one''s own conversation' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('app.person', '', true), set_config('app.role', 'system', true);
  insert into message (request_id, author_role, visibility, text)
    values (of_request, '', 'public', said) returning id into said_id;
  insert into request_event (request_id, number, actor_role, kind, visibility, payload)
    values (of_request, 1, '', 'message', 'public', jsonb_build_object('message', said_id));
  perform set_config('app.person', who, true), set_config('app.role', as_what, true);
end $$;

-- A visitor's request into the account of whoever acts, if their verified e-mail is the one that the visitor gave.
create function take_in_request(of_request uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  them person;
begin
  select * into them from person p where p.id = app_person() and p.role = 'customer' and p.email_verified;
  if them.id is null then return false; end if;
  perform 1 from request r where r.id = of_request and r.requester_id is null and r.logged_by is null
    and lower(r.contact->>'caller_email') = them.email for update;
  if not found then return false; end if;
  perform set_config('app.role', 'system', true);
  update request set requester_id = them.id where id = of_request;
  perform set_config('app.role', 'customer', true);
  update conversation c set person_id = them.id, visitor = null,
    ended_at = case when exists (select 1 from conversation mine where mine.person_id = them.id
                                 and mine.ended_at is null) then coalesce(c.ended_at, now()) else c.ended_at end
  where c.request_id = of_request;
  delete from request_visitor where request_id = of_request;
  return true;
end $$;
revoke all on function take_in_request(uuid) from public;

-- What a visitor began goes on with the person they turn out to be; what a person of ours has taken over already, if it
-- was begun with their e-mail. Who has one under way already keeps that.
create or replace function claim_conversation(of_visitor text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from person p where p.id = app_person() and p.role = 'customer') then return; end if;
  perform take_in_request(v.request_id) from request_visitor v where v.visitor = of_visitor;
  update conversation c set person_id = app_person(), visitor = null,
    ended_at = case when exists (select 1 from conversation mine where mine.person_id = app_person()
                                 and mine.ended_at is null) then coalesce(c.ended_at, now()) else c.ended_at end
  where c.visitor = of_visitor and c.person_id is null and c.ended_at is null and c.request_id is null;
end $$;

-- Comes with the private link, which only we can write: lets this browser in, or takes the request into the account of
-- whoever has signed in. Says what became of it.
create function enter_request(of_request uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  it request;
begin
  select * into it from request r where r.id = of_request;
  if it.id is null then return 'gone'; end if;
  if app_person() is not null then
    if it.requester_id = app_person() or take_in_request(of_request) then return 'theirs'; end if;
    return case when it.requester_id is null then 'other' else 'account' end;
  end if;
  if it.requester_id is not null then return 'account'; end if;
  if it.logged_by is not null or app_visitor() = 'nobody' or it.closed_at < now() - interval '30 days' then
    return 'gone';
  end if;
  insert into request_visitor (request_id, visitor) values (of_request, app_visitor())
    on conflict (request_id, visitor) do update set at = now();
  update conversation set ended_at = null where request_id = of_request;
  return 'entered';
end $$;
revoke all on function enter_request(uuid) from public;
grant execute on function enter_request(uuid) to hearth_web;
