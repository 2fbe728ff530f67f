-- Requests and the one timeline that everything on them is written to, the triggers that hold every writer to a
-- request's life, and the visits that are made about one.

-- The order of the queue: what is about safety or about somebody vulnerable comes first, then what is urgent before
-- what can wait, then what is due first. Behind them lies what has its day later (it rests until work on it begins),
-- and last what nothing is due on. `src/lib/requests/order.ts` says the same; a test holds the two together.
create function queue_rank(comes_first text, priority smallint, due_at timestamptz, rests_until timestamptz)
returns smallint language sql immutable parallel safe as $$
  select case when due_at = 'infinity' then 10
              when rests_until is not null then 9
              when comes_first is not null then priority
              else priority + 4 end::smallint
$$;

-- Whether a request in this status still asks something of somebody: the home of this list in the database, as `isOpen` of
-- `requests/status.ts` is in the code. Indexes and questions that both ask it here find each other, for it is written out.
create function request_is_open(status text) returns boolean language sql immutable parallel safe as $$
  select status in ('submitted', 'open', 'waiting', 'scheduled')
$$;

-- How long a customer may open again what is resolved, and when it closes by itself: `daysToReopen`.
create function request_reopens_within() returns interval language sql immutable parallel safe as $$
  select interval '14 days'
$$;

create table request (
  id uuid primary key default uuidv7(),
  reference text not null check (reference ~ '^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$'),
  requester_id uuid references person,
  account_id uuid references account,
  premises_id uuid references premises,
  service_type text not null,
  service_version integer not null,
  private boolean not null default false,
  description text not null check (length(description) <= 4000),
  answers jsonb not null default '{}',
  contact jsonb not null default '{}',
  channel text not null check (channel in ('web', 'phone', 'counter', 'chat', 'email', 'api')),
  logged_by uuid references person,
  locale text not null default 'en',
  status text not null default 'submitted'
    check (status in ('submitted', 'open', 'waiting', 'scheduled', 'resolved', 'closed', 'cancelled', 'merged')),
  priority smallint not null default 3 check (priority between 1 and 4),
  team_id uuid references team,
  agent_id uuid references person,
  linked_to uuid references request,
  merged_into uuid references request,
  last_number integer not null default 0,
  -- The earliest promise that runs; infinity while none does, so that the queue sorts without gaps.
  due_at timestamptz not null default 'infinity',
  work_began_at timestamptz,
  visit_on date,
  visit_from time,
  visit_to time,
  submitted_at timestamptz not null default now(),
  first_response_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  updated_at timestamptz not null default now(),
  comes_first text check (comes_first in ('safety', 'vulnerable')),
  -- The end of the day that the customer asked for, where they asked for one.
  wished_at timestamptz,
  -- When work on what was asked for that day begins; nothing else is owed before.
  rests_until timestamptz,
  rank smallint not null
    generated always as (queue_rank(comes_first, priority, due_at, rests_until)) stored,
  account_linked_at timestamptz,
  foreign key (service_type, service_version) references service_type_version (code, version),
  check ((status = 'merged') = (merged_into is not null)),
  check (status <> 'scheduled' or visit_on is not null),
  constraint request_not_into_itself check (merged_into <> id),
  check (account_linked_at is null or account_id is not null),
  constraint request_by_somebody
  check (requester_id is not null or logged_by is not null or channel = 'chat')
);
create index request_of_person on request (requester_id, id desc);
create index request_of_account on request (account_id, id desc) where account_id is not null;
create index request_merged_here on request (merged_into) where merged_into is not null;

-- What somebody has in hand and is open stands in the queue's own order already; only what is resolved needs an index
-- of its own.
create index request_in_hand_resolved on request (agent_id) where agent_id is not null and status = 'resolved';

-- Each part of a queue that somebody of staff may see is read along an index, in the queue's own order, and no further
-- than a page or a count goes: also the parts that are few among very many.
create index request_queue on request (rank, due_at, id)
  where request_is_open(status);
create index request_queue_team on request (team_id, rank, due_at, id)
  where request_is_open(status);
create index request_queue_agent on request (agent_id, rank, due_at, id)
  where request_is_open(status);
create index request_queue_unassigned on request (rank, due_at, id)
  where agent_id is null and request_is_open(status);
create index request_queue_unassigned_team on request (team_id, rank, due_at, id)
  where agent_id is null and request_is_open(status);
create index request_queue_waiting on request (rank, due_at, id) where status = 'waiting';
create index request_queue_waiting_team on request (team_id, rank, due_at, id) where status = 'waiting';
create index request_resting on request (rests_until) where rests_until is not null;

-- What waits to be closed, by when it may be: two weeks after, also where it was resolved before the day that was
-- asked for.
create index request_resolved on request (greatest(resolved_at, wished_at)) where status = 'resolved';

-- What is left in a team, and in the hands of its people.
create index request_resolved_team on request (team_id) where status = 'resolved';

-- Moves follow the table; the times belong to the moves; a customer changes nothing but the status. Nor does one do
-- what they may not do any more, whichever page forgets it. The day of a visit is the utility's; the database knows no
-- zone but that it has begun for everybody when it has begun where days begin last.
create function request_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
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
create trigger request_guard before update on request for each row execute function request_guard();

-- A request is never with somebody who has left. The lock holds off a deactivation that has not been committed yet.
create function request_agent_works_here() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from person where id = new.agent_id and role <> 'customer' and deactivated_at is null for share;
  if not found then
    raise exception 'a request is with somebody who works here'
      using errcode = 'check_violation', constraint = 'request_agent_works_here';
  end if;
  return new;
end $$;
create trigger request_agent_of_new before insert on request
  for each row when (new.agent_id is not null) execute function request_agent_works_here();
create trigger request_agent before update of agent_id on request
  for each row when (new.agent_id is not null and new.agent_id is distinct from old.agent_id)
  execute function request_agent_works_here();

