-- Whoever orders says what to mind at the door, with the words that are asked before a visit too.
alter table customer_order add column hazards text[] not null default '{}'
  check (hazards <@ array['dog', 'asbestos', 'electric_fence', 'hard_to_reach', 'key_safe']);

-- Where the words about a place are forgotten, so are these.
create function order_forgets_hazards() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.hazards := '{}';
  return new;
end $$;
create trigger order_forgets_hazards before update of access_notes on customer_order for each row
  when (new.access_notes = '') execute function order_forgets_hazards();
