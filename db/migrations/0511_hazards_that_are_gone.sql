-- A hazard of a place can be gone: staff who were there say so, or the customer does by naming all that is left. It is
-- known again as soon as somebody names it again.
create table hazard_gone (
  premises_id uuid not null references premises (id) on delete cascade,
  hazard text not null check (hazard in ('dog', 'asbestos', 'electric_fence', 'hard_to_reach', 'key_safe')),
  said_at timestamptz not null default now(),
  said_by uuid not null references person (id),
  primary key (premises_id, hazard, said_at)
);
create index hazard_gone_said_by on hazard_gone (said_by);

alter table hazard_gone enable row level security;
create policy hazard_gone_seen on hazard_gone for select to hearth_web using ((select app_is_staff()));
create policy hazard_gone_said on hazard_gone for insert to hearth_web
  with check ((select app_is_staff()) and said_by = (select app_person()) and said_at = now());
create policy hazard_gone_worker on hazard_gone for select to hearth_worker using (true);
grant select, insert on hazard_gone to hearth_web;
grant select on hazard_gone to hearth_worker;

-- `nothing_else`: what was named before and is not named with it is there no more.
do $$
declare
  old text;
begin
  select conname into strict old from pg_constraint
    where conrelid = 'customer_order'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%electric_fence%';
  execute format('alter table customer_order drop constraint %I', old);
end $$;
alter table customer_order add constraint customer_order_hazards check (
  hazards <@ array['dog', 'asbestos', 'electric_fence', 'hard_to_reach', 'key_safe', 'nothing_else']
);

-- All that was said of a place within three years, with requests and with orders, whoever wrote it down: each hazard that
-- was named last after it was last said to be gone, and when that was.
create function hazards_known(place uuid) returns table (hazard text, named_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with told as (
    select array(select jsonb_array_elements_text(r.answers->'hazards')) as hazards, r.submitted_at as at
    from request r
    where r.premises_id = place and r.answers ? 'hazards' and jsonb_typeof(r.answers->'hazards') = 'array'
      and r.submitted_at > now() - interval '3 years'
    union all
    select o.hazards, o.created_at from customer_order o
    where o.premises_id = place and cardinality(o.hazards) > 0 and o.created_at > now() - interval '3 years'
  ), named as (
    select one as hazard, max(at) as at from told, unnest(hazards) as one where one <> 'nothing_else' group by one
  )
  select n.hazard, n.at from named n
  where app_is_staff()
    and not exists (select from hazard_gone g
                    where g.premises_id = place and g.hazard = n.hazard and g.said_at >= n.at)
    and not exists (select from told t where t.at > n.at and 'nothing_else' = any (t.hazards))
$$;
revoke execute on function hazards_known(uuid) from public;
grant execute on function hazards_known(uuid) to hearth_web;

create or replace function hazards_at(place uuid) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(hazard order by hazard), '{}') from hazards_known(place)
$$;
