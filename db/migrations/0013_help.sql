-- The help centre: articles and what each says in each language; and what the bot is taught.

create text search configuration help_en (copy = english);
alter text search configuration help_en alter mapping for hword, hword_part, word with public.unaccent, english_stem;

create text search configuration help_es (copy = spanish);
alter text search configuration help_es alter mapping for hword, hword_part, word with public.unaccent, spanish_stem;

-- Articles. What each says in each language stands in versions.
create table article (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{2,79}$'),
  topic text not null check (topic ~ '^[a-z]{3,20}$'),
  -- Where it stands among the others of its topic.
  place integer not null default 0,
  -- Taken out of the help centre as a whole.
  retired_at timestamptz,
  -- Null: it is shipped with Hearth.
  created_by uuid references person,
  -- Who last sorted or retired it here: from then on shipping leaves its place alone.
  kept_by uuid references person
);

create function article_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.slug, new.created_by) is distinct from (old.id, old.slug, old.created_by) then
    raise exception 'what an article is never changes' using errcode = 'check_violation';
  end if;
  if current_user = 'hearth_web' and new is distinct from old
     and (app_role() not in ('supervisor', 'admin') or new.kept_by is distinct from app_person()) then
    raise exception 'supervisors and admins sort and retire' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger article_guard before update on article for each row execute function article_guard();

alter table article enable row level security;
create policy article_read on article for select to hearth_web, hearth_worker using (true);
create policy article_begun on article for insert to hearth_web
  with check ((select app_is_staff()) and created_by = (select app_person()) and retired_at is null);
create policy article_sorted on article for update to hearth_web using ((select app_is_staff()));
grant select, insert (id, slug, topic, place, created_by), update (topic, place, retired_at, kept_by) on
  article to hearth_web;
grant select on article to hearth_worker;

-- What an article says, version by version: somebody drafts, proposes, and somebody else approves, from now or from a
-- time to come. A version never changes once it is approved; the newest approved one whose time has come is in force.
-- What ships with Hearth is approved as it comes, and has no author.
create table article_version (
  article_id uuid not null references article,
  locale text not null check (locale in ('en', 'es')),
  version integer not null check (version > 0),
  title text not null check (length(title) between 3 and 120),
  summary text not null check (length(summary) between 3 and 300),
  -- Markdown, without HTML.
  body text not null check (length(body) between 3 and 20000),
  -- As customers ask it: what the search and the bot learn from.
  questions text[] not null default '{}' check (cardinality(questions) <= 60),
  -- The page where one does what the article speaks of.
  action text check (action ~ '^/[a-zA-Z0-9/?=&_-]{1,120}$'),
  state text not null check (state in ('draft', 'proposed', 'approved', 'withdrawn')),
  -- Null: it is shipped with Hearth.
  written_by uuid references person,
  approved_by uuid references person,
  valid_from timestamptz not null default now(),
  created_at timestamptz not null default now(),
  found_by tsvector not null default '',
  -- Each saving counts, so that two who write see each other.
  changes integer not null default 0,
  updated_at timestamptz not null default now(),
  proposed_by uuid references person,
  approved_at timestamptz,
  -- What has changed, or why it was sent back: for colleagues.
  note text check (length(note) between 1 and 500),
  primary key (article_id, locale, version)
);
create index article_version_found_by on article_version using gin (found_by);

-- What anybody reads: of each article and language the newest version in force.
create view article_in_force with (security_invoker = true) as
  select distinct on (v.article_id, v.locale) a.id, a.slug, a.topic, a.place, v.locale, v.version, v.title, v.summary, v.body,
         v.questions, v.action, v.valid_from, v.found_by
  from article a join article_version v on v.article_id = a.id
  where a.retired_at is null and v.state = 'approved' and v.valid_from <= now()
  order by v.article_id, v.locale, v.version desc;

-- One at a time is being written in a language.
create unique index article_version_open on article_version (article_id, locale) where state in ('draft', 'proposed');

create function article_found_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  config constant regconfig := case new.locale when 'es' then 'help_es' else 'help_en' end;
begin
  new.found_by := setweight(to_tsvector(config, new.title), 'A')
    || setweight(to_tsvector(config, array_to_string(new.questions, ' ')), 'B')
    || setweight(to_tsvector(config, new.summary), 'C')
    || setweight(to_tsvector(config, new.body), 'D');
  return new;
end $$;
create trigger article_found_by before insert or update on article_version
  for each row execute function article_found_by();

