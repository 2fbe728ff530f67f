-- Whether an article helped: said once by each reader of a version, changed when they change their mind. And how often an
-- article is opened on a day, which says nothing about who.

create table article_answer (
  id uuid primary key default uuidv7(),
  article_id uuid not null,
  locale text not null,
  version integer not null,
  helped boolean not null,
  words text check (length(words) between 1 and 1000),
  person_id uuid references person on delete cascade,
  visitor text check (length(visitor) <= 100),
  created_at timestamptz not null default now(),
  foreign key (article_id, locale, version) references article_version (article_id, locale, version),
  check ((person_id is null) <> (visitor is null)),
  constraint article_answer_once unique nulls not distinct (article_id, locale, version, person_id, visitor)
);
create index article_answer_newest on article_answer (article_id, created_at desc);
create index article_answer_person on article_answer (person_id) where person_id is not null;

create table article_day (
  article_id uuid not null references article,
  day date not null default current_date,
  views integer not null default 0,
  helped integer not null default 0,
  not_helped integer not null default 0,
  primary key (article_id, day)
);

alter table article_answer enable row level security;
alter table article_day enable row level security;
create policy article_answer_given on article_answer for insert to hearth_web
  with check (not (select app_is_staff()) and person_id is not distinct from (select app_person())
              and (person_id is not null or (visitor = (select app_visitor()) and visitor <> 'nobody')));
create policy article_answer_changed on article_answer for update to hearth_web
  using (person_id = (select app_person())
         or (person_id is null and (select app_person()) is null and visitor = (select app_visitor())));
create policy article_answer_read on article_answer for select to hearth_web
  using ((select app_is_staff()) or person_id = (select app_person())
         or (person_id is null and (select app_person()) is null and visitor = (select app_visitor())));
create policy article_day_read on article_day for select to hearth_web using (true);
grant select, insert (article_id, locale, version, helped, words, person_id, visitor) on article_answer to hearth_web;
grant update (helped, words) on article_answer to hearth_web;
grant select on article_day to hearth_web;

-- It is written to us like a message, and counted with them.
create trigger budget_of_article_answer after insert on article_answer
  for each row execute function spend_budget('message', '90', '60');

-- Counts an answer on the day on which it was first given.
create function count_article_answer() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.helped = old.helped then return null; end if;
  insert into article_day as d (article_id, day, helped, not_helped)
    values (new.article_id, new.created_at::date, new.helped::integer, (not new.helped)::integer)
    on conflict on constraint article_day_pkey do update set
      helped = d.helped + case when new.helped then 1 when tg_op = 'UPDATE' then -1 else 0 end,
      not_helped = d.not_helped + case when not new.helped then 1 when tg_op = 'UPDATE' then -1 else 0 end;
  return null;
end $$;
create trigger article_answer_counted after insert or update on article_answer
  for each row execute function count_article_answer();

-- That an article was opened. Losing a few of these in a crash hurts nobody, and nobody waits for the disk.
create function count_article_view(of_slug text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into article_day as d (article_id, views) select id, 1 from article where slug = of_slug and retired_at is null
    on conflict on constraint article_day_pkey do update set views = d.views + 1;
end $$;
revoke execute on function count_article_view(text) from public;
grant execute on function count_article_view(text) to hearth_web;
