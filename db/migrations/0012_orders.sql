-- What can be ordered, what lies where, and the orders. Stock is promised under its row's lock in the transaction that
-- places an order, and leaves the depot in the one that delivers it. That it was delivered can only be said with a
-- code which nobody but the customer can read.

-- What can be ordered.
create table product (
  code text primary key check (code ~ '^[A-Z0-9][A-Z0-9-]{1,29}$'),
  kind text not null check (kind in ('cylinder', 'bulk', 'regulator', 'alarm', 'appliance')),
  -- How the gas of a place must come for it to be offered there; `any` suits everybody.
  supply text not null default 'any' check (supply in ('cylinder', 'tank', 'any')),
  -- Per language: {"en": …, "es": …}.
  name jsonb not null check (length(name->>'en') between 1 and 80 and length(name->>'es') between 1 and 80),
  about jsonb not null default '{"en": "", "es": ""}' check (length(about::text) <= 1000),
  unit text not null default 'piece' check (unit in ('piece', 'gallon', 'litre')),
  -- Whether an empty one is handed back for it.
  takes_back boolean not null default false,
  least integer not null default 1 check (least > 0),
  most integer not null default 10,
  check (most between least and 5000),
  -- Who brings it: the skill that a slot of delivery is for.
  skill text not null default 'cylinder_delivery' check (skill in ('cylinder_delivery', 'bulk_delivery')),
  -- The day from which it is sold; before, it can be ordered ahead.
  sold_from date,
  place smallint not null default 100,
  retired_at timestamptz
);

alter table product enable row level security;
create policy product_seen on product for select to hearth_web, hearth_worker using (true);
grant select on product to hearth_web, hearth_worker;

-- What a product costs from which day on.
create table product_price (
  product text not null references product,
  from_day date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0),
  -- For each cylinder that leaves without an empty one coming back.
  deposit bigint not null default 0 check (deposit >= 0),
  primary key (product, currency, from_day)
);

create function price_on(of_product text, in_currency text, on_day date) returns product_price
language sql stable set search_path = public, pg_temp as $$
  select p from product_price p
  where p.product = of_product and p.currency = in_currency and p.from_day <= on_day
  order by p.from_day desc limit 1
$$;
revoke all on function price_on(text, text, date) from public;
grant execute on function price_on(text, text, date) to hearth_web, hearth_worker;

alter table product_price enable row level security;
create policy price_seen on product_price for select to hearth_web, hearth_worker using (true);
grant select on product_price to hearth_web, hearth_worker;

-- A place from which areas are served.
create table depot (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{1,29}$'),
  name text not null check (length(name) between 1 and 60),
  retired_at timestamptz
);

alter table depot enable row level security;
create policy depot_seen on depot for select to hearth_web, hearth_worker using (true);
grant select on depot to hearth_web, hearth_worker;

create table depot_area (
  area text primary key references area,
  depot text not null references depot
);
create index depot_area_depot on depot_area (depot);

alter table depot_area enable row level security;
create policy depot_area_seen on depot_area for select to hearth_web, hearth_worker using (true);
grant select on depot_area to hearth_web, hearth_worker;

-- What lies where. Full and empty cylinders are never written down as a number: every piece that comes, goes or
-- changes is a move in a ledger (`stock_move`), and the database counts from it.
create table stock (
  depot text not null references depot,
  product text not null references product,
  on_hand integer not null default 0 constraint stock_on_hand check (on_hand >= 0),
  -- Promised to orders, and still here.
  reserved integer not null default 0,
  empties integer not null default 0 constraint stock_empties check (empties >= 0),
  -- When more is expected.
  expected_on date,
  primary key (depot, product),
  constraint stock_reserved_fits check (reserved between 0 and on_hand)
);

create function reserve_stock(of_depot text, of_product text, pieces integer, of_order uuid, since timestamptz)
returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update stock set reserved = reserved + pieces
    where depot = of_depot and product = of_product
      and on_hand - reserved - pieces_waited_for(of_depot, of_product, since, of_order) >= pieces;
  if not found then
    raise exception 'there is not enough of % left', of_product
      using errcode = 'check_violation', constraint = 'stock_reserved_fits';
  end if;
end $$;
revoke all on function reserve_stock(text, text, integer, uuid, timestamptz) from public;