-- A request is merged into an open one that its customer may see, of their own or of the same account; never into
-- itself, and never anew.
create function request_merge_guard() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.merged_into is not null then
    raise exception 'a merge is final' using errcode = 'check_violation', constraint = 'request_merge';
  end if;
  if not exists (select 1 from request survivor
                 where survivor.id = new.merged_into
                   and request_is_open(survivor.status)
                   and (survivor.requester_id = new.requester_id or (not survivor.private and survivor.account_id = new.account_id))) then
    raise exception 'not a request of the same customer that is still open'
      using errcode = 'check_violation', constraint = 'request_merge';
  end if;
  return new;
end $$;
create trigger request_merge_guard before update of merged_into on request for each row
  when (new.merged_into is distinct from old.merged_into) execute function request_merge_guard();

-- Where a request stands in its team's line: how many stand before it, in the very order of the queue, counted by the
-- queue's own index and only so far. It runs as the owner, because a customer may know how many stand before them, and
-- nothing else about them.
create function place_in_line(request uuid, most int) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int from (
    select 1 from request own join request r
      on r.team_id = own.team_id and request_is_open(r.status)
      and (r.rank, r.due_at, r.id) < (own.rank, own.due_at, own.id)
    where own.id = place_in_line.request
    limit most
  ) before
$$;
revoke all on function place_in_line(uuid, integer) from public;
grant execute on function place_in_line(uuid, integer) to hearth_web;

-- Whoever has no account connected sends their request all the same: it says what they typed of the account, and staff
-- link it. What the desk has linked, the desk takes off again; what the customer chose stays.
create function request_account_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user not in ('hearth_web', 'hearth_worker') then return new; end if;
  if not app_is_staff() then
    raise exception 'only staff link a request to an account' using errcode = 'insufficient_privilege';
  end if;
  if old.account_id is not null and old.account_linked_at is null then
    raise exception 'what the customer chose stays' using errcode = 'check_violation', constraint = 'request_linked';
  end if;
  if new.premises_id is not null and not exists (
       select 1 from premises p where p.id = new.premises_id and p.account_id = new.account_id) then
    raise exception 'these premises belong to another account'
      using errcode = 'check_violation', constraint = 'request_linked';
  end if;
  new.account_linked_at := case when new.account_id is not null then now() end;
  return new;
end $$;
create trigger request_account_guard before update of account_id, premises_id, account_linked_at, private on request
  for each row when ((new.account_id, new.premises_id, new.account_linked_at, new.private)
                     is distinct from (old.account_id, old.premises_id, old.account_linked_at, old.private))
  execute function request_account_guard();

-- A request is due when what we promised about it is, and nothing is late when it comes in.
create function request_due_guard() returns trigger
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
create trigger request_due_of_new before insert on request for each row execute function request_due_guard();
create trigger request_due before update of due_at on request for each row
  when (new.due_at is distinct from old.due_at) execute function request_due_guard();
create trigger team_of_new before insert on request
  for each row when (new.team_id is not null) execute function team_is_there();
create trigger team_of before update of team_id on request
  for each row when (new.team_id is not null and new.team_id is distinct from old.team_id)
  execute function team_is_there();
create trigger budget_of_request after insert on request for each row execute function spend_budget('request', 60, 60);
create trigger budget_of_visitor after insert on request
  for each row when (new.requester_id is null and new.logged_by is null)
  execute function spend_budget('visitor_request', 4, 60);

-- A request's life as data: who may take it from where to where. `requests/status.ts` holds the same table.
create table request_move (
  from_status text not null,
  to_status text not null,
  by_whom text not null check (by_whom in ('customer', 'staff', 'system')),
  primary key (from_status, to_status, by_whom)
);

insert into request_move (from_status, to_status, by_whom) values
  ('submitted', 'open', 'staff'), ('submitted', 'waiting', 'staff'), ('submitted', 'scheduled', 'staff'),
  ('submitted', 'resolved', 'staff'), ('submitted', 'cancelled', 'customer'), ('submitted', 'cancelled', 'staff'),
  ('submitted', 'merged', 'staff'),
  ('open', 'waiting', 'staff'), ('open', 'scheduled', 'staff'), ('open', 'resolved', 'staff'),
  ('open', 'cancelled', 'customer'), ('open', 'cancelled', 'staff'), ('open', 'merged', 'staff'),
  ('waiting', 'open', 'customer'), ('waiting', 'open', 'staff'), ('waiting', 'scheduled', 'staff'),
  ('waiting', 'resolved', 'staff'), ('waiting', 'cancelled', 'customer'), ('waiting', 'cancelled', 'staff'),
  ('waiting', 'merged', 'staff'),
  ('scheduled', 'open', 'staff'), ('scheduled', 'waiting', 'staff'), ('scheduled', 'resolved', 'staff'),
  ('scheduled', 'cancelled', 'customer'), ('scheduled', 'cancelled', 'staff'), ('scheduled', 'merged', 'staff'),
  ('resolved', 'open', 'customer'), ('resolved', 'open', 'staff'), ('resolved', 'closed', 'customer'),
  ('resolved', 'closed', 'system'),
  ('submitted', 'scheduled', 'customer'), ('open', 'scheduled', 'customer'), ('waiting', 'scheduled', 'customer'),
  ('scheduled', 'open', 'customer'), ('scheduled', 'open', 'system');

grant select on request_move to hearth_web, hearth_worker;

-- References stand in a table of their own, so that requests can be partitioned and a reference stays unique.
create table request_reference (
  reference text primary key,
  request_id uuid not null references request
);
create index request_reference_request on request_reference (request_id);

alter table request_reference enable row level security;
create policy reference_seen on request_reference for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy reference_written on request_reference for insert to hearth_web
  with check (exists (select 1 from request r where r.id = request_id));
create policy reference_worker on request_reference for select to hearth_worker using (true);
grant select, insert on request_reference to hearth_web;
grant select on request_reference to hearth_worker;

