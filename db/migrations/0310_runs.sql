-- In which order a lorry drives: set by hand for a day's run, and forgotten when the order gets another time.
alter table customer_order add column place_in_run smallint check (place_in_run between 1 and 500);
grant update (place_in_run) on customer_order to hearth_web;

create function order_leaves_run() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update customer_order set place_in_run = null where id = new.subject_id and place_in_run is not null;
  return null;
end $$;
create trigger order_leaves_run after update of slot_id on slot_place for each row
  when (new.subject_kind = 'order' and new.slot_id <> old.slot_id) execute function order_leaves_run();

-- Where a lorry drives in which order is the desk's affair.
create function order_run_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user = 'hearth_web' and app_role() = 'customer' then
    raise exception 'customers do not plan runs' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger order_run_guard before update of place_in_run on customer_order for each row
  when (new.place_in_run is distinct from old.place_in_run) execute function order_run_guard();

-- What was last said of a place by whoever asked us there: whoever drives there is told, whichever team was asked.
create index request_hazards on request (premises_id, submitted_at desc) where answers ? 'hazards';
create function hazards_at(place uuid) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((
    select array(select jsonb_array_elements_text(r.answers->'hazards')) from request r
    where r.premises_id = place and r.answers ? 'hazards' and jsonb_typeof(r.answers->'hazards') = 'array'
    order by r.submitted_at desc limit 1), '{}')
  where app_is_staff()
$$;
revoke all on function hazards_at(uuid) from public;
grant execute on function hazards_at(uuid) to hearth_web;
