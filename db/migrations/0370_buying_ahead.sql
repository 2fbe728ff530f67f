-- Buying ahead: gas for the season at a price that is fixed today, paid at once and drawn down as it is ordered. What a
-- customer has left is never written as a number by itself: every unit that is bought, used, given back or ended is a row
-- in a ledger, and the database counts from it.

-- What is offered so. An offer never changes once it is made; it is only taken back.
create table prebuy_offer (
  id uuid primary key default uuidv7(),
  form_key uuid not null unique,
  product text not null references product,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  unit_price bigint not null check (unit_price > 0),
  sold_from date not null,
  sold_until date not null,
  -- The last day on which an order uses it.
  good_until date not null,
  check (sold_from <= sold_until and sold_until <= good_until),
  most_each integer not null check (most_each between 1 and 100000),
  most_total integer not null check (most_total between 1 and 10000000),
  check (most_each <= most_total),
  -- How much of the price comes back for what nobody used by then.
  back_percent smallint not null default 100 check (back_percent between 0 and 100),
  -- Sold, or held for whoever is paying.
  taken integer not null default 0,
  constraint prebuy_offer_fits check (taken between 0 and most_total),
  made_by uuid not null references person,
  made_at timestamptz not null default now(),
  withdrawn_at timestamptz
);
create index prebuy_offer_product on prebuy_offer (product, sold_until desc);

alter table prebuy_offer enable row level security;
create policy prebuy_offer_seen on prebuy_offer for select to hearth_web, hearth_worker using (true);
create policy prebuy_offer_made on prebuy_offer for insert to hearth_web with check (
  (select app_role()) in ('supervisor', 'admin') and made_by = (select app_person()) and made_at = now()
  and taken = 0 and withdrawn_at is null);
create policy prebuy_offer_withdrawn on prebuy_offer for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check (withdrawn_at is not null);
grant select, insert, update (withdrawn_at) on prebuy_offer to hearth_web;
grant select on prebuy_offer to hearth_worker;

-- What an account bought ahead, or is paying for.
create table prebuy (
  id uuid primary key default uuidv7(),
  offer_id uuid not null references prebuy_offer,
  account_id uuid not null references account,
  person_id uuid not null references person,
  form_key uuid not null,
  unique (person_id, form_key),
  product text not null references product,
  quantity integer not null check (quantity > 0),
  currency text not null,
  unit_price bigint not null,
  amount bigint not null generated always as (quantity * unit_price) stored,
  good_until date not null,
  -- Held while it is being paid; nobody's any more where it was not.
  state text not null default 'reserved' check (state in ('reserved', 'bought', 'lapsed')),
  -- What is left, by the ledger.
  left_over integer not null default 0,
  constraint prebuy_left check (left_over between 0 and quantity),
  check (state = 'bought' or left_over = 0),
  created_at timestamptz not null default now(),
  bought_at timestamptz,
  check ((state = 'bought') = (bought_at is not null)),
  told_on date
);
create index prebuy_account on prebuy (account_id, product, good_until);
create index prebuy_of_offer on prebuy (offer_id, account_id);
create index prebuy_reserved on prebuy (created_at) where state = 'reserved';
create index prebuy_left on prebuy (good_until) where left_over > 0;

alter table prebuy enable row level security;
create policy prebuy_seen on prebuy for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy prebuy_made on prebuy for insert to hearth_web with check (
  person_id = (select app_person()) and (select app_role()) = 'customer' and state = 'reserved' and left_over = 0
  and created_at = now() and told_on is null and account_id = any ((select app_accounts_acted_on())::uuid[]));
create policy prebuy_worker on prebuy for select to hearth_worker using (true);
create policy prebuy_told on prebuy for update to hearth_worker using (true) with check (true);
grant select, insert on prebuy to hearth_web;
grant select, update (told_on) on prebuy to hearth_worker;
create trigger budget_of_prebuy after insert on prebuy for each row execute function spend_budget('request', 60, 60);

