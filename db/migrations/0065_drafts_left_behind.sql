-- What a visitor typed and the same person had typed on since, signed in, is theirs and done with: it goes, and does not
-- wait for whoever signs in next in that browser. Files that were chosen on it come along all the same.
create or replace function claim_drafts(of_visitor text) returns setof uuid
language sql security definer set search_path = public, pg_temp as $$
  delete from draft mine using draft later
  where later.person_id is null and later.visitor = of_visitor and later.key = mine.key
    and mine.person_id = app_person() and mine.updated_at <= later.updated_at;
  with older as (
    delete from draft d using draft mine
    where d.person_id is null and d.visitor = of_visitor and mine.key = d.key and mine.person_id = app_person()
    returning d.key
  ), claimed as (
    update draft d set person_id = app_person(), visitor = null
    where person_id is null and visitor = of_visitor and app_person() is not null
      and not exists (select 1 from draft mine where mine.key = d.key and mine.person_id = app_person())
    returning key
  )
  select key from older union all select key from claimed
$$;