create function article_version_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  rewritten constant boolean := (new.title, new.summary, new.body, new.questions, new.action)
    is distinct from (old.title, old.summary, old.body, old.questions, old.action);
begin
  if (new.article_id, new.locale, new.version, new.created_at)
     is distinct from (old.article_id, old.locale, old.version, old.created_at) then
    raise exception 'what a version is never changes' using errcode = 'check_violation';
  end if;
  if (rewritten or new.written_by is distinct from old.written_by)
     and (old.state not in ('draft', 'proposed') or new.state <> 'draft') then
    raise exception 'only a draft is written' using errcode = 'check_violation', constraint = 'article_move';
  end if;
  if new.state <> old.state and not (
       (old.state = 'draft' and new.state in ('proposed', 'withdrawn'))
       or (old.state = 'proposed' and new.state in ('draft', 'approved', 'withdrawn'))
       or (old.state = 'approved' and new.state = 'withdrawn')) then
    raise exception 'an article does not go from % to %', old.state, new.state
      using errcode = 'check_violation', constraint = 'article_move';
  end if;
  if old.state = 'approved' and (new.state <> 'withdrawn' or old.valid_from <= now()) then
    raise exception 'what is in force is replaced, never changed'
      using errcode = 'check_violation', constraint = 'article_move';
  end if;

  if current_user = 'hearth_web' then
    if rewritten and new.written_by is distinct from app_person()
       or new.state = 'proposed' and old.state = 'draft' and new.proposed_by is distinct from app_person() then
      raise exception 'whoever writes or proposes says who they are' using errcode = 'insufficient_privilege';
    end if;
    if new.state <> old.state and 'approved' in (old.state, new.state)
       and app_role() not in ('supervisor', 'admin') then
      raise exception 'supervisors and admins approve' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 'approved' and (new.approved_by is distinct from app_person()
         or app_person() in (new.written_by, new.proposed_by)) then
      raise exception 'nobody approves their own words' using errcode = 'insufficient_privilege';
    end if;
  end if;

  if new.state <> 'approved' and old.state <> 'approved' then
    new.approved_by := null;
    new.valid_from := old.valid_from;
    if new.state = 'draft' then new.proposed_by := null; end if;
  elsif new.state = 'approved' then
    new.approved_at := now();
    new.valid_from := greatest(new.valid_from, now());
  end if;
  new.changes := old.changes + 1;
  new.updated_at := now();
  return new;
end $$;
create trigger article_version_guard before update on article_version
  for each row execute function article_version_guard();

alter table article_version enable row level security;
create policy article_version_read on article_version for select to hearth_web, hearth_worker
  using ((state = 'approved' and valid_from <= now()) or app_is_staff());
create policy article_version_drafted on article_version for insert to hearth_web
  with check ((select app_is_staff()) and state = 'draft' and written_by = (select app_person())
              and proposed_by is null and approved_by is null and approved_at is null);
create policy article_version_moved on article_version for update to hearth_web
  using ((select app_is_staff()) and state <> 'withdrawn') with check ((select app_is_staff()));
grant select, insert (article_id, locale, version, title, summary, body, questions, action, state,
  written_by, note), update (title, summary, body, questions, action, state, written_by, proposed_by,
  approved_by, valid_from, note) on article_version to hearth_web;
grant select on article_version to hearth_worker;

grant select on article_in_force to hearth_web, hearth_worker;

-- Whether an article helped: said once by each reader of a version, changed when they change their mind.
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

-- It is written to us like a message, and counted with them.
create trigger budget_of_article_answer after insert on article_answer
  for each row execute function spend_budget('message', '90', '60');

alter table article_answer enable row level security;
create policy article_answer_given on article_answer for insert to hearth_web
  with check (not (select app_is_staff()) and person_id is not distinct from (select app_person())
              and (person_id is not null or (visitor = (select app_visitor()) and visitor <> 'nobody')));
create policy article_answer_changed on article_answer for update to hearth_web
  using (person_id = (select app_person())
         or (person_id is null and (select app_person()) is null and visitor = (select app_visitor())));
create policy article_answer_read on article_answer for select to hearth_web
  using ((select app_is_staff()) or person_id = (select app_person())
         or (person_id is null and (select app_person()) is null and visitor = (select app_visitor())));
grant select, insert (article_id, locale, version, helped, words, person_id, visitor), update (helped,
  words) on article_answer to hearth_web;