-- Counted under the offer's row: two who want the last ones at once wait for each other, and one of them gets them.
create function prebuy_begins() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  offered prebuy_offer;
begin
  select * into offered from prebuy_offer where id = new.offer_id for update;
  -- Which day it is at the utility the page knows; here it must be one that somebody on earth has.
  if offered.id is null or offered.withdrawn_at is not null
     or offered.sold_from > (now() at time zone interval '+14:00')::date
     or offered.sold_until < (now() at time zone interval '-12:00')::date
     or exists (select 1 from product p where p.code = offered.product and p.retired_at is not null) then
    raise exception 'this is not sold ahead' using errcode = 'check_violation', constraint = 'prebuy_not_sold';
  end if;
  if new.quantity + (select coalesce(sum(b.quantity), 0) from prebuy b where b.offer_id = offered.id
                       and b.account_id = new.account_id and b.state <> 'lapsed') > offered.most_each then
    raise exception 'more than one customer gets' using errcode = 'check_violation', constraint = 'prebuy_most_each';
  end if;
  new.product := offered.product;
  new.currency := offered.currency;
  new.unit_price := offered.unit_price;
  new.good_until := offered.good_until;
  update prebuy_offer set taken = taken + new.quantity where id = offered.id;
  return new;
end $$;
revoke all on function prebuy_begins() from public;
create trigger prebuy_begins before insert on prebuy for each row execute function prebuy_begins();

-- The ledger. It is only ever added to, and only by the database.
create table prebuy_move (
  id uuid primary key default uuidv7(),
  prebuy_id uuid not null references prebuy,
  kind text not null check (kind in ('bought', 'drawn', 'given_back', 'ended')),
  change integer not null,
  check (case when kind in ('bought', 'given_back') then change > 0 else change < 0 end),
  order_id uuid references customer_order,
  check ((kind in ('drawn', 'given_back')) = (order_id is not null)),
  at timestamptz not null default now()
);
create index prebuy_move_of on prebuy_move (prebuy_id, at);
create index prebuy_move_order on prebuy_move (order_id) where order_id is not null;

create function prebuy_move_counts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'the ledger is only ever added to' using errcode = 'check_violation', constraint = 'prebuy_move_stays';
  end if;
  update prebuy set left_over = left_over + new.change where id = new.prebuy_id;
  return null;
end $$;
create trigger prebuy_move_counts after insert or update or delete on prebuy_move
  for each row execute function prebuy_move_counts();

alter table prebuy_move enable row level security;
create policy prebuy_move_seen on prebuy_move for select to hearth_web
  using (exists (select 1 from prebuy b where b.id = prebuy_id));
create policy prebuy_move_worker on prebuy_move for select to hearth_worker using (true);
grant select on prebuy_move to hearth_web, hearth_worker;

-- What was paid for it. A payment counts once, however often its end is told.
create table prebuy_payment (
  attempt_id uuid primary key references payment_attempt,
  prebuy_id uuid not null references prebuy,
  amount bigint not null check (amount > 0),
  at timestamptz not null default now()
);
create index prebuy_payment_of on prebuy_payment (prebuy_id);

alter table prebuy_payment enable row level security;
create policy prebuy_payment_seen on prebuy_payment for select to hearth_web
  using (exists (select 1 from prebuy b where b.id = prebuy_id));
create policy prebuy_payment_worker on prebuy_payment for select to hearth_worker using (true);
grant select on prebuy_payment to hearth_web, hearth_worker;

-- What is owed back: for what was not used by its last day, or for a payment that came too late. Somebody hands it on.
create table prebuy_refund (
  id uuid primary key default uuidv7(),
  prebuy_id uuid not null references prebuy,
  why text not null check (why in ('unused', 'late')),
  units integer not null check (units > 0),
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  since timestamptz not null default now(),
  handed_on_at timestamptz,
  handed_on_by uuid references person,
  check ((handed_on_at is null) = (handed_on_by is null))
);
create index prebuy_refund_of on prebuy_refund (prebuy_id);
create index prebuy_refund_waits on prebuy_refund (since) where handed_on_at is null;