alter table stock enable row level security;
create policy stock_seen on stock for select to hearth_web, hearth_worker using (true);
create policy stock_expected on stock for update to hearth_web
  using ((select app_is_staff())) with check ((select app_is_staff()));
grant select, update (expected_on) on stock to hearth_web;
grant select on stock to hearth_worker;

-- How gas comes to a place beside the pipe.
create table bottled_supply (
  premises_id uuid primary key references premises on delete cascade,
  kind text not null check (kind in ('cylinder', 'tank')),
  since date not null default current_date
);

alter table bottled_supply enable row level security;
create policy bottled_supply_seen on bottled_supply for select to hearth_web using (
  (select app_is_staff()) or exists (select 1 from premises p where p.id = premises_id
                                     and p.account_id = any ((select app_accounts_seen())::uuid[])));
grant select on bottled_supply to hearth_web;

-- How many cylinders of ours are with the customer.
create table cylinder_holding (
  account_id uuid not null references account,
  product text not null references product,
  held integer not null default 0 constraint cylinder_held check (held >= 0),
  primary key (account_id, product)
);

alter table cylinder_holding enable row level security;
create policy holding_seen on cylinder_holding for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
grant select on cylinder_holding to hearth_web;

-- The ledger of stock. It is only ever added to.
create table stock_move (
  id uuid primary key default uuidv7(),
  depot text not null references depot,
  product text not null references product,
  kind text not null check (kind in ('received', 'delivered', 'taken_back', 'filled', 'counted', 'written_off', 'joined')),
  full_change integer not null default 0,
  empty_change integer not null default 0,
  held_change integer not null default 0,
  account_id uuid references account,
  order_id uuid,
  reason text check (length(reason) between 1 and 300),
  person_id uuid references person,
  at timestamptz not null default now(),
  check ((held_change = 0) or account_id is not null),
  check (case kind
    when 'received' then full_change > 0 and empty_change = 0 and held_change = 0
    when 'delivered' then full_change < 0 and empty_change = 0 and held_change in (0, -full_change)
    when 'taken_back' then full_change = 0 and empty_change > 0 and held_change = -empty_change
    when 'filled' then full_change > 0 and empty_change = -full_change and held_change = 0
    when 'joined' then full_change = 0 and empty_change = 0 and held_change > 0
    else held_change = 0 and (full_change <> 0 or empty_change <> 0) and reason is not null end)
);
create index stock_move_of_depot on stock_move (depot, product, at desc);
create index stock_move_of_account on stock_move (account_id, at desc) where account_id is not null;
create index stock_move_of_order on stock_move (order_id) where order_id is not null;

-- The only place where a stock or a holding changes its number. What was promised to an order leaves with it.
create function stock_move_counts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'the ledger of stock is only ever added to' using errcode = 'check_violation', constraint = 'stock_move_stays';
  end if;
  insert into stock (depot, product) values (new.depot, new.product) on conflict do nothing;
  update stock set on_hand = on_hand + new.full_change, empties = empties + new.empty_change,
      reserved = reserved + case when new.kind = 'delivered' then new.full_change else 0 end
    where depot = new.depot and product = new.product;
  if new.held_change <> 0 then
    insert into cylinder_holding (account_id, product) values (new.account_id, new.product) on conflict do nothing;
    update cylinder_holding set held = held + new.held_change
      where account_id = new.account_id and product = new.product;
  end if;
  return null;
end $$;
create trigger stock_move_counts after insert or update or delete on stock_move
  for each row execute function stock_move_counts();

