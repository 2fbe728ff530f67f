-- Refills that come by themselves: what a customer wants brought again and again, and what became of each turn. The worker
-- orders some days before; that a turn is taken once is held here, whoever runs twice or dies half-way.

create table refill_plan (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account,
  premises_id uuid not null references premises,
  -- In whose name it is ordered: who set it up, or took it up again last.
  person_id uuid not null references person,
  product text not null references product,
  quantity integer not null check (quantity between 1 and 5000),
  -- Every so many weeks; null: as fast as they use it up.
  weeks smallint check (weeks between 1 and 26),
  -- The day by which the next is wanted, and which turn that is.
  next_on date not null,
  period integer not null default 1 check (period > 0),
  state text not null default 'active' check (state in ('active', 'paused', 'ended')),
  form_key uuid not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'ended') = (ended_at is not null)),
  constraint refill_plan_form unique (person_id, form_key)
);
create unique index refill_plan_one on refill_plan (premises_id, product) where state <> 'ended';
create index refill_plan_account on refill_plan (account_id, created_at desc);
create index refill_plan_due on refill_plan (next_on) where state = 'active';

create table refill_turn (
  plan_id uuid not null references refill_plan,
  period integer not null check (period > 0),
  due_on date not null,
  outcome text not null check (outcome in ('waiting', 'ordered', 'skipped')),
  -- What is in the way while it waits.
  why text check (why in ('gap', 'quota', 'not_there', 'not_sold', 'no_stock', 'no_slot', 'order_open')),
  check ((outcome = 'waiting') = (why is not null)),
  order_id uuid unique references customer_order,
  check ((outcome = 'ordered') = (order_id is not null)),
  at timestamptz not null default now(),
  -- Once for each turn.
  primary key (plan_id, period)
);

create function refill_plan_guard() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.id, new.account_id, new.premises_id, new.product, new.form_key, new.created_at)
     is distinct from (old.id, old.account_id, old.premises_id, old.product, old.form_key, old.created_at)
     or old.state = 'ended' then
    raise exception 'what was set up stays as it was' using errcode = 'check_violation', constraint = 'refill_plan_stays';
  end if;
  if new.period <> old.period and not (new.period = old.period + 1 and exists (
       select 1 from refill_turn t where t.plan_id = old.id and t.period = old.period and t.outcome <> 'waiting')) then
    raise exception 'one turn after the other' using errcode = 'check_violation', constraint = 'refill_plan_period';
  end if;
  new.ended_at := case when new.state = 'ended' then now() end;
  return new;
end $$;
create trigger refill_plan_guard before update on refill_plan for each row execute function refill_plan_guard();

create function refill_turn_guard() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  plan refill_plan;
begin
  select * into plan from refill_plan where id = new.plan_id;
  if tg_op = 'UPDATE' and ((new.plan_id, new.period) is distinct from (old.plan_id, old.period) or old.outcome <> 'waiting')
     or plan.period <> new.period or plan.state = 'ended' then
    raise exception 'a turn is taken once' using errcode = 'check_violation', constraint = 'refill_turn_once';
  end if;
  if new.outcome = 'ordered' and not exists (
       select 1 from customer_order o join order_line l on l.order_id = o.id
       where o.id = new.order_id and o.account_id = plan.account_id and l.product = plan.product) then
    raise exception 'that order is not of this plan' using errcode = 'check_violation', constraint = 'refill_turn_order';
  end if;
  return new;
end $$;
create trigger refill_turn_guard before insert or update on refill_turn for each row execute function refill_turn_guard();

-- For whoever comes to the account no more, nothing is ordered any more.
create function refills_end_with_member() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update refill_plan set state = 'ended'
    where account_id = old.account_id and person_id = old.person_id and state <> 'ended';
  return null;
end $$;
create trigger refills_end_with_member after delete on account_member
  for each row execute function refills_end_with_member();
create trigger refills_end_with_scope after update of scope on account_member
  for each row when (old.scope = 'act' and new.scope <> 'act') execute function refills_end_with_member();

alter table refill_plan enable row level security;
create policy refill_plan_seen on refill_plan for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy refill_plan_made on refill_plan for insert to hearth_web with check (
  person_id = (select app_person()) and state = 'active' and period = 1 and created_at = now()
  and account_id = any ((select app_accounts_acted_on())::uuid[])
  and exists (select 1 from premises p where p.id = premises_id and p.account_id = refill_plan.account_id));
create policy refill_plan_changed on refill_plan for update to hearth_web
  using (account_id = any ((select app_accounts_acted_on())::uuid[]) or (select app_is_staff()))
  with check ((select app_is_staff()) or person_id = (select app_person()));
