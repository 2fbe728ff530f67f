-- Several people of one home may wait for a call on one number, as far as anybody can call there; and of one window no more
-- are promised than are made.
drop index call_back_open;
create index call_back_by_number on call_back (phone) where state = 'waiting';

-- How many calls wait on a number, and nothing else about them.
create function calls_on_number(of_phone text) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from call_back where phone = of_phone and state = 'waiting'
$$;
revoke all on function calls_on_number(text) from public;
grant execute on function calls_on_number(text) to hearth_web;

-- When windows begin in which at least so many calls wait already.
create function call_windows_full(most integer) returns setof timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select begins_at from call_back where state = 'waiting' and ends_at > now() group by begins_at having count(*) >= most
$$;
revoke all on function call_windows_full(integer) from public;
grant execute on function call_windows_full(integer) to hearth_web;
