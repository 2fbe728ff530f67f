-- Where a request stands in its team's line: how many are due before it, in the order in which the desk shows them.
-- Counted by the queue's own index and only so far, so that it costs the same however long the line is. It runs as the
-- owner, because a customer may know how many stand before them, and nothing else about them.
create function place_in_line(team uuid, due timestamptz, request uuid, most int) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int from (
    select 1 from request r
    where r.team_id = team and r.status in ('submitted', 'open', 'waiting', 'scheduled')
      and (r.due_at, r.id) < (due, request)
    limit most
  ) before
$$;

revoke all on function place_in_line(uuid, timestamptz, uuid, int) from public;
grant execute on function place_in_line(uuid, timestamptz, uuid, int) to hearth_web;