create policy refill_plan_worker on refill_plan for select to hearth_worker using (true);
create policy refill_plan_goes_on on refill_plan for update to hearth_worker using (true) with check (true);
grant select, insert, update (person_id, quantity, weeks, next_on, period, state) on refill_plan to hearth_web;
grant select, update (next_on, period, state) on refill_plan to hearth_worker;
create trigger budget_of_refills after insert on refill_plan for each row execute function spend_budget('request', 60, 60);

alter table refill_turn enable row level security;
create policy refill_turn_seen on refill_turn for select to hearth_web
  using (exists (select 1 from refill_plan p where p.id = plan_id));
create policy refill_turn_skipped on refill_turn for insert to hearth_web with check (
  outcome = 'skipped' and exists (select 1 from refill_plan p where p.id = plan_id
    and ((select app_is_staff()) or p.account_id = any ((select app_accounts_acted_on())::uuid[]))));
create policy refill_turn_skipped_late on refill_turn for update to hearth_web
  using (exists (select 1 from refill_plan p where p.id = plan_id
    and ((select app_is_staff()) or p.account_id = any ((select app_accounts_acted_on())::uuid[]))))
  with check (outcome = 'skipped');
create policy refill_turn_worker on refill_turn for all to hearth_worker using (true) with check (true);
grant select, insert, update (outcome, why, at) on refill_turn to hearth_web;
grant select, insert, update (outcome, why, order_id, at) on refill_turn to hearth_worker;

-- The worker orders for a plan that is active, and for nothing else.
create policy order_of_refill on customer_order for insert to hearth_worker with check (
  status = 'placed' and created_at = now() and ended_at is null and paid = 0 and total = 0 and last_number = 0
  and logged_by is null and exists (
    select 1 from refill_plan p where p.account_id = customer_order.account_id and p.person_id = customer_order.person_id
      and p.premises_id = customer_order.premises_id and p.state = 'active'));
create policy order_line_of_refill on order_line for insert to hearth_worker with check (
  exists (select 1 from customer_order o join refill_plan p on p.account_id = o.account_id and p.state = 'active'
          where o.id = order_id and o.created_at = now() and p.product = order_line.product));
grant insert on customer_order, order_line to hearth_worker;

create policy bottled_supply_worker on bottled_supply for select to hearth_worker using (true);
grant select on bottled_supply to hearth_worker;

-- The rule of refills holds for what comes by itself too.
create or replace function order_line_keeps_refill_rule() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ordered customer_order;
  rule refill_rule;
begin
  select * into rule from refill_rule where kind = 'cylinder';
  if rule.kind is null or app_role() not in ('customer', 'system')
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

create or replace function refill_from(of_account uuid, on_day date)
returns table (from_day date, why text, gap_days integer, per_year integer, left_over integer)
language sql stable security definer set search_path = public, pg_temp as $$
  with past as (
    select o.placed_on, l.quantity from customer_order o
    join order_line l on l.order_id = o.id join product p on p.code = l.product and p.takes_back
    where o.account_id = of_account and o.status <> 'cancelled'
      and (app_is_staff() or app_role() = 'system' or o.account_id = any (app_accounts_seen()))),
  sums as (
    select max(placed_on) as last_on,
           coalesce(sum(quantity) filter (where date_trunc('year', placed_on) = date_trunc('year', on_day)), 0)::integer as used
    from past),
  next as (
    select r.gap_days, r.per_year, s.last_on + r.gap_days as by_gap,
           case when s.used >= r.per_year then (date_trunc('year', on_day) + interval '1 year')::date end as by_quota,
           -- Where no number is set there is none left over either: `greatest` alone would make it 0.
           case when r.per_year is not null then greatest(r.per_year - s.used, 0) end as left_over
    from refill_rule r cross join sums s where r.kind = 'cylinder')
  select greatest(by_gap, by_quota, on_day),
         case when by_quota > on_day and by_quota >= coalesce(by_gap, by_quota) then 'quota' when by_gap > on_day then 'gap' end,
         next.gap_days, next.per_year, next.left_over
  from next
$$;
grant execute on function refill_from(uuid, date) to hearth_worker;

-- Whoever is about to close orders nothing new; called off, they take it up again themselves.
create function closing_pauses_refills() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update refill_plan set state = 'paused' where person_id = new.person_id and state = 'active';
  return null;
end $$;
create trigger closing_pauses_refills after insert on closing for each row execute function closing_pauses_refills();
