-- Cylinders that come back without a full one going out: given back for good, or faulty. What comes back is a line in the
-- ledger, and what is owed for it a sum that somebody hands on.

alter table stock_move drop constraint stock_move_kind_check;
alter table stock_move add constraint stock_move_kind_check check (kind in (
  'received', 'delivered', 'taken_back', 'filled', 'counted', 'written_off', 'joined', 'faulty', 'replaced'));
alter table stock_move drop constraint stock_move_check1;
alter table stock_move add constraint stock_move_adds_up check (case kind
    when 'received' then full_change > 0 and empty_change = 0 and held_change = 0
    when 'delivered' then full_change < 0 and empty_change = 0 and held_change in (0, -full_change)
    when 'taken_back' then full_change = 0 and empty_change > 0 and held_change = -empty_change
    when 'filled' then full_change > 0 and empty_change = -full_change and held_change = 0
    when 'joined' then full_change = 0 and empty_change = 0 and held_change > 0
    -- A faulty one is never filled again: it is with the customer no more, and no empty one of ours either.
    when 'faulty' then full_change = 0 and empty_change = 0 and held_change < 0
    when 'replaced' then full_change < 0 and empty_change = 0 and held_change = -full_change
    else held_change = 0 and (full_change <> 0 or empty_change <> 0) and reason is not null end);