create table request_event (
  request_id uuid not null references request,
  number integer not null check (number > 0),
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null check (kind in ('submitted', 'assigned', 'message',
    'note', 'status', 'priority', 'attachment', 'visit', 'promise', 'work_began', 'linked', 'merged', 'viewed', 'details',
    'account')),
  visibility text not null default 'public' check (visibility in ('public', 'internal')),
  actor_id uuid,
  actor_role text not null,
  at timestamptz not null default now(),
  payload jsonb not null default '{}',
  primary key (request_id, number),
  check (kind not in ('note', 'priority', 'viewed') or visibility = 'internal')
);
create index request_event_feed on request_event (xid, seq);

-- Events are numbered without gaps under the request's row lock, and signed by the actor of the transaction. A request
-- is written with its first event counted (last_number 1), so that sending one in does not write its row twice. The
-- primary key refuses a second first event.
create function request_event_number() returns trigger
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
create trigger request_event_number before insert on request_event
  for each row execute function request_event_number();

alter table request_event enable row level security;
create policy event_seen on request_event for select to hearth_web
  using ((visibility = 'public' or (select app_is_staff()))
         and exists (select 1 from request r where r.id = request_id));
create policy event_written on request_event for insert to hearth_web
  with check ((visibility = 'public' or (select app_is_staff()))
              and exists (select 1 from request r where r.id = request_id));
create policy event_worker_read on request_event for select to hearth_worker using (true);
create policy event_worker_write on request_event for insert to hearth_worker with check (true);

-- When something happened, and who did it, is written by the database. Nobody who writes may name a time.
grant select, insert (request_id, number, kind, visibility, actor_role, payload) on request_event to
  hearth_web, hearth_worker;

-- The text of a message or note stands apart from its event, so that it can be erased and the timeline stays whole.
create table message (
  id uuid primary key default uuidv7(),
  request_id uuid not null references request,
  author_id uuid references person,
  author_role text not null,
  visibility text not null check (visibility in ('public', 'internal')),
  text text not null check (length(text) between 1 and 10000),
  at timestamptz not null default now()
);

-- The last words of a request, for the rows of lists: ids of messages are in the order in which they were written.
create index message_of_request on message (request_id, id desc);

-- A message is signed likewise. The first public one from staff is the first response.
create function message_signed() returns trigger
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
create trigger message_signed before insert on message for each row execute function message_signed();
create trigger budget_of_message after insert on message for each row execute function spend_budget('message', 90, 60);

alter table message enable row level security;
create policy message_seen on message for select to hearth_web
  using ((visibility = 'public' or (select app_is_staff()))
         and exists (select 1 from request r where r.id = request_id));
create policy message_written on message for insert to hearth_web
  with check ((visibility = 'public' or (select app_is_staff()))
              and exists (select 1 from request r where r.id = request_id));
create policy message_worker on message for select to hearth_worker using (true);
grant select, insert (request_id, author_role, visibility, text) on message to hearth_web;
grant select on message to hearth_worker;

-- One form opened is one key: the same key with the same content gives the first receipt again. It belongs to who sent
-- the form, and that may be a visitor: with one list for all, a key that somebody else had used would be neither taken
-- nor answered, and tell that it was there.
create table submission (
  key uuid not null,
  person_id uuid references person,
  form text not null,
  digest text not null,
  request_id uuid not null references request,
  number integer,
  at timestamptz not null default now(),
  -- A form's key belongs to who sent it, and that may be a visitor.
  visitor text check (length(visitor) <= 100),
  constraint submission_whose check ((person_id is null) <> (visitor is null)),
  constraint submission_once unique nulls not distinct (person_id, key, visitor)
);
create index submission_at on submission (at);

alter table submission enable row level security;
create policy submission_own on submission for select to hearth_web
  using (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())));
create policy submission_written on submission for insert to hearth_web
  with check (person_id = (select app_person())
              or (person_id is null and (select app_role()) = 'visitor' and visitor = (select app_visitor())));
create policy submission_worker on submission for delete to hearth_worker using (true);
create policy submission_worker_read on submission for select to hearth_worker using (true);
grant select, insert on submission to hearth_web;
grant select, delete on submission to hearth_worker;

-- An agent who opens a request of another team says why, and is then let in for the shift.
create table opening (
  person_id uuid not null references person,
  request_id uuid not null references request,
  reason text not null check (length(reason) between 3 and 500),
  opened_at timestamptz not null default now(),
  primary key (person_id, request_id, opened_at)
);

