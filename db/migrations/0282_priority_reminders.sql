-- Registrations for priority services that run out are written about: some weeks before, and when they have.

create table priority_reminder (
  premises_id uuid not null references premises on delete cascade,
  -- The end that it is about: renewed, there is another.
  until date not null,
  stage text not null check (stage in ('soon', 'over')),
  created_at timestamptz not null default now(),
  primary key (premises_id, until, stage)
);
create index priority_service_until on priority_service (until) where until is not null;

alter table priority_reminder enable row level security;
create policy priority_reminder_worker on priority_reminder for all to hearth_worker using (true) with check (true);
grant select, insert on priority_reminder to hearth_worker;
