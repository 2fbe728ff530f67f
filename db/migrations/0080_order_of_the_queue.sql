-- The order of the queue: what is about safety or about somebody vulnerable comes first, then what is urgent before what
-- can wait, then what is due first. Behind them lies what has its day later (it rests until work on it begins), and
-- last what nothing is due on. `src/lib/requests/order.ts` says the same; a test holds the two together.

create function queue_rank(comes_first text, priority smallint, due_at timestamptz, rests_until timestamptz)
returns smallint language sql immutable parallel safe as $$
  select case when due_at = 'infinity' then 10
              when rests_until is not null then 9
              when comes_first is not null then priority
              else priority + 4 end::smallint
$$;

alter table request
  add column comes_first text check (comes_first in ('safety', 'vulnerable')),
  -- The end of the day that the customer asked for, where they asked for one.
  add column wished_at timestamptz,
  -- When work on what was asked for that day begins; nothing else is owed before.
  add column rests_until timestamptz;

update request set comes_first = 'vulnerable'
where status in ('submitted', 'open', 'waiting', 'scheduled')
  and ((service_type = 'E-NOGAS' and answers->>'vulnerable' = 'yes')
       or (service_type = 'RECONNECT' and answers->>'medical' = 'yes'));
update request set comes_first = 'safety'
where status in ('submitted', 'open', 'waiting', 'scheduled')
  and (service_type = 'LPG-DEFECT' or (service_type = 'RELIGHT' and answers->>'symptom' = 'yellow'));

alter table request
  add column rank smallint not null
    generated always as (queue_rank(comes_first, priority, due_at, rests_until)) stored;

drop index request_queue, request_queue_team, request_queue_agent, request_queue_unassigned, request_queue_waiting,
           request_queue_waiting_team;
create index request_queue on request (rank, due_at, id)
  where status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_queue_team on request (team_id, rank, due_at, id)
  where status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_queue_agent on request (agent_id, rank, due_at, id)
  where status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_queue_unassigned on request (rank, due_at, id)
  where agent_id is null and status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_queue_unassigned_team on request (team_id, rank, due_at, id)
  where agent_id is null and status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_queue_waiting on request (rank, due_at, id) where status = 'waiting';
create index request_queue_waiting_team on request (team_id, rank, due_at, id) where status = 'waiting';
create index request_resting on request (rests_until) where rests_until is not null;

-- From a request to what was promised on it, in the order in which it is told.
create index promise_of_request on promise (request_id, started_at, id);

-- Where a request stands in its team's line: how many stand before it, in the very order of the queue. It runs as the
-- owner, because a customer may know how many stand before them, and nothing else about them. (The older function of
-- this name goes on serving processes that still run.)
create function place_in_line(request uuid, most int) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int from (
    select 1 from request own join request r
      on r.team_id = own.team_id and r.status in ('submitted', 'open', 'waiting', 'scheduled')
      and (r.rank, r.due_at, r.id) < (own.rank, own.due_at, own.id)
    where own.id = place_in_line.request
    limit most
  ) before
$$;

revoke all on function place_in_line(uuid, int) from public;
grant execute on function place_in_line(uuid, int) to hearth_web;
