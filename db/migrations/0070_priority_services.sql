-- Who lives at a place and is served first: the needs that whoever goes there should know of.

create table priority_service (
  premises_id uuid primary key references premises on delete cascade,
  needs text[] not null check (cardinality(needs) > 0 and needs <@ array['age', 'child', 'disability', 'hearing',
    'sight', 'smell', 'mental_health', 'equipment', 'language', 'short_term']),
  since date not null default current_date,
  until date check (until > since)
);

alter table priority_service enable row level security;
-- Whoever may see the place may see what was registered for it.
create policy priority_service_seen on priority_service for select to hearth_web
  using (exists (select 1 from premises p where p.id = premises_id));
grant select on priority_service to hearth_web;