-- Where the ledger and what was counted from it part: never, or something is broken.
create function stock_out_of_step() returns table (what text, depot text, product text, counted bigint, ledger bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select 'full', s.depot, s.product, s.on_hand::bigint, m.full_sum from stock s
    join lateral (select coalesce(sum(full_change), 0) as full_sum, coalesce(sum(empty_change), 0) as empty_sum
                  from stock_move where stock_move.depot = s.depot and stock_move.product = s.product) m on true
    where s.on_hand <> m.full_sum
  union all
  select 'empty', s.depot, s.product, s.empties, m.empty_sum from stock s
    join lateral (select coalesce(sum(empty_change), 0) as empty_sum
                  from stock_move where stock_move.depot = s.depot and stock_move.product = s.product) m on true
    where s.empties <> m.empty_sum
  union all
  select 'with customers', null, coalesce(h.product, l.product), coalesce(h.held, 0), coalesce(l.held, 0)
    from (select stock_move.product, sum(held_change) as held from stock_move group by 1) l
    full join (select cylinder_holding.product, sum(held) as held from cylinder_holding group by 1) h
      on h.product = l.product
    where coalesce(h.held, 0) <> coalesce(l.held, 0)
$$;
revoke all on function stock_out_of_step() from public;
grant execute on function stock_out_of_step() to hearth_web, hearth_worker;

create function stock_came() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into outbox (job, payload)
    values ('orders.stock_came', jsonb_build_object('depot', new.depot, 'product', new.product));
  return null;
end $$;
create trigger stock_came after insert on stock_move for each row
  when (new.full_change > 0) execute function stock_came();

alter table stock_move enable row level security;
create policy stock_move_seen on stock_move for select to hearth_web using ((select app_is_staff()));

-- What belongs to an order is written by the database itself; staff count, receive, fill and write off.
create policy stock_move_made on stock_move for insert to hearth_web with check (
  (select app_is_staff()) and person_id = (select app_person()) and order_id is null and at = now()
  and kind in ('received', 'filled', 'counted', 'written_off'));
grant select, insert on stock_move to hearth_web;

-- What somebody wants brought, into which slot, and how it stands.
create table customer_order (
  id uuid primary key default uuidv7(),
  reference text not null unique check (reference ~ '^O-[0-9A-Z]{8}$'),
  person_id uuid not null references person,
  -- Staff who took it down for them.
  logged_by uuid references person,
  account_id uuid not null references account,
  premises_id uuid not null references premises,
  depot text not null references depot,
  skill text not null check (skill in ('cylinder_delivery', 'bulk_delivery')),
  status text not null check (status in ('preordered', 'placed', 'packed', 'on_the_way', 'missed', 'delivered', 'cancelled')),
  why text check (why in ('customer', 'no_stock', 'unsafe', 'duplicate', 'nobody_home', 'no_access', 'no_code', 'other')),
  check ((status in ('missed', 'cancelled')) = (why is not null)),
  form_key uuid not null,
  digest text not null,
  unique (person_id, form_key),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The lines and the charge for the time, added up by the database.
  total bigint not null default 0 check (total >= 0),
  slot_charge bigint not null default 0 check (slot_charge >= 0),
  paid bigint not null default 0 check (paid >= 0),
  pays text not null check (pays in ('card', 'on_delivery')),
  paid_how text check (paid_how in ('card', 'cash', 'card_reader')),
  check ((paid = 0) = (paid_how is null)),
  -- The local day, by which prices go.
  placed_on date not null,
  expected_on date,
  access_notes text not null default '' check (length(access_notes) <= 500),
  locale text not null default 'en' check (length(locale) <= 10),
  last_number integer not null default 0,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((status in ('delivered', 'cancelled')) = (ended_at is not null))
);
create index customer_order_account on customer_order (account_id, created_at desc);
create index customer_order_person on customer_order (person_id, created_at desc);
create index customer_order_under_way on customer_order (status, created_at) where ended_at is null;
create index customer_order_recent on customer_order (created_at desc);
create index customer_order_in_line on customer_order (depot, created_at, id) where status = 'preordered';

-- What an order is never changes; how it stands changes by the table alone.
create function order_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.reference, new.person_id, new.account_id, new.premises_id, new.form_key, new.currency, new.placed_on,
      new.depot, new.created_at)
     is distinct from (old.id, old.reference, old.person_id, old.account_id, old.premises_id, old.form_key,
      old.currency, old.placed_on, old.depot, old.created_at) then
    raise exception 'what an order is never changes' using errcode = 'check_violation', constraint = 'order_stays';
  end if;
  if current_user = 'hearth_web' and app_role() = 'customer' and (new.paid, new.paid_how) is distinct from (old.paid, old.paid_how) then
    raise exception 'a customer does not say what was paid' using errcode = 'insufficient_privilege';
  end if;
  if new.status <> old.status then
    if not exists (select 1 from order_move m
                   where m.from_status = old.status and m.to_status = new.status and m.by_whom = app_whom()) then
      raise exception 'an order does not go from % to % by %', old.status, new.status, app_whom()
        using errcode = 'check_violation', constraint = 'order_move';
    end if;
    if new.status not in ('missed', 'cancelled') then new.why := null; end if;
    new.ended_at := case when new.status in ('delivered', 'cancelled') then now() end;
  else
    new.ended_at := old.ended_at;
  end if;
  return new;
