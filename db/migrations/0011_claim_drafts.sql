-- Signing in or up: what a visitor was typing, and the files they chose for it, become the person's.

create function claim_drafts(of_visitor text) returns setof uuid
language sql security definer set search_path = public, pg_temp as $$
  update draft set person_id = app_person(), visitor = null
  where person_id is null and visitor = of_visitor and app_person() is not null
  returning key
$$;
revoke all on function claim_drafts(text) from public;
grant execute on function claim_drafts(text) to hearth_web;
