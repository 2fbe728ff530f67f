-- The catalogue of service types. A version is never changed: an old request keeps showing the one it was made with.

create table service_type (
  code text primary key check (code ~ '^[A-Z][A-Z0-9-]{1,30}$'),
  version integer not null,
  offered boolean not null default true,
  team_id uuid references team
);

create table service_type_version (
  code text not null references service_type,
  version integer not null check (version > 0),
  definition jsonb not null,
  published_at timestamptz not null default now(),
  primary key (code, version)
);

alter table service_type add foreign key (code, version)
  references service_type_version (code, version) deferrable initially deferred;

grant select on service_type, service_type_version to hearth_web, hearth_worker;
