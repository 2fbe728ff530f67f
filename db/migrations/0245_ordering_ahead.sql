-- Ordering ahead: what is out of stock or not sold yet is waited for in line. What comes is for those who wait, in their
-- order: nobody who orders later takes it from them.

alter table order_event drop constraint order_event_kind_check;
alter table order_event add constraint order_event_kind_check check (kind in (
  'placed', 'preordered', 'available', 'packed', 'unpacked', 'on_the_way', 'missed', 'delivered', 'cancelled', 'moved',
  'paid', 'code_renewed'));

-- How many pieces are waited for at a depot by those who ordered ahead before a moment.
create function pieces_waited_for(of_depot text, of_product text, before timestamptz, but_not uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(sum(l.quantity), 0)::integer from customer_order o join order_line l on l.order_id = o.id
  where o.status = 'preordered' and o.depot = of_depot and l.product = of_product and o.id <> but_not
    and (o.created_at, o.id) < (before, but_not)
$$;
revoke all on function pieces_waited_for(text, text, timestamptz, uuid) from public;
grant execute on function pieces_waited_for(text, text, timestamptz, uuid) to hearth_web, hearth_worker;

drop function reserve_stock(text, text, integer);
create function reserve_stock(of_depot text, of_product text, pieces integer, of_order uuid, since timestamptz) returns void
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
  return new;
end $$;

create or replace function order_moves_stock() returns trigger
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

create function stock_came() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into outbox (job, payload)
    values ('orders.stock_came', jsonb_build_object('depot', new.depot, 'product', new.product));
  return null;
end $$;
create trigger stock_came after insert on stock_move for each row
  when (new.full_change > 0) execute function stock_came();

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
create index customer_order_in_line on customer_order (depot, created_at, id) where status = 'preordered';
