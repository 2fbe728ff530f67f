-- A visit that nobody came to is owned up to, and paid for by the rule of the place. Whoever is visited is reminded once.

alter table visit add column reminded_for date;
-- Whose day and hours have gone by is found by it, and who is to be reminded.
create index visit_open_day on visit (on_day) where ended_at is null;
grant update (state, ended_at, sequence, changed_at, reminded_for) on visit to hearth_worker;

create table compensation (
  id uuid primary key default uuidv7(),
  visit_id uuid not null references visit,
  request_id uuid not null references request,
  account_id uuid references account,
  -- The rule by which it is owed; and whether it is the first sum, or the same again because that came late.
  rule text not null check (length(rule) between 1 and 60),
  reason text not null check (reason in ('missed', 'paid_late')),
  amount integer not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null default 'owed' check (state in ('owed', 'paid', 'withdrawn')),
  due_on date not null,
  settled_at timestamptz,
  settled_by uuid references person,
  created_at timestamptz not null default now(),
  unique (visit_id, reason),
  check ((state = 'owed') = (settled_at is null))
);
create index compensation_owed on compensation (due_on, id) where state = 'owed';
create index compensation_request on compensation (request_id);

alter table compensation enable row level security;
create policy compensation_seen on compensation for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy compensation_settled on compensation for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin') and state = 'owed')
  with check (settled_by = (select app_person()) and state in ('paid', 'withdrawn'));
create policy compensation_worker on compensation for all to hearth_worker using (true) with check (true);
grant select on compensation to hearth_web, hearth_worker;
grant update (state, settled_at, settled_by) on compensation to hearth_web;
grant insert on compensation to hearth_worker;
