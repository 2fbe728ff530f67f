-- Staff who log a call for another team write its first event and see that it arrived: they keep it in sight, too.

create or replace function keep_in_sight(of_request uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'agent' then return; end if;
  insert into opening (person_id, request_id, reason)
    select app_person(), r.id, 'was theirs' from request r
    where r.id = of_request
      and (r.team_id is null or r.team_id = app_team() or r.agent_id = app_person()
           or (r.logged_by = app_person() and r.last_number = 0));
end $$;
