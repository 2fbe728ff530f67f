-- Who goes to a visit, in which order, and what became of it. What a technician wrote is a row of its own that can be
-- erased, kept once however often a telephone sends it.

alter table visit
  add column technician_id uuid references person,
  add column place_in_day smallint check (place_in_day between 1 and 500),
  add column on_way_at timestamptz,
  add column expected_from time,
  add column expected_to time;
create index visit_technician on visit (technician_id, on_day) where technician_id is not null;

grant update (state, ended_at, sequence, changed_at, technician_id, place_in_day, on_way_at, expected_from, expected_to)
  on visit to hearth_web;
create policy visit_worked on visit for update to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id))
  with check (true);

-- What is over stays as it ended; only what was taken for missed may still be reported on.
create function visit_turns() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.ended_at is not null and new.state <> old.state
     and not (old.state = 'missed' and new.state in ('done', 'no_access', 'parts_missing', 'unsafe')) then
    raise exception 'this visit is over' using errcode = 'check_violation', constraint = 'visit_over';
  end if;
  if new.on_day <> old.on_day then
    new.technician_id := null;
    new.place_in_day := null;
  end if;
  if new.state = 'booked' then
    new.on_way_at := null;
    new.expected_from := null;
    new.expected_to := null;
  end if;
  if new.technician_id is distinct from old.technician_id and new.technician_id is not null
     and not exists (select 1 from person p where p.id = new.technician_id and p.role <> 'customer') then
    raise exception 'only staff go to visits' using errcode = 'check_violation', constraint = 'visit_technician_works_here';
  end if;
  return new;
end $$;
create trigger visit_turns before update on visit for each row execute function visit_turns();

create table visit_report (
  visit_id uuid primary key references visit,
  request_id uuid not null references request,
  -- Made where it was written: the same one twice is one report.
  key uuid not null unique,
  outcome text not null check (outcome in ('done', 'no_access', 'parts_missing', 'unsafe')),
  note text not null default '' check (length(note) <= 2000),
  -- Who was there and let them in.
  met text not null default '' check (length(met) <= 100),
  reported_by uuid not null references person,
  happened_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index visit_report_request on visit_report (request_id);
alter table visit_report enable row level security;
create policy visit_report_seen on visit_report for select to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
create policy visit_report_made on visit_report for insert to hearth_web
  with check ((select app_is_staff()) and reported_by = (select app_person())
              and exists (select 1 from visit v where v.id = visit_id and v.request_id = visit_report.request_id));
grant select, insert on visit_report to hearth_web;
grant select, delete on visit_report to hearth_worker;
create policy visit_report_worker on visit_report for all to hearth_worker using (true) with check (true);

-- Whoever goes there sees what it is about, whichever team has it, until half a day after.
create function app_visits_mine() returns uuid[] language sql stable security definer
begin atomic
  select array(select v.request_id from public.visit v
               where v.technician_id = public.app_person()
                 and (v.ended_at is null or v.ended_at > now() - interval '12 hours'));
end;
revoke all on function app_visits_mine() from public;
grant execute on function app_visits_mine() to hearth_web;
alter policy request_seen on request using (
  requester_id = (select app_person())
  or (select app_role()) in ('supervisor', 'admin')
  or ((select app_role()) = 'agent' and (team_id is null or team_id = (select app_team())
      or agent_id = (select app_person()) or id = any ((select app_opened())::uuid[])
      or id = any ((select app_visits_mine())::uuid[])))
  or (not private and account_id = any ((select app_accounts_seen())::uuid[]))
  or (requester_id is null and id = any ((select app_visited())::uuid[]))
);

-- What is owed for a visit that was taken for missed, and was not, is owed no more.
create function compensation_withdrawn() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update compensation set state = 'withdrawn', settled_at = now(), settled_by = new.technician_id
    where visit_id = new.id and state = 'owed';
  return null;
end $$;
create trigger compensation_withdrawn after update of state on visit for each row
  when (old.state = 'missed' and new.state <> 'missed') execute function compensation_withdrawn();
