-- The desk: who looks at a request is for staff alone to know, and whoever hands a request on keeps it in sight.

alter table presence enable row level security;
create policy presence_seen on presence for select to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
create policy presence_noted on presence for insert to hearth_web
  with check ((select app_is_staff()) and person_id = (select app_person())
              and exists (select 1 from request r where r.id = request_id));
create policy presence_renewed on presence for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
create policy presence_left on presence for delete to hearth_web using (person_id = (select app_person()));
create policy presence_worker on presence to hearth_worker using (true);
create index presence_stale on presence (seen_at);

-- An agent who gives their request to another team could not finish the change: the row would leave their sight in
-- the middle of it. So they keep it open for the shift, as if they had opened it; it was theirs, so no audit entry.
create function keep_in_sight(of_request uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'agent' then return; end if;
  insert into opening (person_id, request_id, reason)
    select app_person(), r.id, 'was theirs' from request r
    where r.id = of_request
      and (r.team_id is null or r.team_id = app_team() or r.agent_id = app_person());
end $$;
revoke all on function keep_in_sight(uuid) from public;
grant execute on function keep_in_sight(uuid) to hearth_web;
