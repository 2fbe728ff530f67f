-- Payments that reached the utility outside Hearth, over the counter or through a bank, as somebody at the desk wrote them
-- down. Each makes a payment like all others, with the same id; here stands who wrote it down, by which number it is known,
-- and what they noted for each other.
create table noted_payment (
  id uuid primary key default uuidv7(),
  reference text not null unique check (reference ~ '^P-[0-9A-Z]{8}$'),
  account_id uuid not null references account on delete cascade,
  -- The customer for whom it was written down, and who is told.
  person_id uuid not null references person,
  -- What they said that they pay; money settles the oldest bill first all the same.
  bill_id uuid references bill,
  amount bigint not null check (amount between 1 and 1000000000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  method text not null check (method in ('cash', 'bank', 'cheque')),
  paid_on date not null,
  number text check (number ~ '^[A-Z0-9][A-Z0-9./-]{0,39}$'),
  check (method = 'cash' or number is not null),
  note text check (length(note) between 1 and 500),
  form_key uuid not null,
  digest text not null,
  made_by uuid not null references person,
  at timestamptz not null default now(),
  unique (made_by, form_key),
  -- The same slip of paper is not two payments.
  constraint noted_payment_number unique (account_id, method, number)
);
create index noted_payment_account on noted_payment (account_id, at desc);
create index noted_payment_person on noted_payment (person_id);
create index noted_payment_bill on noted_payment (bill_id) where bill_id is not null;

create function noted_payment_counts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into payment (id, account_id, reference, amount, currency, method, state, paid_on, bill_id, settled_at)
    values (new.id, new.account_id, new.reference, new.amount, new.currency, new.method, 'settled', new.paid_on,
            new.bill_id, now());
  return null;
end $$;
create trigger noted_payment_counts after insert on noted_payment
  for each row execute function noted_payment_counts();
revoke all on function noted_payment_counts() from public;

alter table noted_payment enable row level security;
create policy noted_payment_seen on noted_payment for select to hearth_web using ((select app_is_staff()));
create policy noted_payment_made on noted_payment for insert to hearth_web with check (
  (select app_is_staff()) and made_by = (select app_person()) and at = now()
  -- A day in whatever zone, and none of which nobody would remember.
  and paid_on between current_date - 370 and current_date + 1
  and exists (select 1 from account_member m where m.account_id = noted_payment.account_id
              and m.person_id = noted_payment.person_id and m.scope = 'act')
  and (bill_id is null
       or exists (select 1 from bill b where b.id = bill_id and b.account_id = noted_payment.account_id)));
create policy noted_payment_worker on noted_payment for select to hearth_worker using (true);
grant select, insert on noted_payment to hearth_web;
grant select on noted_payment to hearth_worker;

-- What was noted in words goes with the customer; figures stay.
create function noted_payment_forgets() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update noted_payment set note = null where person_id = new.id and note is not null;
  return null;
end $$;
create trigger noted_payment_forgets after update of closed_at on person
  for each row when (old.closed_at is null and new.closed_at is not null) execute function noted_payment_forgets();
revoke all on function noted_payment_forgets() from public;
