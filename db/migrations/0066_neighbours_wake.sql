-- Behind one network address live many callers: a whole house, an office, a mobile network. From the twenty-first call
-- of an hour they share a record, but only one that nobody has acknowledged yet: what is new to the desk alarms it.

create or replace function open_emergency_of(of_form uuid, of_address text) returns uuid
language plpgsql stable set search_path = public, pg_temp as $$
declare
  caller uuid := app_person();
  browser text := nullif(app_visitor(), 'nobody');
  found_id uuid;
begin
  select id into found_id from emergency
    where form_key = of_form and status not in ('made_safe', 'stood_down') limit 1;
  if found_id is not null or app_is_staff() then return found_id; end if;

  with theirs as materialized (
    select id, status, received_at from emergency
      where caller is not null and person_id = caller and received_at > now() - interval '1 hour'
    union all
    select id, status, received_at from emergency
      where caller is null and person_id is null and visitor = browser and received_at > now() - interval '1 hour'
  ), neighbours as materialized (
    select id, status, received_at from emergency
      where caller is null and person_id is null and address = of_address and received_at > now() - interval '1 hour'
  )
  select id into found_id from (
    select id, received_at, 1 as choice from theirs where status = 'received'
    union all
    select id, received_at, 2 from theirs
      where status not in ('made_safe', 'stood_down') and (select count(*) from theirs) >= 5
    union all
    select id, received_at, 3 from neighbours
      where status = 'received' and (select count(*) from neighbours) >= 20
  ) as fitting order by choice, received_at desc limit 1;
  return found_id;
end $$;
