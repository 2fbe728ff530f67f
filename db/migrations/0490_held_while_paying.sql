-- Whoever pays for an order by card has its time held while they pay, and for no longer. Paid, the place is theirs; so it is
-- where they pay at the door instead. Where neither happens, the worker calls the order off and others have the place.
alter table customer_order drop constraint customer_order_why_check;
alter table customer_order add constraint customer_order_why_check check (why in (
  'customer', 'no_stock', 'unsafe', 'duplicate', 'nobody_home', 'no_access', 'no_code', 'other',
  'weather', 'staff', 'holiday', 'safety', 'late', 'unpaid', 'paid_late'));
alter table order_event drop constraint order_event_kind_check;
alter table order_event add constraint order_event_kind_check check (kind in (
  'placed', 'preordered', 'available', 'packed', 'unpacked', 'on_the_way', 'missed', 'delivered', 'cancelled', 'moved',
  'paid', 'code_renewed', 'at_door'));
insert into order_move (from_status, to_status, by_whom) values ('placed', 'cancelled', 'system');

-- From paying by card to paying at the door, and never back; before it is packed.
create or replace function order_pays_otherwise() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.pays <> 'on_delivery' or old.status <> 'placed' then
    raise exception 'how an order is paid is settled' using errcode = 'check_violation', constraint = 'order_stays';
  end if;
  return new;
end $$;
create trigger order_pays_otherwise before update of pays on customer_order for each row
  when (new.pays <> old.pays) execute function order_pays_otherwise();
grant update (pays) on customer_order to hearth_web;

-- What its time costs is known from the moment in which it is held.
create or replace trigger order_charges_slot after insert or update of slot_id, state on slot_place for each row
  when (new.subject_kind = 'order' and new.state in ('held', 'taken')) execute function order_charges_slot();

create or replace function order_is_whole() returns trigger
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
       where p.subject_kind = 'order' and p.subject_id = new.id
         and (p.state = 'taken'
              or (p.state = 'held' and now_is.status = 'placed' and now_is.pays = 'card' and now_is.paid = 0))
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

-- What was paid makes the place theirs. Where it went to somebody else before the money came, what they ordered stays
-- theirs and they choose another time; only the worker says so, for no customer moves an order there.
create or replace function count_order_payments(of_order uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  news bigint;
  ordered customer_order;
  too_late boolean;
  nth integer;
begin
  select * into ordered from customer_order where id = of_order for update;
  too_late := ordered.status = 'placed' and not exists (
    select 1 from slot_place p where p.subject_kind = 'order' and p.subject_id = of_order and p.state in ('held', 'taken'));
  if too_late and app_whom() <> 'system' then return; end if;
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
    values (of_order, 1, '', 'paid', jsonb_build_object('how', 'card')) returning number into nth;
  if too_late then
    update customer_order set status = 'missed', why = 'paid_late' where id = of_order;
    insert into order_event (order_id, number, actor_role, kind, payload)
      values (of_order, 1, '', 'missed', jsonb_build_object('why', 'paid_late')) returning number into nth;
    insert into outbox (job, payload) values ('orders.tell_customer',
      jsonb_build_object('orderId', of_order, 'number', nth, 'kind', 'paid_late'));
    return;
  end if;
  update slot_place set state = 'taken', hold_until = null
    where subject_kind = 'order' and subject_id = of_order and state = 'held';
  if found then
    insert into outbox (job, payload) values ('orders.tell_customer',
      jsonb_build_object('orderId', of_order, 'number', nth, 'kind', 'placed'));
  end if;
end $$;

-- The worker shuts the demo's page, too, where the time is over.
create policy demo_checkout_shut on demo_checkout for update to hearth_worker using (true) with check (state = 'expired');
grant update (state) on demo_checkout to hearth_worker;
create policy demo_card_shut on demo_card for update to hearth_worker using (true) with check (state = 'expired');
grant update (state) on demo_card to hearth_worker;
