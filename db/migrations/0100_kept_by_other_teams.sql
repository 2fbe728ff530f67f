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
