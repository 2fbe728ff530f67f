-- A private address that a calendar program reads by itself: all visits of one person, for as long as they want it. Only
-- the digest of its secret is kept, so that a copy of the database opens nothing.

create table calendar_address (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  digest text not null unique check (digest ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  read_at timestamptz,
  revoked_at timestamptz
);
create index calendar_address_person on calendar_address (person_id);

alter table calendar_address enable row level security;
create policy calendar_address_seen on calendar_address for select to hearth_web
  using (person_id = (select app_person()));
create policy calendar_address_made on calendar_address for insert to hearth_web
  with check (person_id = (select app_person()));
create policy calendar_address_ended on calendar_address for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
grant select on calendar_address to hearth_web;
grant insert (person_id, digest) on calendar_address to hearth_web;
grant update (revoked_at) on calendar_address to hearth_web;

-- What a calendar shows to whoever knows the secret: visits of their own requests, and nothing of what was written.
create function visits_of_calendar(secret_digest text)
returns table (id uuid, on_day date, from_time time, to_time time, zone text, state text, sequence integer,
               changed_at timestamptz, reference text, place text, locale text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  whose calendar_address;
begin
  select * into whose from calendar_address a where a.digest = secret_digest and a.revoked_at is null;
  if whose.id is null then
    raise exception 'no such calendar' using errcode = 'no_data_found';
  end if;
  return query
    select v.id, v.on_day, v.from_time, v.to_time, v.zone, v.state, v.sequence, v.changed_at, r.reference,
           h.line || ', ' || h.town, p.locale
    from request r
    join visit v on v.request_id = r.id
    join person p on p.id = whose.person_id
    left join premises h on h.id = r.premises_id
    where r.requester_id = whose.person_id and v.on_day > current_date - 60
    order by v.on_day, v.from_time
    limit 200;
end $$;
revoke all on function visits_of_calendar(text) from public;
grant execute on function visits_of_calendar(text) to hearth_web;
