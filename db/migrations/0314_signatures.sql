-- Whoever was visited says so: with a code that only they have, or by their hand. What was drawn is a file of the request.

create table visit_code (
  visit_id uuid primary key references visit,
  code text not null check (code ~ '^[0-9]{6}$'),
  tries smallint not null default 0 check (tries between 0 and 5),
  used_at timestamptz
);
create function visit_code_given() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into visit_code (visit_id, code) values (new.id, fresh_delivery_code()) on conflict do nothing;
  return null;
end $$;
create trigger visit_code_given after insert on visit for each row execute function visit_code_given();
insert into visit_code (visit_id, code) select id, fresh_delivery_code() from visit where ended_at is null;

alter table visit_code enable row level security;
create policy visit_code_seen on visit_code for select to hearth_web using (
  (select app_role()) = 'customer' and exists (
    select 1 from visit v join request r on r.id = v.request_id
    where v.id = visit_id and (r.requester_id = (select app_person())
      or (not r.private and r.account_id = any ((select app_accounts_acted_on())::uuid[])))));
grant select on visit_code to hearth_web;

-- `right`, `wrong`, `spent` after five wrong ones, or `moment` where it is too early or over.
create function check_visit_code(of_visit uuid, typed text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kept visit_code;
begin
  if not app_is_staff() then
    raise exception 'only who comes' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from visit v where v.id = of_visit and v.state in ('booked', 'on_the_way', 'missed');
  if not found then return 'moment'; end if;
  select * into kept from visit_code where visit_id = of_visit for update;
  if not found then return 'moment'; end if;
  if kept.tries >= 5 then return 'spent'; end if;
  if kept.code = typed then
    update visit_code set used_at = now() where visit_id = of_visit;
    return 'right';
  end if;
  update visit_code set tries = tries + 1 where visit_id = of_visit;
  return case when kept.tries >= 4 then 'spent' else 'wrong' end;
end $$;
revoke all on function check_visit_code(uuid, text) from public;
grant execute on function check_visit_code(uuid, text) to hearth_web;

alter table visit_report
  add column signed_how text check (signed_how in ('code', 'drawn', 'name')),
  add column signature uuid references attachment,
  add constraint visit_report_drawn check ((signature is not null) = (signed_how is not distinct from 'drawn'));
create index visit_report_signature on visit_report (signature) where signature is not null;
