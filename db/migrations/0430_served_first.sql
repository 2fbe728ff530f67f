-- Whoever is served first may also have what is kept for them. Who that is, the database knows by itself: of an order by the
-- place that it goes to, of a request as it was taken in. Whatever a caller says of it counts for nothing.
create function premises_served_first(place uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from priority_service s
                 where s.premises_id = place and s.since <= current_date and coalesce(s.until > current_date, true))
$$;
revoke all on function premises_served_first(uuid) from public;
grant execute on function premises_served_first(uuid) to hearth_worker;

create function slot_place_first() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.state = 'given_back' then return new; end if;
  new.comes_first := case new.subject_kind
    when 'order' then exists (select 1 from customer_order o
                              where o.id = new.subject_id and premises_served_first(o.premises_id))
    else exists (select 1 from request r where r.id = new.subject_id and r.comes_first is not null) end;
  return new;
end $$;
create trigger slot_place_first before insert or update on slot_place for each row execute function slot_place_first();
