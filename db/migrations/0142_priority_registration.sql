-- Registering for priority services: who needs what at a place, what is wanted of us, whether the network may know.

alter table priority_service
  add column wants text[] not null default '{}' check (wants <@ array['password', 'nominee', 'format', 'reading',
    'knock', 'heating']),
  -- When they agreed that the gas network and other utilities of the place learn of it; null where they did not.
  add column shared_at timestamptz,
  add column registered_by uuid references person on delete set null,
  add column updated_at timestamptz not null default now();
create index priority_service_registered_by on priority_service (registered_by) where registered_by is not null;

-- What is known of somebody's health is for those who may act for the place, and for staff: no landlord reads it.
alter policy priority_service_seen on priority_service
  using ((select app_is_staff()) or exists (
    select 1 from premises p
    where p.id = premises_id and p.account_id = any ((select app_accounts_acted_on())::uuid[])));
create policy priority_service_asked on priority_service for insert to hearth_web
  with check (registered_by = (select app_person()) and ((select app_is_staff()) or exists (
    select 1 from premises p
    where p.id = premises_id and p.account_id = any ((select app_accounts_acted_on())::uuid[]))));
create policy priority_service_renewed on priority_service for update to hearth_web
  using ((select app_is_staff()) or exists (
    select 1 from premises p
    where p.id = premises_id and p.account_id = any ((select app_accounts_acted_on())::uuid[])))
  with check (registered_by = (select app_person()));
create policy priority_service_ended on priority_service for delete to hearth_web
  using ((select app_is_staff()) or exists (
    select 1 from premises p
    where p.id = premises_id and p.account_id = any ((select app_accounts_acted_on())::uuid[])));
grant insert, delete on priority_service to hearth_web;
grant update (needs, wants, since, until, shared_at, registered_by, updated_at) on priority_service to hearth_web;
