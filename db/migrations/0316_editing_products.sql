-- Supervisors keep the catalogue of what is sold. A price holds from its day on: what was ordered before keeps its own, for
-- prices are only ever added, and taken back only while their day lies ahead.
alter table product add column changed_by uuid references person, add column changed_at timestamptz;
alter table product_price add column made_by uuid references person, add column made_at timestamptz not null default now();

create policy product_made on product for insert to hearth_web
  with check ((select app_role()) in ('supervisor', 'admin') and changed_by = (select app_person()));
create policy product_changed on product for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check (changed_by = (select app_person()));
create policy price_made on product_price for insert to hearth_web
  with check ((select app_role()) in ('supervisor', 'admin') and made_by = (select app_person())
              and from_day >= (now() at time zone interval '-12:00')::date);
create policy price_taken_back on product_price for delete to hearth_web
  using ((select app_role()) in ('supervisor', 'admin') and from_day > (now() at time zone interval '+14:00')::date);
grant insert on product, product_price to hearth_web;
grant update (name, about, least, most, sold_from, place, retired_at, changed_by, changed_at) on product to hearth_web;
grant delete on product_price to hearth_web;