-- Opening another team's request is one act with its audit entry and its mark on the timeline.
create function open_request(of_reference text, why text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_id uuid;
begin
  if not app_is_staff() then
    raise exception 'only staff open requests' using errcode = 'insufficient_privilege';
  end if;
  select f.request_id into found_id from request_reference f where f.reference = of_reference;
  if found_id is null then
    return null;
  end if;
  insert into opening (person_id, request_id, reason) values (app_person(), found_id, why);
  insert into audit_entry (actor_id, actor_role, action, subject_kind, subject_id)
    values (app_person(), app_role(), 'request.opened', 'request', found_id);
  insert into request_event (request_id, kind, visibility) values (found_id, 'viewed', 'internal');
  return found_id;
end $$;
revoke all on function open_request(text, text) from public;
grant execute on function open_request(text, text) to hearth_web;

-- An agent who gives their request to another team could not finish the change: the row would leave their sight in the
-- middle of it. So they keep it open for the shift, as if they had opened it; it was theirs, so no audit entry. Who
-- logs a call for another team keeps it in sight, too, until its first event stands.
create function keep_in_sight(of_request uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'agent' then return; end if;
  insert into opening (person_id, request_id, reason)
    select app_person(), r.id, 'was theirs' from request r
    where r.id = of_request
      and (r.team_id is null or r.team_id = app_team() or r.agent_id = app_person()
           or (r.logged_by = app_person()
               and not exists (select 1 from request_event e where e.request_id = r.id)));
end $$;
revoke all on function keep_in_sight(uuid) from public;
grant execute on function keep_in_sight(uuid) to hearth_web;

-- What the actor opened in this shift; bound to what it names, like `app_accounts_seen`.
create function app_opened() returns uuid[] language sql stable security definer
begin atomic
  select array(select o.request_id from public.opening o
               where o.person_id = public.app_person() and o.opened_at > now() - interval '12 hours');
end;
revoke all on function app_opened() from public;
grant execute on function app_opened() to hearth_web;

-- What other teams have of a customer whom an agent has before them: that it is there, and with whom. To see more, the
-- agent opens it and says why (`open_request`).
create function requests_elsewhere(customer uuid, besides uuid) returns table (reference text, team text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.reference, t.name
  from request r left join team t on t.id = r.team_id
  where app_role() = 'agent' and r.requester_id = customer and r.id is distinct from besides
    and not (r.team_id is null or r.team_id is not distinct from app_team() or r.agent_id is not distinct from app_person()
             or r.id = any ((select app_opened())::uuid[])
             or (not r.private and r.account_id = any ((select app_accounts_seen())::uuid[])))
  order by r.id desc
  limit 50;
$$;
revoke all on function requests_elsewhere(uuid, uuid) from public;
grant execute on function requests_elsewhere(uuid, uuid) to hearth_web;

alter table opening enable row level security;
create policy opening_own on opening for select to hearth_web
  using (person_id = (select app_person()) or (select app_role()) in ('supervisor', 'admin'));
grant select on opening to hearth_web;

-- Who is looking at a request right now. May be lost at any time; never on a customer's page.
create unlogged table presence (
  request_id uuid not null,
  person_id uuid not null,
  typing boolean not null default false,
  seen_at timestamptz not null default now(),
  primary key (request_id, person_id)
);
create index presence_stale on presence (seen_at);

alter table presence enable row level security;

-- Who looks at a request is for staff alone to know.
create policy presence_seen on presence for select to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
create policy presence_noted on presence for insert to hearth_web
  with check ((select app_is_staff()) and person_id = (select app_person())
              and exists (select 1 from request r where r.id = request_id));
create policy presence_renewed on presence for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
create policy presence_left on presence for delete to hearth_web using (person_id = (select app_person()));
create policy presence_worker on presence to hearth_worker using (true);
grant select, insert, update, delete on presence to hearth_web;
grant select, delete on presence to hearth_worker;

-- How far each person has read each request: what came later is marked as new in lists, and a request opens there. Like
-- presence it may be lost, and points to no row of the request: whoever looks never waits for whoever changes it.
create table request_read (
  person_id uuid not null references person on delete cascade,
  request_id uuid not null,
  -- Of the last event that was on the page.
  number integer not null check (number >= 0),
  primary key (person_id, request_id)
);

alter table request_read enable row level security;
alter table request_read force row level security;
create policy request_read_own on request_read for select to hearth_web
  using (person_id = (select app_person()));
create policy request_read_noted on request_read for insert to hearth_web
  with check (person_id = (select app_person()) and exists (select 1 from request r where r.id = request_id));
create policy request_read_further on request_read for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
grant select, insert, update on request_read to hearth_web;

-- What staff are writing on a request is kept until it is sent: one reply and one note for each person and request.
create table desk_draft (
  person_id uuid not null references person on delete cascade,
  request_id uuid not null references request on delete cascade,
  form text not null check (form in ('reply', 'note')),
  text text not null check (length(text) between 1 and 10000),
  updated_at timestamptz not null default now(),
  primary key (person_id, request_id, form)
);

alter table desk_draft enable row level security;
create policy desk_draft_own on desk_draft to hearth_web
  using (person_id = (select app_person()) and (select app_is_staff()))
  with check (person_id = (select app_person()) and (select app_is_staff())
              and exists (select 1 from request r where r.id = request_id));
create policy desk_draft_worker_read on desk_draft for select to hearth_worker using (true);
create policy desk_draft_worker on desk_draft for delete to hearth_worker using (true);
grant select, insert, update, delete on desk_draft to hearth_web;
grant select, delete on desk_draft to hearth_worker;

-- Finding requests by all words in any order, with accents and small slips forgiven: in subject, words, messages,
-- names, references, account numbers and streets, and when they have ended, too. Each request has its words in two
-- sets, what its customer may read and what staff may; a vocabulary turns what was typed into words that are there.
create table request_words (
  request_id uuid primary key,
  -- What its customers may read, and that with the notes of staff. They repeat texts: who erases those, erases these.
  words tsvector not null,
  inside tsvector not null
);
create index request_words_inside on request_words using gin (inside);

-- The words of a text: without accents, in small letters, split at all that is neither letter nor digit.
create function words_of(text) returns text[]
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct left(word, 40)), '{}')
  from regexp_split_to_table(lower(unaccent('unaccent'::regdictionary, left($1, 200000))),
                             '[[:space:][:punct:]¿¡«»“”‘’„…–—·।€£₹]+') as word
  where word <> '';
$$;
revoke all on function words_of(text) from public;

-- The requests that hold these words and that the asker may see (request_seen): staff among all, open ones or ended.
create function requests_with(query tsquery, ended boolean, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
-- Of words that everybody uses so many are enough: nobody reads further.
set gin_fuzzy_search_limit = 50000 as $$
begin
  if not app_is_staff() then return; end if;
  return query
    select r.id from request_words w join request r on r.id = w.request_id
    where w.inside @@ query
      and ended = (r.status in ('resolved', 'closed', 'cancelled', 'merged'))
      and (app_role() in ('supervisor', 'admin') or r.team_id is null or r.team_id = app_team()
           or r.agent_id = app_person() or r.requester_id = app_person()
           or r.id = any ((select app_opened())::uuid[])
           or (not r.private and r.account_id = any ((select app_accounts_seen())::uuid[])))
    limit most;
end $$;
revoke all on function requests_with(tsquery, boolean, integer) from public;
grant execute on function requests_with(tsquery, boolean, integer) to hearth_web;

-- The same for a customer, among theirs and those that their accounts share with them.
create function own_requests_with(query tsquery) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id from request r join request_words w on w.request_id = r.id
  where w.words @@ query
    and (r.requester_id = app_person() or (not r.private and r.account_id = any (app_accounts_seen())));
$$;
revoke all on function own_requests_with(tsquery) from public;
grant execute on function own_requests_with(tsquery) to hearth_web;

alter table request_words enable row level security;
create policy request_words_staff on request_words for select to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
grant select on request_words to hearth_web;

-- All words without digits that occur: numbers are never mistaken for each other.
create table search_word (
  word text collate "C" primary key
);
create index search_word_trigrams on search_word using gin (word gin_trgm_ops);

-- Gathers the words of so many requests that changed. Says how many those were.
create function gather_request_words(most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
begin
  with taken as (
    delete from words_due where request_id in (
      select d.request_id from words_due d limit most for update skip locked)
    returning request_id
  ) select coalesce(array_agg(request_id), '{}') into due from taken;
  if due = '{}' then return 0; end if;

  with said as (
    select m.request_id, string_agg(m.text, ' ') filter (where m.visibility = 'public') as open,
           string_agg(m.text, ' ') as inside
    from message m where m.request_id = any (due) group by m.request_id
  ), told as (
    select r.id, said.inside,
           words_of(concat_ws(' ', r.reference, replace(r.reference, '-', ''), r.description, r.answers->>'subject',
                              r.contact->>'caller_name', p.name, a.number, s.line, s.town, s.postcode,
                              replace(s.postcode, ' ', ''), said.open)) as words
    from request r
    left join person p on p.id = r.requester_id
    left join account a on a.id = r.account_id
    left join premises s on s.id = r.premises_id
    left join said on said.request_id = r.id
    where r.id = any (due)
  ), kept as (
    insert into request_words (request_id, words, inside)
    select id, array_to_tsvector(words), array_to_tsvector(words || words_of(inside)) from told
    on conflict (request_id) do update set words = excluded.words, inside = excluded.inside
    returning inside
  )
  insert into search_word (word)
  select distinct word from kept, unnest(tsvector_to_array(kept.inside)) as word
  where word !~ '[0-9]' and length(word) > 2
  on conflict do nothing;
  return cardinality(due);
end $$;
revoke all on function gather_request_words(integer) from public;
grant execute on function gather_request_words(integer) to hearth_web, hearth_worker;

-- What to look for: every word that was typed, as the words that begin so; if there are none, as those that hold it; if
-- there are none of those either, as those that differ by a slip. Null when nothing was typed.
create function search_query(typed text) returns tsquery
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  asked text;
  known text[];
  wanted tsquery;
  -- A number said in groups, and a reference without its dash, are one word.
  parts text[] := case when typed ~ '^[\d\s-]{6,24}$' then array[regexp_replace(typed, '[\s-]', '', 'g')]
                       else words_of(left(typed, 100)) end;
begin
  foreach asked in array parts loop
    known := '{}';
    if asked !~ '[0-9]' and length(asked) > 2
       and not exists (select 1 from search_word where word >= asked and word < asked || chr(1114111)) then
      known := array(select word from search_word where word like '%' || asked || '%' order by length(word) limit 50);
      if known = '{}' and length(asked) > 3 then
        known := array(
          select near.word from (
            select word, levenshtein_less_equal(word, asked, 2) as slips
            from search_word where word % asked order by similarity(word, asked) desc limit 100) near
          where slips <= case when length(asked) > 7 then 2 else 1 end
             or (slips = 2 and array(select unnest(string_to_array(near.word, null)) order by 1)
                             = array(select unnest(string_to_array(asked, null)) order by 1))
          limit 50);
      end if;
    end if;
    select case when wanted is null then it.one else wanted && it.one end into wanted
      from (select case when known = '{}' then (quote_literal(asked) || ':*')::tsquery
                        else (select string_agg(quote_literal(word), ' | ') from unnest(known) as word)::tsquery end) as it (one);
  end loop;
  return wanted;
end $$;
revoke all on function search_query(text) from public;
grant execute on function search_query(text) to hearth_web;

alter table search_word enable row level security;

-- Which requests have words to be gathered: noted when it happens, so that the job that comes by every minute has
-- nothing to look through. It gathers them, or whoever searches before the job has come by.
create table words_due (
  request_id uuid primary key
);

create function note_words_due() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- What waits already is noted again: whoever gathers it now does not see this change yet, and passes it over.
  insert into words_due (request_id) select id from changed
  on conflict (request_id) do update set request_id = excluded.request_id;
  return null;
end $$;
revoke all on function note_words_due() from public;
create trigger words_of_new after insert on request
  referencing new table as changed for each statement execute function note_words_due();

create function note_words_due_of_message() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into words_due (request_id) select distinct request_id from changed
  on conflict (request_id) do update set request_id = excluded.request_id;
  return null;
end $$;
revoke all on function note_words_due_of_message() from public;
create trigger words_of_message after insert on message
  referencing new table as changed for each statement execute function note_words_due_of_message();

create function request_words_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'person' then
    insert into words_due (request_id) select r.id from request r where r.requester_id = new.id order by r.id
    on conflict (request_id) do update set request_id = excluded.request_id;
  else
    insert into words_due (request_id) values (new.id)
    on conflict (request_id) do update set request_id = excluded.request_id;
  end if;
  return null;
end $$;
revoke all on function request_words_changed() from public;
create trigger words_of_changed after update of description, answers, contact, requester_id, account_id, premises_id
  on request for each row
  when ((old.description, old.answers, old.contact, old.requester_id, old.account_id, old.premises_id)
        is distinct from (new.description, new.answers, new.contact, new.requester_id, new.account_id, new.premises_id))
  execute function request_words_changed();
create trigger words_of_renamed after update of name on person for each row
  when (old.name is distinct from new.name and new.role = 'customer') execute function request_words_changed();

alter table words_due enable row level security;

-- The bill or the reading that a request is about. While it is open, a bill that is asked about is disputed: nobody is
-- pressed to pay it.
create table request_about (
  request_id uuid primary key references request on delete cascade,
  bill_id uuid references bill on delete cascade,
  reading_id uuid references reading on delete cascade,
  check (num_nonnulls(bill_id, reading_id) = 1),
  created_at timestamptz not null default now()
);
create index request_about_bill on request_about (bill_id) where bill_id is not null;
create index request_about_reading on request_about (reading_id) where reading_id is not null;

-- Whether an open request asks about this bill. One that was merged counts for as long as the one that goes on.
create function bill_disputed(of_bill uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from request_about a join request r on r.id = a.request_id
      left join request s on s.id = r.merged_into
    where a.bill_id = of_bill
      and request_is_open(coalesce(s.status, r.status)))
$$;
revoke all on function bill_disputed(uuid) from public;
grant execute on function bill_disputed(uuid) to hearth_web, hearth_worker;

alter table request_about enable row level security;
create policy request_about_seen on request_about for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));

-- Of the request's own account, and nothing that the asker may not see: both tables are read with their own policies.
create policy request_about_attached on request_about for insert to hearth_web
  with check (exists (
    select 1 from request r
    where r.id = request_id
      and (exists (select 1 from bill b
                   where b.id = bill_id and (r.account_id is null or b.account_id = r.account_id))
           or exists (select 1 from reading g join meter m on m.id = g.meter_id join premises p on p.id = m.premises_id
                      where g.id = reading_id and (r.account_id is null or p.account_id = r.account_id)))));
create policy request_about_worker on request_about for select to hearth_worker using (true);
grant select, insert on request_about to hearth_web;
grant select on request_about to hearth_worker;

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

-- The requests that the browser of a visitor holds.
create function app_visited() returns uuid[] language sql stable security definer
begin atomic
  select array(select v.request_id from public.request_visitor v
               where public.app_person() is null and v.visitor = public.app_visitor());
end;
revoke all on function app_visited() from public;
grant execute on function app_visited() to hearth_web;

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
       or (old.status in ('submitted', 'open') and new.status = 'cancelled' and old.work_began_at is null)
       or (old.status = 'resolved' and new.status = 'closed')
       or (old.status = 'resolved' and new.status = 'open'
           and greatest(old.resolved_at, old.wished_at) > now() - request_reopens_within())) then
    raise exception 'a visitor does not take a request from % to %', old.status, new.status
      using errcode = 'check_violation', constraint = 'request_move';
  end if;
  return new;