end $$;
create trigger order_guard before update on customer_order for each row execute function order_guard();

create function order_code_given() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into order_code (order_id, code) values (new.id, fresh_delivery_code());
  return null;
end $$;
create trigger order_code_given after insert on customer_order for each row execute function order_code_given();

-- What follows from how an order stands, in the same transaction: one out, one in.
create function order_moves_stock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  line record;
begin
  if new.status = old.status then return null; end if;
  for line in select l.*, p.takes_back, p.sold_from from order_line l join product p on p.code = l.product
              where l.order_id = new.id order by l.product loop
    if new.status = 'delivered' then
      insert into stock_move (depot, product, kind, full_change, held_change, account_id, order_id, person_id)
        values (new.depot, line.product, 'delivered', -line.quantity,
                case when line.takes_back then line.quantity else 0 end, new.account_id, new.id, app_person());
      if line.empties > 0 then
        insert into stock_move (depot, product, kind, empty_change, held_change, account_id, order_id, person_id)
          values (new.depot, line.product, 'taken_back', line.empties, -line.empties, new.account_id, new.id, app_person());
      end if;
    elsif new.status = 'cancelled' and old.status <> 'preordered' then
      update stock set reserved = reserved - line.quantity where depot = new.depot and product = line.product;
    elsif new.status = 'placed' and old.status = 'preordered' then
      if line.sold_from > current_date + 1 then
        raise exception 'this is not sold yet' using errcode = 'check_violation', constraint = 'order_not_yet';
      end if;
      perform reserve_stock(new.depot, line.product, line.quantity, new.id, new.created_at);
    end if;
  end loop;
  if new.status = 'delivered' and not exists (select 1 from order_code c where c.order_id = new.id and c.used_at is not null) then
    raise exception 'only the customer’s code says that it was delivered'
      using errcode = 'check_violation', constraint = 'order_code_needed';
  end if;
  if new.ended_at is not null then
    update order_code set code = '000000' where order_id = new.id;
  end if;
  -- Whoever is next in line may be served now.
  if new.status = 'cancelled' then
    insert into outbox (job, payload)
      select 'orders.stock_came', jsonb_build_object('depot', new.depot, 'product', l.product)
      from order_line l where l.order_id = new.id;
  end if;
  return null;
end $$;
create trigger order_moves_stock after update of status on customer_order
  for each row execute function order_moves_stock();

-- At the end of every transaction: an order has something in it, and what is to be brought has its place in a slot.
create function order_is_whole() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  now_is customer_order;
begin
  select * into now_is from customer_order where id = new.id;
  if not exists (select 1 from order_line l where l.order_id = new.id) then
    raise exception 'an order is of something' using errcode = 'check_violation', constraint = 'order_has_lines';
  end if;
  if (now_is.status in ('placed', 'packed', 'on_the_way')) and not exists (
       select 1 from slot_place p join slot s on s.id = p.slot_id
       where p.subject_kind = 'order' and p.subject_id = new.id and p.state = 'taken'
         and s.kind = 'delivery' and s.skill = now_is.skill
         and s.area in (select d.area from depot_area d where d.depot = now_is.depot)) then
    raise exception 'what is brought has a time' using errcode = 'check_violation', constraint = 'order_has_place';
  end if;
  if now_is.status in ('cancelled', 'missed') and exists (
       select 1 from slot_place s where s.subject_kind = 'order' and s.subject_id = new.id and s.state in ('taken', 'held')) then
    raise exception 'what is not brought takes no place' using errcode = 'check_violation', constraint = 'order_has_place';
  end if;
  return null;
end $$;
create constraint trigger order_is_whole after insert or update of status, last_number on customer_order
  deferrable initially deferred for each row execute function order_is_whole();

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
create trigger budget_of_order after insert on customer_order
  for each row execute function spend_budget('request', 60, 60);

alter table customer_order enable row level security;
create policy order_seen on customer_order for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy order_placed on customer_order for insert to hearth_web with check (
  status in ('placed', 'preordered') and created_at = now() and ended_at is null and paid = 0 and total = 0
  and last_number = 0 and exists (select 1 from premises p where p.id = premises_id and p.account_id = customer_order.account_id)
  and (((select app_is_staff()) and logged_by = (select app_person()))
       or (person_id = (select app_person()) and logged_by is null
           and account_id = any ((select app_accounts_acted_on())::uuid[]))));
