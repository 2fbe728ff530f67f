-- The help centre: articles, and what each says in each language, version by version. A version never changes once it is
-- approved; the newest approved one whose day has come is in force.

create text search configuration help_en (copy = english);
alter text search configuration help_en alter mapping for hword, hword_part, word with public.unaccent, english_stem;
create text search configuration help_es (copy = spanish);
alter text search configuration help_es alter mapping for hword, hword_part, word with public.unaccent, spanish_stem;

create table article (
  id uuid primary key default uuidv7(),
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{2,79}$'),
  topic text not null check (topic ~ '^[a-z]{3,20}$'),
  -- Where it stands among the others of its topic.
  place integer not null default 0,
  -- Taken out of the help centre as a whole.
  retired_at timestamptz
);

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
  state text not null check (state in ('proposed', 'approved')),
  -- Null: it is shipped with Hearth.
  written_by uuid references person,
  approved_by uuid references person,
  valid_from timestamptz not null default now(),
  created_at timestamptz not null default now(),
  found_by tsvector not null default '',
  primary key (article_id, locale, version)
);
create index article_version_found_by on article_version using gin (found_by);

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

-- What anybody reads: of each article and language the newest version in force.
create view article_in_force with (security_invoker = true) as
  select distinct on (v.article_id, v.locale) a.id, a.slug, a.topic, a.place, v.locale, v.version, v.title, v.summary, v.body,
         v.questions, v.action, v.valid_from, v.found_by
  from article a join article_version v on v.article_id = a.id
  where a.retired_at is null and v.state = 'approved' and v.valid_from <= now()
  order by v.article_id, v.locale, v.version desc;

alter table article enable row level security;
alter table article_version enable row level security;
create policy article_read on article for select to hearth_web, hearth_worker using (true);
create policy article_version_read on article_version for select to hearth_web, hearth_worker
  using ((state = 'approved' and valid_from <= now()) or app_is_staff());
grant select on article, article_version, article_in_force to hearth_web, hearth_worker;
