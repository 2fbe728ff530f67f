-- Letters about bills and readings: each goes once, because what was written about is written down first.

create table bill_letter (
  bill_id uuid not null references bill on delete cascade,
  kind text not null check (kind in ('new', 'due', 'overdue')),
  primary key (bill_id, kind),
  created_at timestamptz not null default now()
);
alter table bill_letter enable row level security;
create policy bill_letter_worker on bill_letter to hearth_worker using (true) with check (true);
grant select, insert on bill_letter to hearth_worker;

-- Which meter was asked to be read in which month.
create table reading_reminder (
  meter_id uuid not null references meter on delete cascade,
  month date not null check (extract(day from month) = 1),
  primary key (meter_id, month),
  created_at timestamptz not null default now()
);
alter table reading_reminder enable row level security;
create policy reading_reminder_worker on reading_reminder to hearth_worker using (true) with check (true);
grant select, insert on reading_reminder to hearth_worker;

-- Looked for by day every hour.
create index bill_issued on bill (issued_on);
create index bill_due on bill (due_on);

-- What is still owed of a bill: payments and credit notes settle the oldest first. The same as `billing/settle.ts`.
create function bill_open(of_bill uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select greatest(0, least(b.total,
    coalesce((select sum(e.total) from bill e
              where e.account_id = b.account_id and e.total > 0
                and (e.issued_on, e.number) <= (b.issued_on, b.number)), 0)
    - coalesce((select sum(amount) from payment where account_id = b.account_id and state = 'settled'), 0)
    + coalesce((select sum(total) from bill where account_id = b.account_id and total < 0), 0)))::bigint
  from bill b where b.id = of_bill
$$;
revoke all on function bill_open(uuid) from public;
grant execute on function bill_open(uuid) to hearth_worker;

-- Whether money for an account is on its way: a payment that is not settled yet, or one being made.
create function account_paying(of_account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from payment where account_id = of_account and state = 'pending')
      or exists (select 1 from payment_attempt
                 where account_id = of_account and state in ('begun', 'offered') and created_at > now() - interval '1 day')
$$;
revoke all on function account_paying(uuid) from public;
grant execute on function account_paying(uuid) to hearth_worker;
