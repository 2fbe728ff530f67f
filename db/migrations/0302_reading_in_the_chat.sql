-- How far the customer has read in the chat: what they have seen there needs no letter, and our people see that they have.
alter table conversation add column read_number integer not null default 0 check (read_number >= 0);
grant update (read_number) on conversation to hearth_web;

-- How far whoever of ours has the conversation has read it, for its customer; nothing of anybody else.
create function read_by_agent(of_request uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(max(seen.number), 0) from request r join request_read seen
    on seen.request_id = r.id and seen.person_id = r.agent_id
  where r.id = of_request and (r.requester_id = app_person() or (r.requester_id is null and r.id = any (app_visited())))
$$;
revoke all on function read_by_agent(uuid) from public;
grant execute on function read_by_agent(uuid) to hearth_web;
