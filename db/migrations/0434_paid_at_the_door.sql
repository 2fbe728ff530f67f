-- What is paid at the door is a payment of the order like one by card: with a reference, a day and a receipt. There is no
-- attempt behind it; whoever delivered wrote it down.
alter table order_payment add column id uuid not null default uuidv7();
alter table order_payment drop constraint order_payment_pkey;
alter table order_payment add primary key (id);
alter table order_payment alter column attempt_id drop not null;
alter table order_payment add constraint order_payment_attempt unique (attempt_id);
alter table order_payment
  add column method text not null default 'card' check (method in ('card', 'cash', 'card_reader')),
  add column reference text unique check (reference ~ '^P-[0-9A-Z]{8}$'),
  add column paid_on date,
  add column made_by uuid references person,
  add constraint order_payment_is_one check (
    case when method = 'card' then attempt_id is not null and reference is null and paid_on is null and made_by is null
         else attempt_id is null and reference is not null and paid_on is not null and made_by is not null end);
create index order_payment_made_by on order_payment (made_by) where made_by is not null;

-- By whoever delivers, in the moment of it, and never more than is still open.
create policy order_payment_at_door on order_payment for insert to hearth_web with check (
  (select app_is_staff()) and made_by = (select app_person()) and attempt_id is null and at = now()
  and exists (select 1 from customer_order o where o.id = order_id and o.status = 'delivered'
              and order_payment.amount <= o.total - o.paid));
grant insert on order_payment to hearth_web;
