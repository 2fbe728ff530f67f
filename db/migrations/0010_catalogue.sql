-- The catalogue of service types. A version is never changed: an old request keeps showing the one it was made with.

create table service_type (
  code text primary key check (code ~ '^[A-Z][A-Z0-9-]{1,30}$'),
  version integer not null,
  offered boolean not null default true,
  team_id uuid references team
);
create trigger team_of before insert or update of team_id on service_type
  for each row when (new.team_id is not null) execute function team_is_there();

-- Which team has the requests of a service type is the only thing about the catalogue that is changed from the desk.
alter table service_type enable row level security;
create policy service_type_seen on service_type for select to hearth_web, hearth_worker using (true);
create policy service_type_given on service_type for update to hearth_web using ((select app_role()) = 'admin');
grant select, update (team_id) on service_type to hearth_web;
grant select on service_type to hearth_worker;

create table service_type_version (
  code text not null references service_type,
  version integer not null check (version > 0),
  definition jsonb not null,
  published_at timestamptz not null default now(),
  -- A column of its own, for the definitions are large and kept packed.
  priority smallint generated always as ((definition->>'priority')::smallint) stored,
  -- Columns of their own, for the definitions are large and kept packed: how urgent answers can make it, and whether they
  -- can bring it to the front.
  most_urgent smallint generated always as (
    least((definition->>'priority')::smallint,
          case when jsonb_path_exists(definition, '$.raises[*].priority ? (@ == 1)') then 1
               when jsonb_path_exists(definition, '$.raises[*].priority ? (@ == 2)') then 2
               when jsonb_path_exists(definition, '$.raises[*].priority ? (@ == 3)') then 3
               else (definition->>'priority')::smallint end)) stored,
  may_come_first boolean generated always as (
    jsonb_path_exists(definition, '$.raises[*].first')) stored,
  primary key (code, version)
);

-- A customer's request is as urgent as its kind, or as answers to it may make it.
create function begins_as_declared(code text, version integer, priority smallint, comes_first text)
returns boolean
language sql stable set search_path = public, pg_temp as $$
  select coalesce((
    select begins_as_declared.priority between v.most_urgent and v.priority
           and (begins_as_declared.comes_first is null or v.may_come_first)
    from service_type_version v
    where v.code = begins_as_declared.code and v.version = begins_as_declared.version
      and v.priority is not null), begins_as_declared.comes_first is null)
$$;

grant select on service_type_version to hearth_web, hearth_worker;

alter table service_type add foreign key (code, version)
  references service_type_version (code, version) deferrable initially deferred;
