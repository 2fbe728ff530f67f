-- A form's key belongs to who opened it, for drafts as for what was sent (0058). Somebody whose session has ended goes
-- on typing as a visitor, under a key whose draft is hidden from them: with one list for all, nothing of it was kept.

alter table draft add column owner text generated always as (coalesce(person_id::text, visitor)) stored;
alter table draft drop constraint draft_pkey;
alter table draft add primary key (key, owner);

-- Where they have two drafts of one form, because their session ended in the middle, the newer one stays.
create or replace function claim_drafts(of_visitor text) returns setof uuid
language sql security definer set search_path = public, pg_temp as $$
  delete from draft mine using draft later
  where later.person_id is null and later.visitor = of_visitor and later.key = mine.key
    and mine.person_id = app_person() and mine.updated_at <= later.updated_at;
  update draft d set person_id = app_person(), visitor = null
  where person_id is null and visitor = of_visitor and app_person() is not null
    and not exists (select 1 from draft mine where mine.key = d.key and mine.person_id = app_person())
  returning key
$$;
