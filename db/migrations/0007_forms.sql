-- What is typed and not sent yet.

-- What somebody is typing, kept under the key of the form that they opened. The key belongs to who opened it: somebody
-- whose session has ended goes on typing as a visitor, under a key whose other draft is hidden from them.
create table draft (
  key uuid not null,
  person_id uuid references person on delete cascade,
  visitor text,
  form text not null,
  typed jsonb not null default '{}',
  updated_at timestamptz not null default now(),
  owner text generated always as (coalesce(person_id::text, visitor)) stored,
  check (person_id is not null or visitor is not null),
  check (length(typed::text) < 60000),
  primary key (key, owner)
);
create index draft_of_person on draft (person_id, updated_at desc) where person_id is not null;
create index draft_of_visitor on draft (visitor) where visitor is not null;

-- Signing in or up: what a visitor was typing, and the files they chose for it, become the person's. Where they have
-- two drafts of one form, because their session ended in the middle, the newer one stays. The other goes, and does not
-- wait for whoever signs in next in that browser; files that were chosen on it come along all the same.
create function claim_drafts(of_visitor text) returns setof uuid
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
revoke all on function claim_drafts(text) from public;
grant execute on function claim_drafts(text) to hearth_web;

create trigger budget_of_draft after insert on draft for each row execute function spend_budget('draft', 200, 60);

alter table draft enable row level security;
create policy draft_own on draft to hearth_web
  using (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())))
  with check (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())));
create policy draft_worker_read on draft for select to hearth_worker using (true);
create policy draft_worker on draft for delete to hearth_worker using (true);
grant select, insert, update, delete on draft to hearth_web;
grant select, delete on draft to hearth_worker;