create policy order_changed on customer_order for update to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_acted_on())::uuid[]))
  with check (true);
create policy order_worker on customer_order for select to hearth_worker using (true);
create policy order_paid on customer_order for update to hearth_worker using (true) with check (true);
grant select, insert, update (status, why, paid, paid_how) on customer_order to hearth_web;
grant select, update (paid, paid_how) on customer_order to hearth_worker;

create table order_line (
  order_id uuid not null references customer_order,
  number smallint not null check (number between 1 and 30),
  product text not null references product,
  quantity integer not null check (quantity > 0),
  -- Empty ones handed back: as promised, and once delivered as they were.
  empties integer not null default 0,
  unit_price bigint not null default 0,
  deposit bigint not null default 0,
  amount bigint not null generated always as (quantity * unit_price + (quantity - empties) * deposit) stored,
  primary key (order_id, number),
  unique (order_id, product),
  constraint order_line_empties check (empties between 0 and quantity)
);
create index order_line_product on order_line (product);

-- Prices are the catalogue's of that day, whatever was sent; and what was ordered is promised from the depot's stock.
create function order_line_begins() returns trigger
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
  return new;
end $$;
create trigger order_line_begins before insert on order_line for each row execute function order_line_begins();

create function order_adds_up() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update customer_order o set total = o.slot_charge + (select sum(l.amount) from order_line l where l.order_id = o.id)
    where o.id = new.order_id;
  return null;
end $$;
create trigger order_adds_up after insert or update on order_line for each row execute function order_adds_up();

-- Ordering ahead: what is out of stock or not sold yet is waited for in line. What comes is for those who wait, in
-- their order: nobody who orders later takes it from them. How many pieces are waited for at a depot by those who
-- ordered ahead before a moment.
create function pieces_waited_for(of_depot text, of_product text, before timestamptz, but_not uuid)
returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(sum(l.quantity), 0)::integer from customer_order o join order_line l on l.order_id = o.id
  where o.status = 'preordered' and o.depot = of_depot and l.product = of_product and o.id <> but_not
    and (o.created_at, o.id) < (before, but_not)
$$;
revoke all on function pieces_waited_for(text, text, timestamptz, uuid) from public;
grant execute on function pieces_waited_for(text, text, timestamptz, uuid) to hearth_web, hearth_worker;

-- Where an order stands in line, and whether its turn has come.
create function place_of_preorder(of_order uuid) returns table (place integer, served boolean, expected_on date, sold_from date)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*)::integer + 1 from customer_order e join order_line el on el.order_id = e.id
          where e.status = 'preordered' and e.depot = o.depot and el.product = l.product
            and (e.created_at, e.id) < (o.created_at, o.id)),
         s.on_hand - s.reserved - pieces_waited_for(o.depot, l.product, o.created_at, o.id) >= l.quantity
           and (p.sold_from is null or p.sold_from <= current_date + 1),
         s.expected_on, p.sold_from
  from customer_order o join order_line l on l.order_id = o.id join product p on p.code = l.product
  join stock s on s.depot = o.depot and s.product = l.product
  where o.id = of_order and o.status = 'preordered'
    and (app_role() <> 'customer' or o.account_id = any (app_accounts_seen()))
  order by l.number limit 1
$$;
revoke all on function place_of_preorder(uuid) from public;
grant execute on function place_of_preorder(uuid) to hearth_web, hearth_worker;

alter table order_line enable row level security;
create policy order_line_seen on order_line for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
create policy order_line_made on order_line for insert to hearth_web
  with check (exists (select 1 from customer_order o where o.id = order_id and o.created_at = now()
                      and o.status in ('placed', 'preordered')));
create policy order_line_delivered on order_line for update to hearth_web
  using ((select app_is_staff()) and exists (select 1 from customer_order o where o.id = order_id and o.status = 'on_the_way'));
create policy order_line_worker on order_line for select to hearth_worker using (true);
grant select, insert, update (empties) on order_line to hearth_web;
grant select on order_line to hearth_worker;