alter table prebuy_refund enable row level security;
create policy prebuy_refund_seen on prebuy_refund for select to hearth_web
  using (exists (select 1 from prebuy b where b.id = prebuy_id));
create policy prebuy_refund_handed_on on prebuy_refund for update to hearth_web
  using ((select app_is_staff())) with check (handed_on_by = (select app_person()));
create policy prebuy_refund_worker on prebuy_refund for select to hearth_worker using (true);
grant select, update (handed_on_at, handed_on_by) on prebuy_refund to hearth_web;
grant select on prebuy_refund to hearth_worker;

-- It is paid by the same way as an order.
alter table payment_attempt drop constraint payment_attempt_subject_kind_check;
alter table payment_attempt add constraint payment_attempt_subject_kind_check
  check (subject_kind in ('account', 'bill', 'order', 'prebuy'));
drop index payment_attempt_one_at_a_time;
create unique index payment_attempt_one_at_a_time on payment_attempt
  ((case when subject_kind in ('order', 'prebuy') then subject_id else account_id end)) where state in ('begun', 'offered');

create function prebuy_attempt_fits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Held, so that it does not lapse while somebody goes on to pay.
  perform 1 from prebuy b where b.id = new.subject_id and b.state = 'reserved' and b.account_id = new.account_id
    and b.currency = new.currency and b.amount = new.amount and b.account_id = any (app_accounts_acted_on()) for update;
  if not found then
    raise exception 'this is not owed for that' using errcode = 'check_violation', constraint = 'prebuy_attempt_fits';
  end if;
  return new;
end $$;
create trigger prebuy_attempt_fits before insert on payment_attempt
  for each row when (new.subject_kind = 'prebuy') execute function prebuy_attempt_fits();

create or replace function settle_payment_attempt(of_id uuid, of_checkout text, of_state text, of_amount bigint, of_currency text, of_day date)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  attempt payment_attempt;
begin
  select * into attempt from payment_attempt where id = of_id for update;
  if not found then return null; end if;
  if attempt.checkout is not null and attempt.checkout <> of_checkout then
    raise exception 'another page than this attempt has' using errcode = 'check_violation', constraint = 'payment_attempt_checkout';
  end if;
  if attempt.state = 'paid' then return 'paid'; end if;
  if of_state <> 'paid' then
    if of_state in ('refused', 'expired') and attempt.state in ('begun', 'offered') then
      update payment_attempt set state = of_state, ended_at = now() where id = of_id;
      return of_state;
    end if;
    return attempt.state;
  end if;
  if of_currency is distinct from attempt.currency or of_amount is distinct from attempt.amount then
    raise exception 'another amount than was asked for' using errcode = 'check_violation', constraint = 'payment_attempt_amount';
  end if;
  update payment_attempt set state = 'paid', paid_on = of_day, ended_at = now() where id = of_id;
  if attempt.subject_kind = 'order' then
    insert into outbox (job, payload)
      values ('orders.paid', jsonb_build_object('orderId', attempt.subject_id, 'attemptId', of_id));
  elsif attempt.subject_kind = 'prebuy' then
    insert into outbox (job, payload) values ('orders.prebuy_paid', jsonb_build_object('id', attempt.subject_id));
  elsif attempt.account_id is not null then
    insert into payment (account_id, reference, amount, currency, method, state, paid_on, person_id, form_key, bill_id, settled_at)
      values (attempt.account_id, attempt.reference, attempt.amount, attempt.currency, 'card', 'settled', of_day,
              attempt.person_id, attempt.form_key,
              case when attempt.subject_kind = 'bill' then attempt.subject_id end, now());
    insert into outbox (job, payload) values ('billing.tell_paid', jsonb_build_object('attemptId', of_id));
  end if;
  return 'paid';