create table cylinder_return (
  id uuid primary key default uuidv7(),
  form_key uuid not null unique,
  account_id uuid not null references account,
  -- The customer who gave it back.
  person_id uuid not null references person,
  depot text not null references depot,
  product text not null references product,
  kind text not null check (kind in ('surrendered', 'faulty')),
  quantity smallint not null check (quantity between 1 and 20),
  serial text check (serial ~ '^[A-Z0-9][A-Z0-9 ./-]{1,39}$'),
  check (kind <> 'faulty' or (serial is not null and quantity = 1)),
  -- Whether they got a full one for the faulty one.
  replaced boolean not null default false check (not replaced or kind = 'faulty'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- For one, as the database finds it; nothing is owed for what was replaced.
  deposit bigint not null default 0 check (deposit >= 0),
  refund bigint not null generated always as (case when replaced then 0 else quantity * deposit end) stored,
  made_by uuid not null references person,
  at timestamptz not null default now(),
  handed_on_at timestamptz,
  handed_on_by uuid references person,
  check ((handed_on_at is null) = (handed_on_by is null))
);
create index cylinder_return_account on cylinder_return (account_id, at desc);
create index cylinder_return_waits on cylinder_return (at) where handed_on_at is null and refund > 0;

-- The deposit that they paid last for one of these; where we took none that we know of, what it is today.
create function cylinder_return_owes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.deposit := coalesce(
    (select l.deposit from order_line l join customer_order o on o.id = l.order_id
     where o.account_id = new.account_id and l.product = new.product and o.status = 'delivered'
       and l.quantity > l.empties and o.currency = new.currency
     order by o.created_at desc limit 1),
    (price_on(new.product, new.currency, current_date)).deposit, 0);
  return new;
end $$;
create trigger cylinder_return_owes before insert on cylinder_return
  for each row execute function cylinder_return_owes();

create function cylinder_return_moves() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'surrendered' then
    insert into stock_move (depot, product, kind, empty_change, held_change, account_id, person_id)
      values (new.depot, new.product, 'taken_back', new.quantity, -new.quantity, new.account_id, app_person());
  else
    insert into stock_move (depot, product, kind, held_change, account_id, person_id)
      values (new.depot, new.product, 'faulty', -new.quantity, new.account_id, app_person());
  end if;
  if new.replaced then
    insert into stock_move (depot, product, kind, full_change, held_change, account_id, person_id)
      values (new.depot, new.product, 'replaced', -new.quantity, new.quantity, new.account_id, app_person());
  end if;
  return null;
end $$;
create trigger cylinder_return_moves after insert on cylinder_return
  for each row execute function cylinder_return_moves();

alter table cylinder_return enable row level security;
create policy cylinder_return_seen on cylinder_return for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy cylinder_return_made on cylinder_return for insert to hearth_web with check (
  (select app_is_staff()) and made_by = (select app_person()) and at = now() and handed_on_at is null
  and exists (select 1 from account_member m where m.account_id = cylinder_return.account_id
              and m.person_id = cylinder_return.person_id));
create policy cylinder_return_handed_on on cylinder_return for update to hearth_web
  using ((select app_is_staff())) with check (handed_on_by = (select app_person()));
create policy cylinder_return_worker on cylinder_return for select to hearth_worker using (true);
grant select, insert, update (handed_on_at, handed_on_by) on cylinder_return to hearth_web;
grant select on cylinder_return to hearth_worker;

-- What is with a customer is what went out to them less what came back, whoever wrote it: at the end of every transaction.
create function holding_is_the_ledger() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  here record;
begin
  for here in select coalesce(new.account_id, old.account_id) as account, coalesce(new.product, old.product) as product loop
    if coalesce((select held from cylinder_holding h where h.account_id = here.account and h.product = here.product), 0)
       <> coalesce((select sum(m.held_change) from stock_move m
                    where m.account_id = here.account and m.product = here.product), 0) then
      raise exception 'what is with the customer is not what the ledger says'
        using errcode = 'check_violation', constraint = 'holding_is_the_ledger';
    end if;
  end loop;
  return null;
end $$;
create constraint trigger holding_is_the_ledger after insert or update or delete on cylinder_holding
  deferrable initially deferred for each row execute function holding_is_the_ledger();

-- Where the two part, account by account; nowhere, or something is broken.
create function cylinders_out_of_step() returns table (account_id uuid, product text, went_out bigint, came_back bigint, held bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(l.account_id, h.account_id), coalesce(l.product, h.product), coalesce(l.went_out, 0),
         coalesce(l.came_back, 0), coalesce(h.held, 0)::bigint
  from (select m.account_id, m.product, sum(greatest(m.held_change, 0)) as went_out,
               -sum(least(m.held_change, 0)) as came_back
        from stock_move m where m.held_change <> 0 group by 1, 2) l
  full join cylinder_holding h on h.account_id = l.account_id and h.product = l.product
  where coalesce(l.went_out, 0) - coalesce(l.came_back, 0) <> coalesce(h.held, 0)
$$;
revoke all on function cylinders_out_of_step() from public;
grant execute on function cylinders_out_of_step() to hearth_worker;

-- Whoever is owed a deposit is not forgotten before they have it.
create or replace function closing_waits_for(of_person uuid) returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  theirs uuid[] := array(select account_id from account_member where person_id = of_person and kind = 'holder');
begin
  if app_role() <> 'system' and app_person() is distinct from of_person and not app_is_staff() then return '{}'; end if;
  return array_remove(array[
    case when exists (select from emergency e where e.person_id = of_person
                        and e.status not in ('made_safe', 'stood_down')) then 'emergency' end,
    case when exists (select from customer_order o where (o.person_id = of_person or o.account_id = any (theirs))
                        and o.status not in ('delivered', 'cancelled'))
           or exists (select from order_refund r join customer_order o on o.id = r.order_id
                      where (o.person_id = of_person or o.account_id = any (theirs)) and r.handed_on_at is null)
           or exists (select from cylinder_return c where (c.person_id = of_person or c.account_id = any (theirs))
                        and c.refund > 0 and c.handed_on_at is null)
         then 'order' end,
    case when exists (select from visit v join request r on r.id = v.request_id
                      where r.requester_id = of_person and v.ended_at is null) then 'visit' end,
    case when exists (select from payment_attempt p where p.person_id = of_person and p.state in ('begun', 'offered'))
         then 'payment' end,
    case when exists (select from closing_hold h where h.person_id = of_person) then 'hold' end], null);
end $$;