-- Only the customer reads it; the rest of the house asks whether one that was typed is right.
create table order_code (
  order_id uuid primary key references customer_order,
  code text not null check (code ~ '^[0-9]{6}$'),
  tries smallint not null default 0 check (tries between 0 and 5),
  renewed smallint not null default 0 check (renewed between 0 and 5),
  used_at timestamptz
);

-- Six digits of a random UUID, which the database draws from the system's own source.
create function fresh_delivery_code() returns text language sql volatile set search_path = public, pg_temp as $$
  select lpad((('x' || left(replace(gen_random_uuid()::text, '-', ''), 8))::bit(32)::bigint % 1000000)::text, 6, '0')
$$;
revoke all on function fresh_delivery_code() from public;

-- Says whether the code is right, and counts. `right`, `wrong`, `spent` after five wrong ones, or `moment` when it is
-- not under way.
create function check_delivery_code(of_order uuid, typed text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kept order_code;
begin
  if not app_is_staff() then
    raise exception 'only who brings it' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from customer_order where id = of_order and status = 'on_the_way' for update;
  if not found then return 'moment'; end if;
  select * into kept from order_code where order_id = of_order for update;
  if kept.tries >= 5 then return 'spent'; end if;
  if kept.code = typed then
    update order_code set used_at = now() where order_id = of_order;
    return 'right';
  end if;
  update order_code set tries = tries + 1 where order_id = of_order;
  return case when kept.tries >= 4 then 'spent' else 'wrong' end;
end $$;
revoke all on function check_delivery_code(uuid, text) from public;
grant execute on function check_delivery_code(uuid, text) to hearth_web;

-- Another code, where the first was tried out or seen by somebody: at most five times, by whoever may act on the account.
create function renew_delivery_code(of_order uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from customer_order o where o.id = of_order and o.ended_at is null and app_role() = 'customer'
    and o.account_id = any (app_accounts_acted_on()) for update;
  if not found then return false; end if;
  update order_code set code = fresh_delivery_code(), tries = 0, renewed = renewed + 1
    where order_id = of_order and renewed < 5;
  return found;
end $$;
revoke all on function renew_delivery_code(uuid) from public;
grant execute on function renew_delivery_code(uuid) to hearth_web;

alter table order_code enable row level security;
create policy order_code_seen on order_code for select to hearth_web
  using ((select app_role()) = 'customer'
         and exists (select 1 from customer_order o where o.id = order_id
                     and o.account_id = any ((select app_accounts_acted_on())::uuid[])));
create policy order_code_worker on order_code for select to hearth_worker using (true);
grant select on order_code to hearth_web, hearth_worker;

create table order_event (
  order_id uuid not null references customer_order,
  number integer not null check (number > 0),
  -- Drawn from the same row of numbers as a request's events, so that one feed tells both in order.
  seq bigint not null default 0,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null check (kind in (
    'placed', 'preordered', 'available', 'packed', 'unpacked', 'on_the_way', 'missed', 'delivered', 'cancelled', 'moved',
    'paid', 'code_renewed')),
  actor_id uuid references person,
  actor_role text not null,
  at timestamptz not null default now(),
  payload jsonb not null default '{}' check (length(payload::text) <= 2000),
  primary key (order_id, number)
);
create index order_event_feed on order_event (xid, seq);

-- Seen from outside: which requests and orders changed, in commit order, below the oldest transaction still running.
-- Ids only; who acted; and from whom a request was taken away, who hear of it once more, to see it go.
-- It is read after every commit, by every web process, and finds a handful of rows. The planner cannot know: for it,
-- "after this place" is a third of ten million, and worth two helping processes, whose start takes a hundred times as
-- long as the reading.
create function feed_after(after_xid xid8, after_seq bigint, most integer)
returns table (xid xid8, seq bigint, request_id uuid, reference text, number integer, kind text, visibility text,
               actor_id uuid, requester_id uuid, account_id uuid, private boolean, team_id uuid, agent_id uuid, taken_from jsonb)
language sql stable security definer set search_path = public, pg_temp set max_parallel_workers_per_gather = 0 as $$
  (select e.xid, e.seq, e.request_id, r.reference, e.number, e.kind, e.visibility,
          e.actor_id, r.requester_id, r.account_id, r.private, r.team_id, r.agent_id,
          case when e.kind = 'assigned' then e.payload->'taken_from' end
   from request_event e join request r on r.id = e.request_id
   where (e.xid, e.seq) > (after_xid, after_seq)
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.seq
   limit most)
  union all
  (select e.xid, e.seq, e.order_id, o.reference, e.number, 'order', 'public',
          e.actor_id, o.person_id, o.account_id, false, null, null, null
   from order_event e join customer_order o on o.id = e.order_id
   where (e.xid, e.seq) > (after_xid, after_seq)
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.seq
   limit most)
  order by 1, 2
  limit most
$$;
revoke all on function feed_after(xid8, bigint, integer) from public;
grant execute on function feed_after(xid8, bigint, integer) to hearth_web, hearth_worker;

-- The newest position that a reader may start from.
create function feed_position() returns table (xid xid8, seq bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select newest.xid, newest.seq from (
    (select e.xid, e.seq from request_event e
     where e.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by e.xid desc, e.seq desc limit 1)
    union all
    (select e.xid, e.seq from order_event e
     where e.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by e.xid desc, e.seq desc limit 1)) newest
  order by newest.xid desc, newest.seq desc limit 1
$$;
revoke all on function feed_position() from public;
grant execute on function feed_position() to hearth_web, hearth_worker;

create function order_event_number() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update customer_order set last_number = last_number + 1 where id = new.order_id returning last_number into new.number;
  if new.number is null then raise exception 'no such order' using errcode = 'foreign_key_violation'; end if;
  new.seq := nextval(pg_get_serial_sequence('request_event', 'seq'));
  new.actor_id := app_person();
  new.actor_role := app_role();
  return new;
end $$;
create trigger order_event_number before insert on order_event for each row execute function order_event_number();

alter table order_event enable row level security;
create policy order_event_seen on order_event for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
create policy order_event_made on order_event for insert to hearth_web
  with check (exists (select 1 from customer_order o where o.id = order_id));
create policy order_event_worker on order_event to hearth_worker using (true) with check (true);
grant select, insert on order_event to hearth_web, hearth_worker;

-- Who may take an order from where to where. `orders/status.ts` holds the same table.
create table order_move (
  from_status text not null,
  to_status text not null,
  by_whom text not null check (by_whom in ('customer', 'staff', 'system')),
  primary key (from_status, to_status, by_whom)
);

insert into order_move (from_status, to_status, by_whom) values
  ('preordered', 'placed', 'customer'), ('preordered', 'placed', 'staff'),
  ('preordered', 'cancelled', 'customer'), ('preordered', 'cancelled', 'staff'),
  ('placed', 'packed', 'staff'), ('placed', 'cancelled', 'customer'), ('placed', 'cancelled', 'staff'),
  ('packed', 'placed', 'staff'), ('packed', 'on_the_way', 'staff'),
  ('packed', 'cancelled', 'customer'), ('packed', 'cancelled', 'staff'),
  ('on_the_way', 'delivered', 'staff'), ('on_the_way', 'missed', 'staff'),
  ('missed', 'placed', 'customer'), ('missed', 'placed', 'staff'),
  ('missed', 'cancelled', 'customer'), ('missed', 'cancelled', 'staff');

alter table order_move enable row level security;
create policy order_move_seen on order_move for select to hearth_web, hearth_worker using (true);
grant select on order_move to hearth_web, hearth_worker;

-- Paying for an order by card before it comes. A payment counts once, however often its end is told.
create table order_payment (
  attempt_id uuid primary key references payment_attempt,
  order_id uuid not null references customer_order,
  amount bigint not null check (amount > 0),
  at timestamptz not null default now()
);
create index order_payment_order on order_payment (order_id);

alter table order_payment enable row level security;
create policy order_payment_seen on order_payment for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
grant select on order_payment to hearth_web;

-- What was paid for what never came, or too much of it, is owed back: a row that somebody hands on.
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

alter table order_refund enable row level security;
create policy order_refund_seen on order_refund for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
create policy order_refund_handed_on on order_refund for update to hearth_web
  using ((select app_is_staff())) with check (handed_on_by = (select app_person()));
grant select, update (handed_on_at, handed_on_by) on order_refund to hearth_web;

-- How soon, and how often in a year, an account gets a full cylinder: what a utility or its regulator sets. No row, no rule.
create table refill_rule (
  kind text primary key check (kind = 'cylinder'),
  gap_days integer check (gap_days between 1 and 120),
  per_year integer check (per_year between 1 and 400),
  changed_by uuid references person,
  changed_at timestamptz not null default now(),
  check (gap_days is not null or per_year is not null)
);

-- From which day an account may order cylinders again, by which rule, and how many are left this year.
create function refill_from(of_account uuid, on_day date)
returns table (from_day date, why text, gap_days integer, per_year integer, left_over integer)
language sql stable security definer set search_path = public, pg_temp as $$
  with past as (
    select o.placed_on, l.quantity from customer_order o
    join order_line l on l.order_id = o.id join product p on p.code = l.product and p.takes_back
    where o.account_id = of_account and o.status <> 'cancelled'
      and (app_is_staff() or o.account_id = any (app_accounts_seen()))),
  sums as (
    select max(placed_on) as last_on,
           coalesce(sum(quantity) filter (where date_trunc('year', placed_on) = date_trunc('year', on_day)), 0)::integer as used
    from past),
  next as (
    select r.gap_days, r.per_year, s.last_on + r.gap_days as by_gap,
           case when s.used >= r.per_year then (date_trunc('year', on_day) + interval '1 year')::date end as by_quota,
           greatest(r.per_year - s.used, 0) as left_over
    from refill_rule r cross join sums s where r.kind = 'cylinder')
  select greatest(by_gap, by_quota, on_day),
         case when by_quota > on_day and by_quota >= coalesce(by_gap, by_quota) then 'quota' when by_gap > on_day then 'gap' end,
         next.gap_days, next.per_year, next.left_over
  from next
$$;
revoke all on function refill_from(uuid, date) from public;
grant execute on function refill_from(uuid, date) to hearth_web;

alter table refill_rule enable row level security;
create policy refill_rule_seen on refill_rule for select to hearth_web using (true);
create policy refill_rule_set on refill_rule for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'))
  with check ((select app_role()) in ('supervisor', 'admin') and changed_by = (select app_person()));
grant select, insert, update (gap_days, per_year, changed_by, changed_at), delete on refill_rule to
  hearth_web;

-- The rule holds whoever sends what; two orders of one account at once wait for each other. Staff may know better.
create function order_line_keeps_refill_rule() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ordered customer_order;
  rule refill_rule;
begin
  select * into rule from refill_rule where kind = 'cylinder';
  if rule.kind is null or app_role() <> 'customer'
     or not exists (select 1 from product where code = new.product and takes_back) then return new; end if;
  select * into ordered from customer_order where id = new.order_id;
  perform pg_advisory_xact_lock(hashtextextended(ordered.account_id::text, 240));
  if exists (select 1 from customer_order o join order_line l on l.order_id = o.id
             join product p on p.code = l.product and p.takes_back
             where o.account_id = ordered.account_id and o.id <> ordered.id and o.status <> 'cancelled'
               and o.placed_on + rule.gap_days > ordered.placed_on)
     or new.quantity + (select coalesce(sum(l.quantity), 0) from customer_order o join order_line l on l.order_id = o.id
             join product p on p.code = l.product and p.takes_back
             where o.account_id = ordered.account_id and o.status <> 'cancelled'
               and date_trunc('year', o.placed_on) = date_trunc('year', ordered.placed_on)) > rule.per_year then
    raise exception 'too soon, or too many this year' using errcode = 'check_violation', constraint = 'refill_rule_kept';
  end if;
  return new;
end $$;
create trigger order_line_keeps_refill_rule before insert on order_line
  for each row execute function order_line_keeps_refill_rule();

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

-- An order's place in a slot: seen by whoever sees the order, taken and given back by whoever may act for it.
create policy place_of_order_seen on slot_place for select to hearth_web using (
  subject_kind = 'order' and exists (select 1 from customer_order o where o.id = subject_id));
create policy place_of_order_taken on slot_place for insert to hearth_web with check (
  subject_kind = 'order' and exists (
    select 1 from customer_order o where o.id = subject_id
      and ((select app_is_staff()) or o.account_id = any ((select app_accounts_acted_on())::uuid[]))));
create policy place_of_order_changed on slot_place for update to hearth_web using (
  subject_kind = 'order' and exists (
    select 1 from customer_order o where o.id = subject_id
      and ((select app_is_staff()) or o.account_id = any ((select app_accounts_acted_on())::uuid[]))))
  with check (true);
