-- Emergencies: priority zero, with a life and a log of their own (the record that regulators ask for).

create table emergency (
  id uuid primary key default uuidv7(),
  reference text not null unique,
  verdict text not null check (verdict in ('emergency', 'possible', 'reported')),
  hazard text check (hazard in ('gas', 'co', 'fire')),
  status text not null default 'received'
    check (status in ('received', 'acknowledged', 'dispatched', 'attended', 'made_safe', 'stood_down')),
  channel text not null,
  person_id uuid references person,
  request_id uuid references request,
  text text check (length(text) <= 20000),
  phone text check (length(phone) <= 40),
  place text check (length(place) <= 500),
  locale text not null,
  wording_version text not null,
  shown_at timestamptz not null default now(),
  received_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  acknowledged_by uuid references person,
  dispatched_at timestamptz,
  attended_at timestamptz,
  made_safe_at timestamptz,
  safe_said_at timestamptz,
  escalated_at timestamptz
);
create index emergency_open on emergency (received_at) where status not in ('made_safe', 'stood_down');

create table emergency_entry (
  emergency_id uuid not null references emergency,
  number integer generated always as identity,
  at timestamptz not null default now(),
  kind text not null check (kind in ('received', 'shown', 'said_safe', 'contact_given', 'acknowledged', 'dispatched',
    'attended', 'made_safe', 'stood_down', 'escalated')),
  actor_id uuid,
  actor_role text not null default '',
  payload jsonb not null default '{}',
  primary key (emergency_id, number)
);

-- Every verdict of the screen, with a digest of the text and never the text itself.
create table screen_verdict (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  level text not null check (level in ('emergency', 'possible', 'clear')),
  hazard text,
  channel text not null,
  digest text not null,
  why text[] not null default '{}'
);

create function emergency_entry_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  new.actor_id := app_person();
  new.actor_role := app_role();
  return new;
end $$;
create trigger emergency_entry_signed before insert on emergency_entry
  for each row execute function emergency_entry_signed();

-- The life of an emergency only goes forward. It is never closed by a timer, merged away or cancelled: only a person
-- of staff may end it, made safe or stood down.
create function emergency_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  life constant text[] := array['received', 'acknowledged', 'dispatched', 'attended', 'made_safe'];
begin
  if new.status <> old.status then
    if not app_is_staff() then
      raise exception 'only staff move an emergency' using errcode = 'insufficient_privilege';
    end if;
    if old.status in ('made_safe', 'stood_down') or (new.status <> 'stood_down' and
       array_position(life, new.status) <= array_position(life, old.status)) then
      raise exception 'an emergency does not go from % to %', old.status, new.status
        using errcode = 'check_violation';
    end if;
    new.acknowledged_at := coalesce(old.acknowledged_at, now());
    new.acknowledged_by := coalesce(old.acknowledged_by, app_person());
    if new.status = 'dispatched' then new.dispatched_at := now(); end if;
    if new.status = 'attended' then new.attended_at := now(); end if;
    if new.status = 'made_safe' then new.made_safe_at := now(); end if;
  end if;
  return new;
end $$;
create trigger emergency_guard before update on emergency for each row execute function emergency_guard();

-- Anybody, signed in or not, may cause an emergency record; only staff may read them back. The caller learns its id.
create function open_emergency(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text,
                               of_locale text, of_version text, of_request uuid)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare
  new_id uuid;
begin
  insert into emergency (reference, verdict, hazard, channel, person_id, text, locale, wording_version, request_id)
    values (of_reference, of_verdict, of_hazard, of_channel, app_person(), left(of_text, 20000), of_locale,
            of_version, of_request)
    returning id into new_id;
  insert into emergency_entry (emergency_id, kind) values (new_id, 'received');
  insert into emergency_entry (emergency_id, kind, payload)
    values (new_id, 'shown', jsonb_build_object('wording', of_version, 'locale', of_locale));
  insert into outbox (job, payload) values ('emergencies.raise_alarm', jsonb_build_object('emergencyId', new_id));
  insert into outbox (job, payload, run_at)
    values ('emergencies.escalate', jsonb_build_object('emergencyId', new_id), now() + interval '60 seconds');
  return new_id;
end $$;

-- What the person at the other end adds: that they are safe, or how to reach them. Only by the id they were given.
create function add_to_emergency(of_id uuid, of_kind text, of_phone text, of_place text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if of_kind not in ('said_safe', 'contact_given') then
    raise exception 'not something a customer adds' using errcode = 'insufficient_privilege';
  end if;
  update emergency set
      safe_said_at = case when of_kind = 'said_safe' then coalesce(safe_said_at, now()) else safe_said_at end,
      phone = coalesce(left(of_phone, 40), phone), place = coalesce(left(of_place, 500), place)
    where id = of_id and received_at > now() - interval '1 day';
  if not found then return false; end if;
  insert into emergency_entry (emergency_id, kind) values (of_id, of_kind);
  return true;
end $$;

revoke all on function open_emergency(text, text, text, text, text, text, text, uuid),
  add_to_emergency(uuid, text, text, text) from public;
grant execute on function open_emergency(text, text, text, text, text, text, text, uuid),
  add_to_emergency(uuid, text, text, text) to hearth_web;

alter table emergency enable row level security;
alter table emergency_entry enable row level security;
create policy emergency_staff on emergency to hearth_web using ((select app_is_staff()));
create policy emergency_entry_staff on emergency_entry to hearth_web
  using ((select app_is_staff())) with check ((select app_is_staff()));
create policy emergency_worker on emergency to hearth_worker using (true) with check (true);
create policy emergency_entry_worker on emergency_entry for insert to hearth_worker with check (true);

grant select on emergency, emergency_entry to hearth_web;
grant update (status, request_id) on emergency to hearth_web;
grant insert on emergency_entry to hearth_web, hearth_worker;
grant insert on screen_verdict to hearth_web, hearth_worker;
grant select on emergency to hearth_worker;
grant update (escalated_at) on emergency to hearth_worker;
