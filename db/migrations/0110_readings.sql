-- Readings of meters: what the dial said, when, by whom, and whether we believe it. And what a meter counts.

-- What one unit of the register is: hundred cubic feet, cubic metres, hundred cubic feet of an imperial meter in metric
-- billing, kilograms for a weighed cylinder.
alter table meter
  add column unit text not null default 'ccf' check (unit in ('ccf', 'm3', 'kg')),
  add column removed_on date check (removed_on >= installed_on);

create table reading (
  id uuid primary key default uuidv7(),
  meter_id uuid not null references meter on delete cascade,
  read_on date not null,
  -- Digits as they stand on the register, leading zeros and all: a reading is no number.
  digits text not null check (digits ~ '^[0-9]{4,8}$'),
  source text not null check (source in ('customer', 'utility', 'estimate')),
  state text not null default 'accepted' check (state in ('accepted', 'quarantined', 'rejected')),
  why text check (why in ('lower', 'too_high', 'too_low', 'same_day')),
  check ((state = 'accepted') or (why is not null)),
  taken_by uuid references person,
  created_at timestamptz not null default now(),
  unique (meter_id, read_on, source)
);
create index reading_quarantined on reading (created_at) where state = 'quarantined';
create index reading_taken_by on reading (taken_by) where taken_by is not null;

-- As many digits as the register has, and nothing from before the meter or from tomorrow.
create function reading_fits() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_meter meter;
begin
  select * into of_meter from meter where id = new.meter_id;
  if length(new.digits) <> of_meter.digits then
    raise exception 'a reading has as many digits as its meter' using errcode = 'check_violation', constraint = 'reading_digits';
  end if;
  if new.read_on < of_meter.installed_on or new.read_on > (now() at time zone 'UTC' + interval '14 hours')::date
     or (of_meter.removed_on is not null and new.read_on > of_meter.removed_on) then
    raise exception 'a reading is of a day on which the meter hung there' using errcode = 'check_violation', constraint = 'reading_day';
  end if;
  return new;
end $$;
create trigger reading_fits before insert or update of digits, read_on, meter_id on reading
  for each row execute function reading_fits();

alter table reading enable row level security;

create policy reading_seen on reading for select to hearth_web
  using (exists (select 1 from meter m where m.id = meter_id));
-- A customer gives readings of meters at places they may act for; staff for anybody, in their own name.
create function app_may_read_meter(of_meter uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from meter m join premises p on p.id = m.premises_id
                 where m.id = of_meter and p.account_id = any (app_accounts_acted_on()))
$$;
revoke all on function app_may_read_meter(uuid) from public;
grant execute on function app_may_read_meter(uuid) to hearth_web;

create policy reading_given on reading for insert to hearth_web
  with check (taken_by = (select app_person())
              and ((select app_is_staff()) or (source = 'customer' and state <> 'rejected' and app_may_read_meter(meter_id))));
-- Given again on the same day: the later one counts. Staff decide about what is doubted.
create policy reading_given_again on reading for update to hearth_web
  using ((select app_is_staff()) or (source = 'customer' and app_may_read_meter(meter_id)))
  with check ((select app_is_staff()) or (source = 'customer' and taken_by = (select app_person()) and state <> 'rejected'));
create policy reading_worker on reading for select to hearth_worker using (true);

grant select, insert on reading to hearth_web;
grant update (digits, state, why, taken_by) on reading to hearth_web;
grant select on reading, meter to hearth_worker;
create policy meter_worker on meter for select to hearth_worker using (true);