-- How often an article is opened on a day, which says nothing about who.
create table article_day (
  article_id uuid not null references article,
  day date not null default current_date,
  views integer not null default 0,
  helped integer not null default 0,
  not_helped integer not null default 0,
  primary key (article_id, day)
);

-- That an article was opened. Losing a few of these in a crash hurts nobody, and nobody waits for the disk.
create function count_article_view(of_slug text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into article_day as d (article_id, views) select id, 1 from article where slug = of_slug and retired_at is null
    on conflict on constraint article_day_pkey do update set views = d.views + 1;
end $$;
revoke all on function count_article_view(text) from public;
grant execute on function count_article_view(text) to hearth_web;

alter table article_day enable row level security;
create policy article_day_read on article_day for select to hearth_web using (true);
grant select on article_day to hearth_web;

-- What the bot is taught, version by version, so that any earlier state can be had back. Each change has a number; the
-- newest is in force.
create table bot_version (
  version integer primary key check (version > 0),
  made_by uuid not null references person,
  made_at timestamptz not null default now(),
  -- Set where an earlier state was had back; 0 is before anything was taught.
  back_to integer check (back_to >= 0 and back_to < version)
);

create function bot_version_in_force() returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(max(version), 0) from bot_version
$$;
revoke all on function bot_version_in_force() from public;
grant execute on function bot_version_in_force() to hearth_web, hearth_worker;

alter table bot_version enable row level security;
create policy bot_version_seen on bot_version for select to hearth_web using ((select app_is_staff()));
create policy bot_version_made on bot_version for insert to hearth_web
  with check ((select app_role()) in ('supervisor', 'admin') and made_by = (select app_person()));
grant select, insert (version, made_by, back_to) on bot_version to hearth_web;

-- A question and what answers it: proposed until it has a version, in force from that one until another.
create table bot_lesson (
  id uuid primary key default uuidv7(),
  -- Whose words they are: they go with them.
  asked_by uuid references person on delete cascade,
  question text not null check (length(question) between 3 and 200),
  topic text not null check (topic ~ '^((article|service|fact):[A-Za-z0-9-]{2,80}|person|none)$'),
  proposed_by uuid not null references person,
  proposed_at timestamptz not null default now(),
  since integer references bot_version,
  until integer references bot_version check (until > since)
);

-- One question has one answer at a time, also in other spelling of capitals.
create unique index bot_lesson_in_force on bot_lesson (lower(question)) where since is not null and until is null;
create index bot_lesson_proposed on bot_lesson (proposed_at) where since is null;
create index bot_lesson_of_person on bot_lesson (asked_by) where asked_by is not null;
create index bot_lesson_since on bot_lesson (since);
create index bot_lesson_until on bot_lesson (until) where until is not null;

-- How much can be taught is bounded, in all and of one topic: nobody drowns what the articles say.
create function bound_lessons() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('bot_lesson'));
  if (select count(*) from bot_lesson where until is null) >= 2000
     or (select count(*) from bot_lesson where until is null and topic = new.topic) >= 100 then
    raise exception 'too many lessons' using errcode = 'check_violation', constraint = 'bot_lesson_bounds';
  end if;
  return new;
end $$;
create trigger bound_lessons before insert on bot_lesson for each row execute function bound_lessons();

-- What the bot learns from, for every process that answers, whoever asks it: no more than the question and its answer.
create function bot_lessons_in_force() returns table (question text, topic text)
language sql stable security definer set search_path = public, pg_temp as $$
  select question, topic from bot_lesson where since is not null and until is null order by id
$$;
revoke all on function bot_lessons_in_force() from public;
grant execute on function bot_lessons_in_force() to hearth_web, hearth_worker;

alter table bot_lesson enable row level security;
create policy bot_lesson_seen on bot_lesson for select to hearth_web using ((select app_is_staff()));

-- Any of the staff proposes; who may approve articles teaches.
create policy bot_lesson_proposed on bot_lesson for insert to hearth_web
  with check ((select app_is_staff()) and proposed_by = (select app_person())
              and (since is null or (select app_role()) in ('supervisor', 'admin')));
create policy bot_lesson_taught on bot_lesson for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'));
create policy bot_lesson_declined on bot_lesson for delete to hearth_web
  using ((select app_role()) in ('supervisor', 'admin') and since is null);
grant select, insert (asked_by, question, topic, proposed_by, since), update (since, until), delete on
  bot_lesson to hearth_web;
