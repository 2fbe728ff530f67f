-- How soon, and how often in a year, an account gets a full cylinder: what a utility or its regulator sets. No row, no rule.
create table refill_rule (
  kind text primary key check (kind = 'cylinder'),
  gap_days integer check (gap_days between 1 and 120),
  per_year integer check (per_year between 1 and 400),
  changed_by uuid references person,
  changed_at timestamptz not null default now(),
  check (gap_days is not null or per_year is not null)
);
alter table refill_rule enable row level security;
create policy refill_rule_seen on refill_rule for select to hearth_web using (true);
create policy refill_rule_set on refill_rule for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'))
  with check ((select app_role()) in ('supervisor', 'admin') and changed_by = (select app_person()));
grant select, insert, delete on refill_rule to hearth_web;
grant update (gap_days, per_year, changed_by, changed_at) on refill_rule to hearth_web;

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
