-- Whether anything happened on any emergency, for processes that watch on behalf of all desks. Numbers only.

create index emergency_entry_newest on emergency_entry (number);

create function emergency_pulse() returns table (newest integer, open integer, unacknowledged integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select e.number from emergency_entry e order by e.number desc limit 1), 0),
         (select count(*)::integer from emergency where status not in ('made_safe', 'stood_down')),
         (select count(*)::integer from emergency where status = 'received')
$$;
revoke all on function emergency_pulse() from public;
grant execute on function emergency_pulse() to hearth_web, hearth_worker;

-- The next on call is told again and again until somebody has acknowledged; the worker sees whether.
grant select on emergency_entry to hearth_worker;
create policy emergency_entry_worker_read on emergency_entry for select to hearth_worker using (true);

-- Whoever has not said who acts is no staff. Unset, this was null, and "not null" refuses nobody.
create or replace function app_is_staff() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.role', true) in ('agent', 'supervisor', 'admin'), false) $$;
