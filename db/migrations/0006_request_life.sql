-- A request's life as data, and the triggers that hold every writer to it, whatever a page forgets.

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
  ('resolved', 'closed', 'system');

create function app_whom() returns text language sql stable as $$
  select case app_role() when 'customer' then 'customer' when 'agent' then 'staff' when 'supervisor' then 'staff'
                         when 'admin' then 'staff' when 'system' then 'system' else 'nobody' end
$$;

-- Moves follow the table; the times belong to the moves; a customer changes nothing but the status.
create function request_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
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

-- Events are numbered without gaps under the request's row lock, and signed by the actor of the transaction.
create function request_event_number() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update request set last_number = last_number + 1 where id = new.request_id returning last_number into new.number;
  if new.number is null then
    raise exception 'no such request' using errcode = 'foreign_key_violation';
  end if;
  new.actor_id := app_person();
  new.actor_role := app_role();
  return new;
end $$;
create trigger request_event_number before insert on request_event
  for each row execute function request_event_number();

-- A message is signed likewise. The first public one from staff is the first response.
create function message_signed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.author_id := app_person();
  new.author_role := app_role();
  if new.visibility = 'public' and app_is_staff() then
    update request set first_response_at = now() where id = new.request_id and first_response_at is null;
  end if;
  return new;
end $$;
create trigger message_signed before insert on message for each row execute function message_signed();

-- Seen from outside: which requests changed, in commit order, below the oldest transaction still running. Ids only.
create function feed_after(after_xid xid8, after_seq bigint, most integer)
returns table (xid xid8, seq bigint, request_id uuid, reference text, number integer, kind text, visibility text,
               requester_id uuid, account_id uuid, private boolean, team_id uuid, agent_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.xid, e.seq, e.request_id, r.reference, e.number, e.kind, e.visibility,
         r.requester_id, r.account_id, r.private, r.team_id, r.agent_id
  from request_event e join request r on r.id = e.request_id
  where (e.xid, e.seq) > (after_xid, after_seq)
    and e.xid < pg_snapshot_xmin(pg_current_snapshot())
  order by e.xid, e.seq
  limit most
$$;

-- The newest position that a reader may start from.
create function feed_position() returns table (xid xid8, seq bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.xid, e.seq from request_event e
  where e.xid < pg_snapshot_xmin(pg_current_snapshot())
  order by e.xid desc, e.seq desc limit 1
$$;

revoke all on function feed_after(xid8, bigint, integer), feed_position() from public;
grant execute on function feed_after(xid8, bigint, integer), feed_position() to hearth_web, hearth_worker;
grant select on request_move to hearth_web, hearth_worker;

alter table request enable row level security;
alter table request_reference enable row level security;
alter table request_event enable row level security;
alter table message enable row level security;
alter table promise enable row level security;
alter table submission enable row level security;
alter table draft enable row level security;
alter table opening enable row level security;

-- Who sees a request (design §4): the one who asked; members of its account unless it is private; supervisors and
-- admins all; agents their team's, the unassigned, their own, and what they opened with a reason today.
create policy request_seen on request for select to hearth_web using (
  requester_id = (select app_person())
  or (select app_role()) in ('supervisor', 'admin')
  or ((select app_role()) = 'agent' and (team_id is null or team_id = (select app_team())
      or agent_id = (select app_person())
      or id in (select o.request_id from opening o
                where o.person_id = (select app_person()) and o.opened_at > now() - interval '12 hours')))
  or (not private and account_id in (select m.account_id from account_member m
      where m.person_id = (select app_person()) and m.scope in ('view', 'act')))
);
create policy request_asked on request for insert to hearth_web with check (
  (select app_is_staff())
  or (requester_id = (select app_person()) and logged_by is null
      and (account_id is null or account_id in (select m.account_id from account_member m
           where m.person_id = (select app_person()) and m.scope = 'act')))
);
create policy request_moved on request for update to hearth_web using (
  (select app_is_staff())
  or requester_id = (select app_person())
  or (not private and account_id in (select m.account_id from account_member m
      where m.person_id = (select app_person()) and m.scope = 'act'))
) with check (true);

create policy reference_seen on request_reference for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy reference_written on request_reference for insert to hearth_web
  with check (exists (select 1 from request r where r.id = request_id));

create policy event_seen on request_event for select to hearth_web
  using ((visibility = 'public' or (select app_is_staff()))
         and exists (select 1 from request r where r.id = request_id));
create policy event_written on request_event for insert to hearth_web
  with check ((visibility = 'public' or (select app_is_staff()))
              and exists (select 1 from request r where r.id = request_id));

create policy message_seen on message for select to hearth_web
  using ((visibility = 'public' or (select app_is_staff()))
         and exists (select 1 from request r where r.id = request_id));
create policy message_written on message for insert to hearth_web
  with check ((visibility = 'public' or (select app_is_staff()))
              and exists (select 1 from request r where r.id = request_id));

create policy promise_seen on promise for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy promise_written on promise for insert to hearth_web
  with check (exists (select 1 from request r where r.id = request_id));
create policy promise_changed on promise for update to hearth_web
  using (exists (select 1 from request r where r.id = request_id));

create policy submission_own on submission for select to hearth_web using (person_id = (select app_person()));
create policy submission_written on submission for insert to hearth_web
  with check (person_id = (select app_person()));

create policy draft_own on draft to hearth_web
  using (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())))
  with check (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())));

create policy opening_own on opening for select to hearth_web
  using (person_id = (select app_person()) or (select app_role()) in ('supervisor', 'admin'));

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

-- Jobs act as the system: they read requests and write what time itself causes.
create policy request_worker on request to hearth_worker using (true) with check (true);
create policy reference_worker on request_reference for select to hearth_worker using (true);
create policy event_worker_read on request_event for select to hearth_worker using (true);
create policy event_worker_write on request_event for insert to hearth_worker with check (true);
create policy message_worker on message for select to hearth_worker using (true);
create policy promise_worker on promise to hearth_worker using (true) with check (true);
create policy submission_worker on submission for delete to hearth_worker using (true);
create policy submission_worker_read on submission for select to hearth_worker using (true);
create policy draft_worker_read on draft for select to hearth_worker using (true);
create policy draft_worker on draft for delete to hearth_worker using (true);

grant select, insert on request, request_reference, request_event, message, submission to hearth_web;
grant update (status, priority, team_id, agent_id, due_at, work_began_at, visit_on, visit_from, visit_to,
              linked_to, merged_into, updated_at) on request to hearth_web;
grant select, insert, update on promise to hearth_web;
grant select, insert, update, delete on draft, presence to hearth_web;
grant select on opening to hearth_web;

grant select on request, request_reference, request_event, message, promise, submission, draft to hearth_worker;
grant update (status, due_at, updated_at) on request to hearth_worker;
grant insert on request_event to hearth_worker;
grant update on promise to hearth_worker;
grant delete on submission, draft, presence to hearth_worker;
grant select on presence to hearth_worker;
