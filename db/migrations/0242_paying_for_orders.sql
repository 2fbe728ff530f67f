-- Paying for an order by card before it comes. A payment counts once, however often its end is told; and what was paid
-- for what never came, or too much of it, is owed back: a row that somebody hands on.

create table order_payment (
  attempt_id uuid primary key references payment_attempt,
  order_id uuid not null references customer_order,
  amount bigint not null check (amount > 0),
  at timestamptz not null default now()
);
create index order_payment_order on order_payment (order_id);

create table order_refund (
  id uuid primary key default uuidv7(),
  order_id uuid not null references customer_order,
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  since timestamptz not null default now(),
  handed_on_at timestamptz,
  handed_on_by uuid references person,
  check ((handed_on_at is null) = (handed_on_by is null))
);
create index order_refund_order on order_refund (order_id);
create index order_refund_waits on order_refund (since) where handed_on_at is null;

-- Counts what the provider said was paid for this order and was not counted yet.
create function count_order_payments(of_order uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  news bigint;
begin
  perform 1 from customer_order where id = of_order for update;
  with counted as (
    insert into order_payment (attempt_id, order_id, amount)
      select a.id, of_order, a.amount from payment_attempt a
      where a.subject_id = of_order and a.subject_kind = 'order' and a.state = 'paid'
        and not exists (select 1 from order_payment p where p.attempt_id = a.id)
      on conflict do nothing
      returning amount)
  select sum(amount) into news from counted;
  if news is null then return; end if;
  update customer_order set paid = paid + news, paid_how = coalesce(paid_how, 'card') where id = of_order;
  insert into order_event (order_id, number, actor_role, kind, payload)
    values (of_order, 1, '', 'paid', jsonb_build_object('how', 'card'));
end $$;
revoke all on function count_order_payments(uuid) from public;
grant execute on function count_order_payments(uuid) to hearth_web, hearth_worker;

create function order_owes_back() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  surplus bigint;
begin
  if new.ended_at is null then return null; end if;
  surplus := new.paid - case when new.status = 'cancelled' then 0 else new.total end
    - coalesce((select sum(amount) from order_refund r where r.order_id = new.id), 0);
  if surplus > 0 then
    insert into order_refund (order_id, amount, currency) values (new.id, surplus, new.currency);
  end if;
  return null;
end $$;
create trigger order_owes_back after update of status, paid, total on customer_order
  for each row execute function order_owes_back();

-- An order is paid by whoever may act on its account, and only for what is still open.
create function order_attempt_fits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from customer_order o where o.id = new.subject_id and o.status <> 'cancelled'
                 and o.account_id = new.account_id and o.currency = new.currency
                 and new.amount <= o.total - o.paid and o.account_id = any (app_accounts_acted_on())) then
    raise exception 'this is not owed for that order' using errcode = 'check_violation', constraint = 'order_attempt_fits';
  end if;
  return new;
end $$;
create trigger order_attempt_fits before insert on payment_attempt
  for each row when (new.subject_kind = 'order') execute function order_attempt_fits();

alter table order_payment enable row level security;
alter table order_refund enable row level security;
create policy order_payment_seen on order_payment for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
create policy order_refund_seen on order_refund for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
create policy order_refund_handed_on on order_refund for update to hearth_web
  using ((select app_is_staff())) with check (handed_on_by = (select app_person()));
grant select on order_payment, order_refund to hearth_web;
grant update (handed_on_at, handed_on_by) on order_refund to hearth_web;
