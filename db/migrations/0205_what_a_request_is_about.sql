-- The bill or the reading that a request is about. While it is open, a bill that is asked about is disputed: nobody is
-- pressed to pay it.

create table request_about (
  request_id uuid primary key references request on delete cascade,
  bill_id uuid references bill on delete cascade,
  reading_id uuid references reading on delete cascade,
  check (num_nonnulls(bill_id, reading_id) = 1),
  created_at timestamptz not null default now()
);
create index request_about_bill on request_about (bill_id) where bill_id is not null;
create index request_about_reading on request_about (reading_id) where reading_id is not null;

alter table request_about enable row level security;
create policy request_about_seen on request_about for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
-- Of the request's own account, and nothing that the asker may not see: both tables are read with their own policies.
create policy request_about_attached on request_about for insert to hearth_web
  with check (exists (
    select 1 from request r
    where r.id = request_id
      and (exists (select 1 from bill b
                   where b.id = bill_id and (r.account_id is null or b.account_id = r.account_id))
           or exists (select 1 from reading g join meter m on m.id = g.meter_id join premises p on p.id = m.premises_id
                      where g.id = reading_id and (r.account_id is null or p.account_id = r.account_id)))));
create policy request_about_worker on request_about for select to hearth_worker using (true);
grant select, insert on request_about to hearth_web;
grant select on request_about to hearth_worker;

-- Whether an open request asks about this bill. One that was merged counts for as long as the one that goes on.
create function bill_disputed(of_bill uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from request_about a join request r on r.id = a.request_id
      left join request s on s.id = r.merged_into
    where a.bill_id = of_bill
      and coalesce(s.status, r.status) in ('submitted', 'open', 'waiting', 'scheduled'))
$$;
revoke all on function bill_disputed(uuid) from public;
grant execute on function bill_disputed(uuid) to hearth_web, hearth_worker;
