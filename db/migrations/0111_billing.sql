-- Bills as the billing system issued them, the lines that add up to them, and what was paid.

create table bill (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  number text not null unique check (number ~ '^[0-9A-Z-]{4,20}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  issued_on date not null,
  due_on date not null check (due_on >= issued_on),
  period_from date not null,
  -- The last day that is billed.
  period_to date not null check (period_to >= period_from),
  -- In minor units; negative for a credit note.
  total bigint not null,
  -- What was used, in the unit that is billed, and from which readings it came.
  quantity numeric(12, 3) check (quantity >= 0),
  unit text check (unit in ('therm', 'kwh', 'kg')),
  check ((quantity is null) = (unit is null)),
  meter_id uuid references meter,
  opening text check (opening ~ '^[0-9]{4,8}$'),
  closing text check (closing ~ '^[0-9]{4,8}$'),
  estimated boolean not null default false,
  -- Mean outdoor temperature of the period in degrees Celsius, where known.
  temperature numeric(4, 1),
  created_at timestamptz not null default now()
);
create index bill_account on bill (account_id, issued_on desc, number desc);

create table bill_line (
  bill_id uuid not null references bill on delete cascade,
  number smallint not null check (number > 0),
  code text not null check (code in ('standing', 'gas', 'delivery', 'surcharge', 'tax', 'adjustment', 'late_fee', 'other')),
  -- The billing system's own words, where the code does not say enough.
  label text check (length(label) between 1 and 120),
  quantity numeric(14, 3),
  unit text check (unit in ('therm', 'kwh', 'kg', 'day', 'percent')),
  -- Of one unit, in minor units of the currency.
  rate numeric(16, 6),
  amount bigint not null,
  primary key (bill_id, number)
);

-- A bill is what its lines add up to, whenever a transaction ends.
create function bill_adds_up() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_bill uuid;
  is_total bigint;
  of_lines numeric;
begin
  if tg_table_name = 'bill' then of_bill := new.id;
  elsif tg_op = 'DELETE' then of_bill := old.bill_id;
  else of_bill := new.bill_id;
  end if;
  select total into is_total from bill where id = of_bill;
  if not found then return null; end if;
  select coalesce(sum(amount), 0) into of_lines from bill_line where bill_id = of_bill;
  if of_lines <> is_total then
    raise exception 'the lines of a bill add up to its total' using errcode = 'check_violation', constraint = 'bill_adds_up';
  end if;
  return null;
end $$;
create constraint trigger bill_adds_up after insert or update of total on bill
  deferrable initially deferred for each row execute function bill_adds_up();
create constraint trigger bill_adds_up after insert or update or delete on bill_line
  deferrable initially deferred for each row execute function bill_adds_up();

create table payment (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  -- What the bank or the provider calls it; the same one is never counted twice.
  reference text not null unique check (length(reference) between 1 and 80),
  amount bigint not null check (amount <> 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  method text not null check (method in ('bank', 'card', 'cash', 'direct_debit', 'cheque', 'other')),
  state text not null default 'settled' check (state in ('pending', 'settled', 'failed', 'refunded')),
  paid_on date not null,
  -- Who paid here, and under which form's key; null for what was imported.
  person_id uuid references person,
  form_key uuid,
  unique (person_id, form_key),
  bill_id uuid references bill,
  created_at timestamptz not null default now(),
  settled_at timestamptz
);
create index payment_account on payment (account_id, paid_on desc);
create index payment_person on payment (person_id) where person_id is not null;
create index payment_bill on payment (bill_id) where bill_id is not null;

alter table bill enable row level security;
alter table bill_line enable row level security;
alter table payment enable row level security;

create policy bill_seen on bill for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy bill_line_seen on bill_line for select to hearth_web
  using (exists (select 1 from bill b where b.id = bill_id));
create policy payment_seen on payment for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy bill_worker on bill for select to hearth_worker using (true);
create policy bill_line_worker on bill_line for select to hearth_worker using (true);
create policy payment_worker on payment for select to hearth_worker using (true);

grant select on bill, bill_line, payment to hearth_web, hearth_worker;