end $$;

-- Counts what the provider said was paid. What had lapsed is bought all the same where there is enough left; money that
-- buys nothing any more is owed back.
create function count_prebuy_payments(of_prebuy uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one prebuy;
  offered prebuy_offer;
  paid record;
begin
  select * into one from prebuy where id = of_prebuy for update;
  if not found then return; end if;
  for paid in
    insert into prebuy_payment (attempt_id, prebuy_id, amount)
      select a.id, of_prebuy, a.amount from payment_attempt a
      where a.subject_id = of_prebuy and a.subject_kind = 'prebuy' and a.state = 'paid'
      on conflict do nothing returning amount
  loop
    if one.state = 'lapsed' then
      select * into offered from prebuy_offer where id = one.offer_id for update;
      if offered.taken + one.quantity <= offered.most_total
         and one.quantity + (select coalesce(sum(b.quantity), 0) from prebuy b where b.offer_id = offered.id
               and b.account_id = one.account_id and b.state <> 'lapsed') <= offered.most_each then
        update prebuy_offer set taken = taken + one.quantity where id = offered.id;
        one.state := 'reserved';
      end if;
    end if;
    if one.state = 'reserved' then
      update prebuy set state = 'bought', bought_at = now() where id = of_prebuy;
      insert into prebuy_move (prebuy_id, kind, change) values (of_prebuy, 'bought', one.quantity);
      insert into outbox (job, payload) values ('orders.tell_prebuy', jsonb_build_object('id', of_prebuy, 'what', 'bought'));
      one.state := 'bought';
    else
      insert into prebuy_refund (prebuy_id, why, units, amount, currency)
        values (of_prebuy, 'late', one.quantity, paid.amount, one.currency);
    end if;
  end loop;
end $$;
revoke all on function count_prebuy_payments(uuid) from public;
grant execute on function count_prebuy_payments(uuid) to hearth_web, hearth_worker;

-- What nobody is paying for any more is for others again.
create function lapse_prebuys() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one prebuy;
begin
  for one in select * from prebuy b where b.state = 'reserved' and b.created_at < now() - interval '30 minutes'
      and not exists (select from payment_attempt a where a.subject_id = b.id and a.state in ('begun', 'offered', 'paid'))
      order by b.id for update skip locked loop
    update prebuy set state = 'lapsed' where id = one.id;
    update prebuy_offer set taken = taken - one.quantity where id = one.offer_id;
  end loop;
end $$;
revoke all on function lapse_prebuys() from public;
grant execute on function lapse_prebuys() to hearth_worker;

-- The end of what was bought: after its last day by the clock, before it by a supervisor. What is unused comes back as it
-- was agreed, as a row that somebody hands on.
create function end_prebuy(of_prebuy uuid, on_day date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one prebuy;
  owed bigint;
begin
  select * into one from prebuy where id = of_prebuy for update;
  if not found or one.left_over = 0 or not coalesce(
       app_role() = 'system' and one.good_until < on_day or app_role() in ('supervisor', 'admin'), false) then
    return false;
  end if;
  owed := one.left_over * one.unit_price * (select o.back_percent from prebuy_offer o where o.id = one.offer_id) / 100;
  insert into prebuy_move (prebuy_id, kind, change) values (of_prebuy, 'ended', -one.left_over);
  if owed > 0 then
    insert into prebuy_refund (prebuy_id, why, units, amount, currency)
      values (of_prebuy, 'unused', one.left_over, owed, one.currency);
  end if;
  insert into outbox (job, payload) values ('orders.tell_prebuy', jsonb_build_object('id', of_prebuy, 'what', 'ended'));
  return true;
end $$;
revoke all on function end_prebuy(uuid, date) from public;
grant execute on function end_prebuy(uuid, date) to hearth_web, hearth_worker;

-- How many units of an order's line were bought ahead: they cost nothing any more.
alter table order_line add column prebought integer not null default 0;
alter table order_line add constraint order_line_prebought check (prebought between 0 and quantity);
alter table order_line alter column amount
  set expression as ((quantity - prebought) * unit_price + (quantity - empties) * deposit);

-- Takes what an order may use, what ends first before the rest. Two orders at once wait for each other here.
create function draw_prebought(ordered customer_order, of_product text, wanted integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
  took integer := 0;
begin
  for one in select b.id, b.left_over from prebuy b
      where b.account_id = ordered.account_id and b.product = of_product and b.currency = ordered.currency
        and b.left_over > 0 and b.good_until >= ordered.placed_on
      order by b.good_until, b.id for update loop
    exit when took >= wanted;
    insert into prebuy_move (prebuy_id, kind, change, order_id)
      values (one.id, 'drawn', -least(one.left_over, wanted - took), ordered.id);
    took := took + least(one.left_over, wanted - took);
  end loop;
  return took;
end $$;
revoke all on function draw_prebought(customer_order, text, integer) from public;

create or replace function order_line_begins() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ordered customer_order;
  sold product;
  price product_price;
begin
  select * into ordered from customer_order where id = new.order_id;
  select * into sold from product where code = new.product;
  select * into price from price_on(new.product, ordered.currency, ordered.placed_on);
  if sold.code is null or sold.retired_at is not null or price.amount is null or sold.skill <> ordered.skill then
    raise exception 'this is not for sale' using errcode = 'check_violation', constraint = 'order_not_sold';
  end if;
  if new.quantity not between sold.least and sold.most or (not sold.takes_back and new.empties > 0) then
    raise exception 'so much is not brought' using errcode = 'check_violation', constraint = 'order_quantity';
  end if;
  if ordered.status = 'placed' and sold.sold_from > ordered.placed_on then
    raise exception 'this is not sold yet' using errcode = 'check_violation', constraint = 'order_not_yet';
  end if;
  new.unit_price := price.amount;
  new.deposit := case when sold.takes_back then price.deposit else 0 end;
  if ordered.status = 'placed' then
    perform reserve_stock(ordered.depot, new.product, new.quantity, ordered.id, ordered.created_at);
  else
    insert into stock (depot, product) values (ordered.depot, new.product) on conflict do nothing;
    perform 1 from stock where depot = ordered.depot and product = new.product for update;
  end if;
  -- After the stock, here and when an order is called off: so nobody waits in a circle.
  new.prebought := draw_prebought(ordered, new.product, new.quantity);
  return new;
end $$;

-- An order that is called off gives back what it used, in the same transaction.
create function order_gives_back_prebought() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into prebuy_move (prebuy_id, kind, change, order_id)
    select used.id, 'given_back', used.units, new.id from (
      select b.id, b.good_until, -sum(m.change) as units from prebuy_move m join prebuy b on b.id = m.prebuy_id
      where m.order_id = new.id group by b.id having sum(m.change) < 0) used
    order by used.good_until, used.id;
  return null;
end $$;
revoke all on function order_gives_back_prebought() from public;
create trigger order_prebought_given_back after update of status on customer_order
  for each row when (new.status = 'cancelled' and old.status <> 'cancelled') execute function order_gives_back_prebought();

-- Whoever has gas coming or money owed is not forgotten before.
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
           or exists (select from prebuy b where b.account_id = any (theirs) and (b.left_over > 0 or b.state = 'reserved'))
           or exists (select from prebuy_refund r join prebuy b on b.id = r.prebuy_id
                      where (b.person_id = of_person or b.account_id = any (theirs)) and r.handed_on_at is null)
         then 'order' end,
    case when exists (select from visit v join request r on r.id = v.request_id
                      where r.requester_id = of_person and v.ended_at is null) then 'visit' end,
    case when exists (select from payment_attempt p where p.person_id = of_person and p.state in ('begun', 'offered'))
         then 'payment' end,
    case when exists (select from closing_hold h where h.person_id = of_person) then 'hold' end], null);
end $$;