end $$;
create trigger request_of_visitor_guard before update on request
  for each row when (app_role() = 'visitor') execute function request_of_visitor_guard();

alter table request_visitor enable row level security;
create policy request_visitor_own on request_visitor for select to hearth_web
  using ((select app_person()) is null and visitor = (select app_visitor()));
create policy request_visitor_worker on request_visitor to hearth_worker using (true);
grant select on request_visitor to hearth_web;
grant select, delete on request_visitor to hearth_worker;

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
  reminded_for date,
  technician_id uuid references person,
  place_in_day smallint check (place_in_day between 1 and 500),
  on_way_at timestamptz,
  expected_from time,
  expected_to time,
  check ((state in ('booked', 'on_the_way')) = (ended_at is null))
);
create unique index visit_to_come on visit (request_id) where ended_at is null;
create index visit_request on visit (request_id, id);
create index visit_day on visit (on_day, id);

-- Whose day and hours have gone by is found by it, and who is to be reminded.
create index visit_open_day on visit (on_day) where ended_at is null;
create index visit_technician on visit (technician_id, on_day) where technician_id is not null;

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

-- What a calendar shows to whoever knows the secret: visits of their own requests, and nothing of what was written.
create function visits_of_calendar(secret_digest text)
returns table (id uuid, on_day date, from_time time, to_time time, zone text, state text, sequence integer,
               changed_at timestamptz, reference text, place text, locale text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  whose calendar_address;
begin
  select * into whose from calendar_address a where a.digest = secret_digest and a.revoked_at is null;
  if whose.id is null then
    raise exception 'no such calendar' using errcode = 'no_data_found';
  end if;
  return query
    select v.id, v.on_day, v.from_time, v.to_time, v.zone, v.state, v.sequence, v.changed_at, r.reference,
           h.line || ', ' || h.town, p.locale
    from request r
    join visit v on v.request_id = r.id
    join person p on p.id = whose.person_id
    left join premises h on h.id = r.premises_id
    where r.requester_id = whose.person_id and v.on_day > current_date - 60
    order by v.on_day, v.from_time
    limit 200;
end $$;
revoke all on function visits_of_calendar(text) from public;
grant execute on function visits_of_calendar(text) to hearth_web;

-- What is over stays as it ended; only what was taken for missed may still be reported on.
create function visit_turns() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.ended_at is not null and new.state <> old.state
     and not (old.state = 'missed' and new.state in ('done', 'no_access', 'parts_missing', 'unsafe')) then
    raise exception 'this visit is over' using errcode = 'check_violation', constraint = 'visit_over';
  end if;
  if new.on_day <> old.on_day then
    new.technician_id := null;
    new.place_in_day := null;
  end if;
  if new.state = 'booked' then
    new.on_way_at := null;
    new.expected_from := null;
    new.expected_to := null;
  end if;
  if new.technician_id is distinct from old.technician_id and new.technician_id is not null
     and not exists (select 1 from person p where p.id = new.technician_id and p.role <> 'customer') then
    raise exception 'only staff go to visits' using errcode = 'check_violation', constraint = 'visit_technician_works_here';
  end if;
  return new;
end $$;
create trigger visit_turns before update on visit for each row execute function visit_turns();

-- Whoever goes there sees what it is about, whichever team has it, until half a day after.
create function app_visits_mine() returns uuid[] language sql stable security definer
begin atomic
  select array(select v.request_id from public.visit v
               where v.technician_id = public.app_person()
                 and (v.ended_at is null or v.ended_at > now() - interval '12 hours'));
end;
revoke all on function app_visits_mine() from public;
grant execute on function app_visits_mine() to hearth_web;

-- What is owed for a visit that was taken for missed, and was not, is owed no more.
create function compensation_withdrawn() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update compensation set state = 'withdrawn', settled_at = now(), settled_by = new.technician_id
    where visit_id = new.id and state = 'owed';
  return null;
end $$;
create trigger compensation_withdrawn after update of state on visit for each row
  when (old.state = 'missed' and new.state <> 'missed') execute function compensation_withdrawn();

alter table visit enable row level security;
create policy visit_seen on visit for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy visit_worker on visit for all to hearth_worker using (true) with check (true);
create policy visit_worked on visit for update to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id))
  with check (true);
