-- A hazard stays known: one who names only the dog today has not said that the fence is gone. All that was said of a
-- place within three years counts, with requests and with orders, whoever wrote it down.
create or replace function hazards_at(place uuid) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct known.hazard order by known.hazard), '{}')
  from (
    select jsonb_array_elements_text(r.answers->'hazards') as hazard from request r
    where r.premises_id = place and r.answers ? 'hazards' and jsonb_typeof(r.answers->'hazards') = 'array'
      and r.submitted_at > now() - interval '3 years'
    union all
    select unnest(o.hazards) from customer_order o
    where o.premises_id = place and cardinality(o.hazards) > 0 and o.created_at > now() - interval '3 years'
  ) known
  where app_is_staff()
$$;
-- The orders of a place that named one, as there is for requests.
create index order_hazards on customer_order (premises_id, created_at desc) where cardinality(hazards) > 0;
