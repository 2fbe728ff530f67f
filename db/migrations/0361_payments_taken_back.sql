-- A payment that was written down by mistake is taken back by a supervisor, with a reason: by another payment of the same
-- day and as much less, which names the one it takes back. Nothing is deleted, and nothing is taken back twice.
alter table payment add column takes_back uuid unique references payment on delete cascade,
  add constraint payment_takes_back check (takes_back is null or (amount < 0 and takes_back <> id));

create table payment_taken_back (
  id uuid primary key default uuidv7(),
  noted_id uuid not null unique references noted_payment on delete cascade,
  reference text not null unique check (reference ~ '^P-[0-9A-Z]{8}$'),
  reason text not null check (length(reason) between 3 and 500),
  made_by uuid not null references person,
  at timestamptz not null default now()
);

-- The number of a slip may be written down again, once what stood there was taken back.
alter table noted_payment add column taken_back boolean not null default false;
alter table noted_payment drop constraint noted_payment_number;
create unique index noted_payment_number on noted_payment (account_id, method, number) where not taken_back;
drop policy noted_payment_made on noted_payment;
create policy noted_payment_made on noted_payment for insert to hearth_web with check (
  (select app_is_staff()) and made_by = (select app_person()) and at = now() and not taken_back
  -- A day in whatever zone, and none of which nobody would remember.
  and paid_on between current_date - 370 and current_date + 1
  and exists (select 1 from account_member m where m.account_id = noted_payment.account_id
              and m.person_id = noted_payment.person_id and m.scope = 'act')
  and (bill_id is null
       or exists (select 1 from bill b where b.id = bill_id and b.account_id = noted_payment.account_id)));

create function payment_taken_back_counts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update noted_payment set taken_back = true where id = new.noted_id;
  -- As of the day on which it was said to have come: no plan is kept by money that never came.
  insert into payment (id, account_id, reference, amount, currency, method, state, paid_on, bill_id, settled_at, takes_back)
    select new.id, p.account_id, new.reference, -p.amount, p.currency, p.method, 'settled', p.paid_on, p.bill_id, now(), p.id
    from payment p where p.id = new.noted_id;
  return null;
end $$;
create trigger payment_taken_back_counts after insert on payment_taken_back
  for each row execute function payment_taken_back_counts();
revoke all on function payment_taken_back_counts() from public;

alter table payment_taken_back enable row level security;
create policy payment_taken_back_seen on payment_taken_back for select to hearth_web using ((select app_is_staff()));
create policy payment_taken_back_made on payment_taken_back for insert to hearth_web with check (
  (select app_role()) in ('supervisor', 'admin') and made_by = (select app_person()) and at = now());
create policy payment_taken_back_worker on payment_taken_back for select to hearth_worker using (true);
grant select, insert on payment_taken_back to hearth_web;
grant select on payment_taken_back to hearth_worker;

-- What was said in words goes with the customer; figures stay.
create or replace function noted_payment_forgets() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update noted_payment set note = null where person_id = new.id and note is not null;
  update payment_taken_back set reason = '———'
    where noted_id in (select id from noted_payment where person_id = new.id);
  return null;
end $$;