grant select, update (state, ended_at, sequence, changed_at, technician_id, place_in_day, on_way_at,
  expected_from, expected_to) on visit to hearth_web;
grant select, update (state, ended_at, sequence, changed_at, reminded_for) on visit to hearth_worker;

alter table request enable row level security;

-- Who sees a request (design §4): the one who asked; members of its account unless it is private; supervisors and
-- admins all; agents their team's, the unassigned, their own, what they opened with a reason today, and what they go
-- to visit. A visitor sees what their browser holds.
create policy request_seen on request for select to hearth_web using (
  requester_id = (select app_person())
  or (select app_role()) in ('supervisor', 'admin')
  or ((select app_role()) = 'agent' and (team_id is null or team_id = (select app_team())
      or agent_id = (select app_person()) or id = any ((select app_opened())::uuid[])
      or id = any ((select app_visits_mine())::uuid[])))
  or (not private and account_id = any ((select app_accounts_seen())::uuid[]))
  or (requester_id is null and id = any ((select app_visited())::uuid[]))
);

-- A request begins where its life begins (design §3), also past all our own code: as submitted, now, in nobody's
-- hands, with no time that only a move may set. A customer's is as urgent as its kind, or as answers to it may make
-- it. The team stays unchecked: it may change between the page and the sending, and nobody's request is lost over
-- that. A visitor's comes by the chat, with a way to answer: an address, or a number to call.
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
create policy request_moved on request for update to hearth_web using (
  (select app_is_staff())
  or requester_id = (select app_person())
  or (not private and account_id = any ((select app_accounts_acted_on())::uuid[]))
  or (requester_id is null and id = any ((select app_visited())::uuid[]))
) with check (true);

