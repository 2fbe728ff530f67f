-- Orders: what somebody wants brought, into which slot, and how it stands. Stock is promised under its row's lock in the
-- transaction that places the order, and leaves the depot in the one that delivers it. That it was delivered can only be
-- said with a code which nobody but the customer can read.

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
create trigger budget_of_order after insert on customer_order
  for each row execute function spend_budget('request', 60, 60);

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

-- Only the customer reads it; the rest of the house asks whether one that was typed is right.
create table order_code (
  order_id uuid primary key references customer_order,
  code text not null check (code ~ '^[0-9]{6}$'),
  tries smallint not null default 0 check (tries between 0 and 5),
  renewed smallint not null default 0 check (renewed between 0 and 5),
  used_at timestamptz
);

create table order_event (
  order_id uuid not null references customer_order,
  number integer not null check (number > 0),
  -- Drawn from the same row of numbers as a request's events, so that one feed tells both in order.
  seq bigint not null default 0,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null check (kind in ('placed', 'preordered', 'packed', 'unpacked', 'on_the_way', 'missed', 'delivered',
                                     'cancelled', 'moved', 'paid', 'code_renewed')),
  actor_id uuid references person,
  actor_role text not null,
  at timestamptz not null default now(),
  payload jsonb not null default '{}' check (length(payload::text) <= 2000),
  primary key (order_id, number)
);
create index order_event_feed on order_event (xid, seq);

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
  if ordered.status = 'placed' then perform reserve_stock(ordered.depot, new.product, new.quantity); end if;
  return new;
end $$;

create function reserve_stock(of_depot text, of_product text, pieces integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update stock set reserved = reserved + pieces
    where depot = of_depot and product = of_product and on_hand - reserved >= pieces;
  if not found then
    raise exception 'there is not enough of % left', of_product
      using errcode = 'check_violation', constraint = 'stock_reserved_fits';
  end if;
end $$;
revoke all on function reserve_stock(text, text, integer) from public;
create trigger order_line_begins before insert on order_line for each row execute function order_line_begins();

create function order_adds_up() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update customer_order o set total = o.slot_charge + (select sum(l.amount) from order_line l where l.order_id = o.id)
    where o.id = new.order_id;
  return null;
end $$;
create trigger order_adds_up after insert or update on order_line for each row execute function order_adds_up();

create function order_code_given() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into order_code (order_id, code) values (new.id, fresh_delivery_code());
  return null;
end $$;
-- Six digits of a random UUID, which the database draws from the system's own source.
create function fresh_delivery_code() returns text language sql volatile set search_path = public, pg_temp as $$
  select lpad((('x' || left(replace(gen_random_uuid()::text, '-', ''), 8))::bit(32)::bigint % 1000000)::text, 6, '0')
$$;
revoke all on function fresh_delivery_code() from public;
create trigger order_code_given after insert on customer_order for each row execute function order_code_given();

-- What follows from how an order stands, in the same transaction: one out, one in.
create function order_moves_stock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  line record;
begin
  if new.status = old.status then return null; end if;
  for line in select l.*, p.takes_back from order_line l join product p on p.code = l.product
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
      perform reserve_stock(new.depot, line.product, line.quantity);
    end if;
  end loop;
  if new.status = 'delivered' and not exists (select 1 from order_code c where c.order_id = new.id and c.used_at is not null) then
    raise exception 'only the customer’s code says that it was delivered'
      using errcode = 'check_violation', constraint = 'order_code_needed';
  end if;
  if new.ended_at is not null then
    update order_code set code = '000000' where order_id = new.id;
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

alter table customer_order enable row level security;
alter table order_line enable row level security;
alter table order_code enable row level security;
alter table order_event enable row level security;
alter table order_move enable row level security;

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

create policy order_line_seen on order_line for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
create policy order_line_made on order_line for insert to hearth_web
  with check (exists (select 1 from customer_order o where o.id = order_id and o.created_at = now()
                      and o.status in ('placed', 'preordered')));
create policy order_line_delivered on order_line for update to hearth_web
  using ((select app_is_staff()) and exists (select 1 from customer_order o where o.id = order_id and o.status = 'on_the_way'));
create policy order_line_worker on order_line for select to hearth_worker using (true);

create policy order_code_seen on order_code for select to hearth_web
  using ((select app_role()) = 'customer'
         and exists (select 1 from customer_order o where o.id = order_id
                     and o.account_id = any ((select app_accounts_acted_on())::uuid[])));
create policy order_code_worker on order_code for select to hearth_worker using (true);

create policy order_event_seen on order_event for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
create policy order_event_made on order_event for insert to hearth_web
  with check (exists (select 1 from customer_order o where o.id = order_id));
create policy order_event_worker on order_event to hearth_worker using (true) with check (true);
create policy order_move_seen on order_move for select to hearth_web, hearth_worker using (true);

grant select, insert on customer_order, order_line, order_event to hearth_web;
grant update (status, why, paid, paid_how) on customer_order to hearth_web;
grant update (empties) on order_line to hearth_web;
grant select on order_code, order_move to hearth_web;
grant select on customer_order, order_line, order_code, order_event, order_move to hearth_worker;
grant update (paid, paid_how) on customer_order to hearth_worker;
grant insert on order_event to hearth_worker;

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
