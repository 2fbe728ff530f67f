-- How it went, in the words of whoever it was for: one question after a visit and after a delivery. Read by supervisors.

create table visit_rating (
  visit_id uuid primary key references visit,
  request_id uuid not null references request,
  person_id uuid not null references person,
  score smallint not null check (score between 1 and 5),
  words text not null default '' check (length(words) <= 1000),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create index visit_rating_request on visit_rating (request_id);
create index visit_rating_newest on visit_rating (changed_at desc);

create table order_rating (
  order_id uuid primary key references customer_order,
  person_id uuid not null references person,
  score smallint not null check (score between 1 and 5),
  words text not null default '' check (length(words) <= 1000),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create index order_rating_newest on order_rating (changed_at desc);

alter table visit_rating enable row level security;
alter table order_rating enable row level security;
create policy visit_rating_seen on visit_rating for select to hearth_web
  using (person_id = (select app_person()) or (select app_role()) in ('supervisor', 'admin'));
create policy visit_rating_given on visit_rating for insert to hearth_web with check (
  (select app_role()) = 'customer' and person_id = (select app_person()) and exists (
    select 1 from visit v join request r on r.id = v.request_id
    where v.id = visit_id and v.request_id = visit_rating.request_id and v.state = 'done'
      and (r.requester_id = (select app_person())
           or (not r.private and r.account_id = any ((select app_accounts_acted_on())::uuid[])))));
create policy visit_rating_changed on visit_rating for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
create policy visit_rating_worker on visit_rating for all to hearth_worker using (true) with check (true);
create policy order_rating_seen on order_rating for select to hearth_web
  using (person_id = (select app_person()) or (select app_role()) in ('supervisor', 'admin'));
create policy order_rating_given on order_rating for insert to hearth_web with check (
  (select app_role()) = 'customer' and person_id = (select app_person()) and exists (
    select 1 from customer_order o where o.id = order_id and o.status = 'delivered'
      and o.account_id = any ((select app_accounts_acted_on())::uuid[])));
create policy order_rating_changed on order_rating for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
create policy order_rating_worker on order_rating for all to hearth_worker using (true) with check (true);
grant select, insert on visit_rating, order_rating to hearth_web;
grant update (score, words, changed_at) on visit_rating, order_rating to hearth_web;
grant select, delete on visit_rating, order_rating to hearth_worker;

-- Whether somebody of the account has said it already, whoever asks.
create function visit_is_rated(of_visit uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from visit_rating where visit_id = of_visit)
$$;
revoke all on function visit_is_rated(uuid) from public;
grant execute on function visit_is_rated(uuid) to hearth_web;
create function order_is_rated(of_order uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from order_rating where order_id = of_order)
$$;
revoke all on function order_is_rated(uuid) from public;
grant execute on function order_is_rated(uuid) to hearth_web;