-- Jobs act as the system: they read requests and write what time itself causes.
create policy request_worker on request to hearth_worker using (true) with check (true);

-- A request is about a home of its own account.
create policy request_at_home on request as restrictive for insert to hearth_web
  with check (premises_id is null
              or exists (select 1 from premises p where p.id = premises_id and p.account_id = request.account_id));
grant select, insert, update (status, priority, team_id, agent_id, due_at, work_began_at, visit_on,
  visit_from, visit_to, linked_to, merged_into, updated_at, rests_until, account_id, premises_id,
  account_linked_at, private) on request to hearth_web;
grant select, update (status, due_at, updated_at, rests_until) on request to hearth_worker;

-- What became of a visit. What a technician wrote is a row of its own that can be erased, kept once however often a
-- telephone sends it.
create table visit_report (
  visit_id uuid primary key references visit,
  request_id uuid not null references request,
  -- Made where it was written: the same one twice is one report.
  key uuid not null unique,
  outcome text not null check (outcome in ('done', 'no_access', 'parts_missing', 'unsafe')),
  note text not null default '' check (length(note) <= 2000),
  -- Who was there and let them in.
  met text not null default '' check (length(met) <= 100),
  reported_by uuid not null references person,
  happened_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index visit_report_request on visit_report (request_id);

alter table visit_report enable row level security;
create policy visit_report_seen on visit_report for select to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
create policy visit_report_made on visit_report for insert to hearth_web
  with check ((select app_is_staff()) and reported_by = (select app_person())
              and exists (select 1 from visit v where v.id = visit_id and v.request_id = visit_report.request_id));
create policy visit_report_worker on visit_report for all to hearth_worker using (true) with check (true);
grant select, insert on visit_report to hearth_web;
grant select, delete on visit_report to hearth_worker;

-- A visit that nobody came to is owned up to, and paid for by the rule of the place.
create table compensation (
  id uuid primary key default uuidv7(),
  visit_id uuid not null references visit,
  request_id uuid not null references request,
  account_id uuid references account,
  -- The rule by which it is owed; and whether it is the first sum, or the same again because that came late.
  rule text not null check (length(rule) between 1 and 60),
  reason text not null check (reason in ('missed', 'paid_late')),
  amount integer not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null default 'owed' check (state in ('owed', 'paid', 'withdrawn')),
  due_on date not null,
  settled_at timestamptz,
  settled_by uuid references person,
  created_at timestamptz not null default now(),
  unique (visit_id, reason),
  check ((state = 'owed') = (settled_at is null))
);
create index compensation_owed on compensation (due_on, id) where state = 'owed';
create index compensation_request on compensation (request_id);

alter table compensation enable row level security;
create policy compensation_seen on compensation for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy compensation_settled on compensation for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin') and state = 'owed')
  with check (settled_by = (select app_person()) and state in ('paid', 'withdrawn'));
create policy compensation_worker on compensation for all to hearth_worker using (true) with check (true);
grant select, update (state, settled_at, settled_by) on compensation to hearth_web;
grant select, insert on compensation to hearth_worker;

-- What lower floors keep of a request.
alter table letter add foreign key (request_id) references request;

-- A team is retired when nothing is left in it: no people, no invitations, no kinds of requests, no requests.
create function team_guard() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from team where id = new.id for update;
  if exists (select 1 from person where team_id = new.id and deactivated_at is null)
     or exists (select 1 from invitation where team_id = new.id)
     or exists (select 1 from service_type where team_id = new.id)
     or exists (select 1 from request where team_id = new.id
                and status in ('submitted', 'open', 'waiting', 'scheduled', 'resolved')) then
    raise exception 'something is left in the team' using errcode = 'check_violation', constraint = 'team_is_empty';
  end if;
  return new;
end $$;
create trigger team_guard before update of retired_at on team
  for each row when (new.retired_at is not null and old.retired_at is null) execute function team_guard();

-- Whoever sees a request sees what was promised on it.
alter table promise add foreign key (request_id) references request;

create policy promise_seen on promise for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy promise_written on promise for insert to hearth_web
  with check (exists (select 1 from request r where r.id = request_id));
create policy promise_changed on promise for update to hearth_web
  using (exists (select 1 from request r where r.id = request_id));

alter table attachment add foreign key (request_id) references request;

-- Once it belongs to a request, a file is seen by those who see the request.
create policy attachment_seen on attachment for select to hearth_web using (
  request_id is not null and (visibility = 'public' or (select app_is_staff()))
  and exists (select 1 from request r where r.id = request_id)
);
create policy attachment_changed on attachment for update to hearth_web using (
  request_id is null
  and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())))
) with check (
  (visibility = 'public' or (select app_is_staff()))
  and (request_id is null or exists (select 1 from request r where r.id = request_id))
);

