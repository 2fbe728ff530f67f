-- What went wrong with an order is put into somebody's hands: a request about it, once for each order, whatever else goes
-- wrong with it. Here stands which.
create table order_exception (
  order_id uuid primary key references customer_order,
  why text not null check (why in ('unsafe', 'missed_twice', 'rated_low')),
  request_id uuid references request,
  at timestamptz not null default now()
);
create index order_exception_request on order_exception (request_id) where request_id is not null;

alter table order_exception enable row level security;
create policy order_exception_seen on order_exception for select to hearth_web
  using (exists (select 1 from customer_order o where o.id = order_id));
create policy order_exception_raised on order_exception for insert to hearth_web with check (
  at = now() and request_id is null and exists (
    select 1 from customer_order o where o.id = order_id
      and ((select app_is_staff()) or o.account_id = any ((select app_accounts_acted_on())::uuid[]))));
-- Its request, once, in the transaction that raised it.
create policy order_exception_bound on order_exception for update to hearth_web
  using (request_id is null and at = now()) with check (true);
grant select, insert (order_id, why), update (request_id) on order_exception to hearth_web;
create policy order_exception_worker on order_exception for select to hearth_worker using (true);
grant select on order_exception to hearth_worker;
