-- Where a page's statement could be turned against us, the database holds what must not be said: another time, another
-- name, a home that is not theirs, a place in the queue before all others.

-- When something happened, and who did it, is written by the database. Nobody who writes may name a time.
revoke insert on request_event, message, emergency_entry, audit_entry from hearth_web, hearth_auth, hearth_worker;
grant insert (request_id, number, kind, visibility, actor_role, payload) on request_event to hearth_web, hearth_worker;
grant insert (request_id, author_role, visibility, text) on message to hearth_web;
grant insert (emergency_id, kind, payload) on emergency_entry to hearth_web, hearth_worker;
grant insert (id, actor_id, actor_role, action, subject_kind, subject_id, detail) on audit_entry
  to hearth_web, hearth_auth, hearth_worker;

drop policy audit_written on audit_entry;
create policy audit_written on audit_entry for insert to hearth_web
  with check (actor_id is not distinct from (select app_person()) and actor_role = (select app_role()));

-- A request is about a home of its own account.
create policy request_at_home on request as restrictive for insert to hearth_web
  with check (premises_id is null
              or exists (select 1 from premises p where p.id = premises_id and p.account_id = request.account_id));

-- Names of those who work here are for those who have signed in.
drop policy person_seen on person;
create policy person_seen on person for select to hearth_web
  using (id = (select app_person()) or (role <> 'customer' and (select app_person()) is not null)
         or (select app_is_staff()));

-- What a customer does may start a clock, and never one that has run already. The rest is a millisecond of rounding.
create function promise_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  close constant interval := interval '1 minute';
begin
  if app_role() <> 'customer' then return new; end if;
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
create trigger promise_guard before insert or update on promise for each row execute function promise_guard();

-- And a request is due when what we promised about it is.
create function request_due_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if app_role() <> 'customer' or new.due_at = 'infinity' then return new; end if;
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