alter table emergency add foreign key (request_id) references request;

-- Anybody, signed in or not, may cause an emergency record; only staff may read them back. The caller learns its id
-- and reference. It stands among requests, because it looks up whose a request is.
create function open_emergency(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text,
                               of_locale text, of_version text, of_request uuid, of_form uuid, of_address text,
                               of_phone text, of_person uuid, of_account uuid, of_premises uuid)
returns table (id uuid, reference text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  by_staff boolean := app_is_staff();
  whose uuid := case when by_staff then of_person else app_person() end;
  account uuid := of_account;
  premises uuid := of_premises;
  home record;
  found_id uuid;
  same_form boolean;
  alarming boolean;
begin
  -- One at a time of a form and of a caller, in this order everywhere: two clicks are one call. A whole address never
  -- waits for itself.
  if of_form is not null then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || of_form, 0));
  end if;
  if not by_staff and (app_person() is not null or app_visitor() <> 'nobody') then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || coalesce(app_person()::text, app_visitor()), 1));
  end if;

  found_id := open_emergency_of(of_form);
  if found_id is null then
    select coalesce(account, r.account_id), coalesce(premises, r.premises_id) into account, premises
      from (select) as one left join request r on r.id = of_request;
    select * into home from emergency_home(whose, account, premises);
    alarming := emergency_alarms(of_address);
    insert into emergency (reference, verdict, hazard, channel, person_id, logged_by, visitor, address, text, locale,
                           request_id, form_key, account_id, premises_id, premises_guessed, alarms, phone)
      values (of_reference, of_verdict, of_hazard, of_channel, whose, case when by_staff then app_person() end,
              nullif(app_visitor(), 'nobody'), of_address, of_text, of_locale, of_request, of_form, home.account_id,
              home.premises_id, coalesce(home.places > 1, false) and not (by_staff and of_premises is not null),
              alarming, coalesce(of_phone, (select p.phone from person p where p.id = whose)))
      returning emergency.id into found_id;
    insert into emergency_entry (emergency_id, kind) values (found_id, 'received');
    if alarming then
      insert into outbox (job, payload)
        values ('emergencies.raise_alarm', jsonb_build_object('emergencyId', found_id));
      insert into outbox (job, payload, run_at)
        values ('emergencies.escalate', jsonb_build_object('emergencyId', found_id), now() + interval '60 seconds');
    end if;
  else
    select e.form_key is not distinct from of_form and of_form is not null into same_form
      from emergency e where e.id = found_id;
    -- What stands on top is what was typed first, as it was typed last. Who speaks of danger again is not safe.
    update emergency e set
        text = case when same_form then of_text else e.text end,
        hazard = coalesce(of_hazard, e.hazard),
        verdict = case when e.verdict = 'possible' then of_verdict else e.verdict end,
        request_id = coalesce(e.request_id, of_request),
        phone = coalesce(of_phone, e.phone),
        said_again = e.said_again + case when same_form then 0 else 1 end,
        safe_said_at = case when same_form then e.safe_said_at end
      where e.id = found_id;
    if not same_form and emergency_entry_due(found_id, 'said_again') then
      insert into emergency_entry (emergency_id, kind, payload)
        select found_id, 'said_again', jsonb_build_object('channel', of_channel, 'times', e.said_again)
        from emergency e where e.id = found_id;
    end if;
  end if;

  perform emergency_hears(found_id, of_form, of_text);
  if of_version is not null then
    perform emergency_shown(found_id, of_version, of_locale);
  end if;
  return query select e.id, e.reference from emergency e where e.id = found_id;
end $$;
revoke all on function open_emergency(text, text, text, text, text, text, text, uuid, uuid, text, text,
  uuid, uuid, uuid) from public;
grant execute on function open_emergency(text, text, text, text, text, text, text, uuid, uuid, text, text,
  uuid, uuid, uuid) to hearth_web;

-- A request's place: seen by whoever sees the request, taken and given back by whoever may act for it.
create policy place_of_request_seen on slot_place for select to hearth_web using (
  subject_kind = 'request' and exists (select 1 from request r where r.id = subject_id));
create policy place_of_request_taken on slot_place for insert to hearth_web with check (
  subject_kind = 'request' and exists (
    select 1 from request r where r.id = subject_id
      and ((select app_is_staff()) or r.requester_id = (select app_person())
           or (not r.private and r.account_id = any ((select app_accounts_acted_on())::uuid[])))));
create policy place_of_request_changed on slot_place for update to hearth_web using (
  subject_kind = 'request' and exists (
    select 1 from request r where r.id = subject_id
      and ((select app_is_staff()) or r.requester_id = (select app_person())
           or (not r.private and r.account_id = any ((select app_accounts_acted_on())::uuid[])))))
  with check (true);
