-- What can be ordered, what it costs from which day on, and what lies where. Full and empty cylinders are never written
-- down as a number: every piece that comes, goes or changes is a move in a ledger, and the database counts from it.

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

-- A place from which areas are served.
create table depot (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{1,29}$'),
  name text not null check (length(name) between 1 and 60),
  retired_at timestamptz
);
create table depot_area (
  area text primary key references area,
  depot text not null references depot
);
create index depot_area_depot on depot_area (depot);

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

-- How gas comes to a place beside the pipe.
create table bottled_supply (
  premises_id uuid primary key references premises on delete cascade,
  kind text not null check (kind in ('cylinder', 'tank')),
  since date not null default current_date
);

-- How many cylinders of ours are with the customer.
create table cylinder_holding (
  account_id uuid not null references account,
  product text not null references product,
  held integer not null default 0 constraint cylinder_held check (held >= 0),
  primary key (account_id, product)
);

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

alter table product enable row level security;
alter table product_price enable row level security;
alter table depot enable row level security;
alter table depot_area enable row level security;
alter table stock enable row level security;
alter table bottled_supply enable row level security;
alter table cylinder_holding enable row level security;
alter table stock_move enable row level security;

create policy product_seen on product for select to hearth_web, hearth_worker using (true);
create policy price_seen on product_price for select to hearth_web, hearth_worker using (true);
create policy depot_seen on depot for select to hearth_web, hearth_worker using (true);
create policy depot_area_seen on depot_area for select to hearth_web, hearth_worker using (true);
create policy stock_seen on stock for select to hearth_web, hearth_worker using (true);
create policy stock_expected on stock for update to hearth_web
  using ((select app_is_staff())) with check ((select app_is_staff()));
create policy bottled_supply_seen on bottled_supply for select to hearth_web using (
  (select app_is_staff()) or exists (select 1 from premises p where p.id = premises_id
                                     and p.account_id = any ((select app_accounts_seen())::uuid[])));
create policy holding_seen on cylinder_holding for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy stock_move_seen on stock_move for select to hearth_web using ((select app_is_staff()));
-- What belongs to an order is written by the database itself; staff count, receive, fill and write off.
create policy stock_move_made on stock_move for insert to hearth_web with check (
  (select app_is_staff()) and person_id = (select app_person()) and order_id is null and at = now()
  and kind in ('received', 'filled', 'counted', 'written_off'));

grant select on product, product_price, depot, depot_area, stock to hearth_web, hearth_worker;
grant select on bottled_supply, cylinder_holding, stock_move to hearth_web;
grant update (expected_on) on stock to hearth_web;
grant insert on stock_move to hearth_web;
