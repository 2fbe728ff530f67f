-- We came and were not let in: what that costs is said to whoever was not there, also where it costs nothing. What a utility
-- takes for it stands with its rules of visits; nothing where it says nothing. A supervisor may waive it.
alter table slot_rule add column no_access_fee integer not null default 0 check (no_access_fee between 0 and 1000000);

create table visit_charge (
  visit_id uuid primary key references visit,
  request_id uuid not null references request,
  account_id uuid references account,
  rule text not null check (length(rule) between 1 and 60),
  amount integer not null check (amount >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null check (state in ('free', 'due', 'waived')),
  check ((state = 'free') = (amount = 0)),
  waived_at timestamptz,
  waived_by uuid references person,
  check ((state = 'waived') = (waived_at is not null and waived_by is not null)),
  at timestamptz not null default now()
);
create index visit_charge_request on visit_charge (request_id, at desc);
create index visit_charge_account on visit_charge (account_id) where account_id is not null;
create index visit_charge_due on visit_charge (at) where state = 'due';
create index visit_charge_waived_by on visit_charge (waived_by) where waived_by is not null;

alter table visit_charge enable row level security;
create policy visit_charge_seen on visit_charge for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy visit_charge_worker on visit_charge for select to hearth_worker using (true);
-- By whoever reports that they were not let in, and never more than the rule says.
create policy visit_charge_made on visit_charge for insert to hearth_web with check (
  (select app_is_staff()) and state <> 'waived' and at = now()
  and amount <= greatest(coalesce((select s.no_access_fee from slot_rule s where s.kind = 'visit'), 0), 0)
  and exists (select 1 from visit v where v.id = visit_id and v.request_id = visit_charge.request_id
              and v.state = 'no_access'));
create policy visit_charge_waived on visit_charge for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin') and state = 'due')
  with check (state = 'waived' and waived_by = (select app_person()));
grant select, insert, update (state, waived_at, waived_by) on visit_charge to hearth_web;
grant select on visit_charge to hearth_worker;
