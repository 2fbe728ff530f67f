-- Supervisors say from which depots which areas are served, and the desk how gas comes to a place beside the pipe: without
-- these nobody can be brought anything.
create policy depot_made on depot for insert to hearth_web
  with check ((select app_role()) in ('supervisor', 'admin') and retired_at is null);
create policy depot_changed on depot for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check (true);
create policy depot_area_kept on depot_area for all to hearth_web
  using ((select app_role()) in ('supervisor', 'admin')) with check ((select app_role()) in ('supervisor', 'admin'));
grant insert (code, name), update (name, retired_at) on depot to hearth_web;
grant insert, update (depot), delete on depot_area to hearth_web;

-- What is on its way from a depot to an area ends first: its order belongs to that depot for good.
create function depot_area_in_use() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (tg_op = 'DELETE' or new.depot <> old.depot) and exists (
       select 1 from customer_order o
       join slot_place p on p.subject_kind = 'order' and p.subject_id = o.id and p.state = 'taken'
       join slot s on s.id = p.slot_id
       where o.ended_at is null and o.depot = old.depot and s.area = old.area) then
    raise exception 'orders are still brought there from this depot'
      using errcode = 'check_violation', constraint = 'depot_area_in_use';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger depot_area_in_use before update or delete on depot_area
  for each row execute function depot_area_in_use();

-- The day on which more is expected may be known before any of it was ever there.
create policy stock_awaited on stock for insert to hearth_web
  with check ((select app_is_staff()) and on_hand = 0 and reserved = 0 and empties = 0);
grant insert (depot, product, expected_on) on stock to hearth_web;

alter table bottled_supply add column changed_by uuid references person;
create index bottled_supply_changed_by on bottled_supply (changed_by) where changed_by is not null;
create policy bottled_supply_kept on bottled_supply for all to hearth_web
  using ((select app_is_staff()))
  with check ((select app_is_staff()) and changed_by = (select app_person()));
grant insert, update (kind, since, changed_by), delete on bottled_supply to hearth_web;
