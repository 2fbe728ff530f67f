-- Each part of a queue that somebody of staff may see is read along an index, in the order of what is due first, and no
-- further than a page or a count goes: also the parts that are few among very many.

create index request_queue_unassigned on request (team_id, due_at, id)
  where agent_id is null and status in ('submitted', 'open', 'waiting', 'scheduled');
create index request_queue_waiting on request (due_at, id) where status = 'waiting';
create index request_queue_waiting_team on request (team_id, due_at, id) where status = 'waiting';
