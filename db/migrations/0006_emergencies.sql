-- Calls for help, heard before anything else; and what is shown to those who call.

-- Emergencies: priority zero, with a life and a log of their own (the record that regulators ask for). A call carries
-- whose it is, where and how to call back; every caller has a record of their own, and what they say is added to it,
-- never written over. Nothing is ever refused, and no flood buries the desk: what is said again stands in the record
-- that is open.
create table emergency (
  id uuid primary key default uuidv7(),
  reference text not null unique,
  verdict text not null check (verdict in ('emergency', 'possible', 'reported')),
  hazard text check (hazard in ('gas', 'co', 'fire')),
  status text not null default 'received'
    check (status in ('received', 'acknowledged', 'dispatched', 'attended', 'made_safe', 'stood_down')),
  channel text not null,
  person_id uuid references person,
  request_id uuid,
  text text,
  phone text,
  place text,
  locale text not null,
  wording_version text,
  shown_at timestamptz,
  received_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  acknowledged_by uuid references person,
  dispatched_at timestamptz,
  attended_at timestamptz,
  made_safe_at timestamptz,
  safe_said_at timestamptz,
  escalated_at timestamptz,
  form_key uuid,
  visitor text,
  address text, -- a digest, never the address
  said_again integer not null default 0,
  account_id uuid references account,
  premises_id uuid references premises,
  premises_guessed boolean not null default false, -- one of several, and nobody has said which
  logged_by uuid references person,
  alarms boolean not null default true -- false: one of a flood, for which another one alarms
);
create index emergency_open on emergency (received_at) where status not in ('made_safe', 'stood_down');
create index emergency_form on emergency (form_key) where form_key is not null;
create index emergency_person on emergency (person_id, received_at) where person_id is not null;
create index emergency_visitor on emergency (visitor, received_at) where visitor is not null;
create index emergency_address on emergency (address, received_at) where address is not null;
create index emergency_unacknowledged on emergency (received_at desc) where status = 'received';
create index emergency_alarming on emergency (address) where status = 'received' and alarms and address is not null;

-- The latest emergencies that are over.
create index emergency_over on emergency (received_at desc) where status in ('made_safe', 'stood_down');

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

-- The open record that these words belong to: the caller's own, and nobody else's. It is the one of the same form; or
-- the one they have opened within the hour and nobody has acknowledged yet; or, once they have opened five within the
-- hour, any of theirs that is still open. Staff write down what others say: each call is its own.
create function open_emergency_of(of_form uuid) returns uuid
language plpgsql stable set search_path = public, pg_temp as $$
declare
  caller uuid := app_person();
  browser text := nullif(app_visitor(), 'nobody');
  found_id uuid;
begin
  if app_is_staff() then
    select id into found_id from emergency
      where form_key = of_form and logged_by = caller and status not in ('made_safe', 'stood_down') limit 1;
    return found_id;
  end if;

  with theirs as materialized (
    select id, status, received_at, form_key from emergency
      where caller is not null and person_id = caller and logged_by is null
        and (received_at > now() - interval '1 hour' or form_key = of_form)
    union all
    select id, status, received_at, form_key from emergency
      where caller is null and person_id is null and visitor = browser
        and (received_at > now() - interval '1 hour' or form_key = of_form)
  )
  select id into found_id from (
    select id, received_at, 0 as choice from theirs
      where form_key = of_form and status not in ('made_safe', 'stood_down')
    union all
    select id, received_at, 1 from theirs where status = 'received'
    union all
    select id, received_at, 2 from theirs
      where status not in ('made_safe', 'stood_down')
        and (select count(*) from theirs where received_at > now() - interval '1 hour') >= 5
  ) as fitting order by choice, received_at desc limit 1;
  return found_id;
end $$;
revoke all on function open_emergency_of(uuid) from public;

-- Whose home is meant: the place that was chosen, or one of the account that was, or the likeliest of theirs.
create function emergency_home(of_person uuid, of_account uuid, of_premises uuid)
returns table (account_id uuid, premises_id uuid, places integer)
language sql stable set search_path = public, pg_temp as $$
  select m.account_id, p.id, (count(p.id) over ())::integer
  from account_member m left join premises p on p.account_id = m.account_id
  where m.person_id = of_person and (m.expires_at is null or m.expires_at > now())
  order by coalesce(p.id = of_premises, false) desc, coalesce(m.account_id = of_account, false) desc, p.id is null,
           array_position(array['act', 'view', 'notices'], m.scope),
           array_position(array['holder', 'authorised', 'nominee', 'landlord'], m.kind), p.created_at, p.id
  limit 1
$$;
revoke all on function emergency_home(uuid, uuid, uuid) from public;

-- Whether a call alarms by itself. Behind one network address live many callers: a whole house, an office, a mobile
-- network. From the twenty-first of an hour one does not, as long as another of them that nobody has acknowledged
-- does: that one cannot be acknowledged while this one is being written.
create function emergency_alarms(of_address text) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  if app_person() is not null or of_address is null then return true; end if;
  if (select count(*) from (select from emergency where address = of_address and person_id is null
        and received_at > now() - interval '1 hour' limit 20) as lately) < 20 then
    return true;
  end if;
  perform from emergency where address = of_address and status = 'received' and alarms limit 1 for share;
  return not found;
end $$;
revoke all on function emergency_alarms(text) from public;

-- What whoever called is asked, and what we know already: only of their own call, signed in.
create function emergency_asked(of_id uuid) returns table (phone text, guessed boolean, premises_id uuid, address text, chosen boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.phone, e.premises_guessed, p.id, concat_ws(', ', p.line, p.town), p.id = e.premises_id
  from emergency e
  left join account_member m on m.person_id = e.person_id and m.scope in ('view', 'act')
    and (m.expires_at is null or m.expires_at > now())
  left join premises p on p.account_id = m.account_id
  where e.id = of_id and e.person_id = app_person() and e.logged_by is null
  order by (p.id = e.premises_id) desc nulls last, p.created_at, p.id
$$;
revoke all on function emergency_asked(uuid) from public;
grant execute on function emergency_asked(uuid) to hearth_web;

-- Where the one that alarms for a whole flood is acknowledged, the one that has waited longest alarms from now on.
create function emergency_alarm_passed_on() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  heir emergency%rowtype;
begin
  perform pg_advisory_xact_lock(hashtextextended('emergency alarm ' || new.address, 0));
  if exists (select from emergency where address = new.address and status = 'received' and alarms) then
    return null;
  end if;
  select * into heir from emergency where address = new.address and status = 'received'
    order by received_at limit 1 for update;
  if not found then return null; end if;
  update emergency set alarms = true where id = heir.id;
  insert into outbox (job, payload, run_at)
    values ('emergencies.escalate', jsonb_build_object('emergencyId', heir.id),
            greatest(heir.received_at + interval '60 seconds', now()));
  return null;
end $$;
revoke all on function emergency_alarm_passed_on() from public;
create trigger emergency_alarm_passed_on after update of status on emergency
  for each row when (old.status = 'received' and new.status <> 'received' and old.alarms and new.address is not null)
  execute function emergency_alarm_passed_on();

alter table emergency enable row level security;
create policy emergency_staff on emergency to hearth_web using ((select app_is_staff()));
create policy emergency_worker on emergency to hearth_worker using (true) with check (true);
grant select, update (status, request_id) on emergency to hearth_web;
grant select, update (escalated_at) on emergency to hearth_worker;

-- The log of emergencies. It says `shown` when the safety words were on their way to somebody's screen, and not
-- before: who closes the page while typing has seen nothing. Until somebody is there, somebody is urged: it says when.
create table emergency_entry (
  emergency_id uuid not null references emergency,
  number integer generated always as identity,
  at timestamptz not null default now(),
  kind text not null check (kind in ('received', 'shown', 'said_safe',
    'contact_given', 'acknowledged', 'dispatched', 'attended', 'made_safe', 'stood_down', 'escalated', 'said_again',
    'urged')),
  actor_id uuid,
  actor_role text not null default '',
  payload jsonb not null default '{}',
  primary key (emergency_id, number)
);
create index emergency_entry_newest on emergency_entry (number);

create function emergency_entry_signed() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  new.actor_id := app_person();
  new.actor_role := app_role();
  return new;
end $$;
create trigger emergency_entry_signed before insert on emergency_entry
  for each row execute function emergency_entry_signed();

-- Whether anything happened on any emergency, and how many are near their time or late, for processes that watch on
-- behalf of all desks. Numbers only; the minutes come from the rule (`emergencies/clocks.ts`).
create function emergency_pulse(to_dispatch integer, to_attend integer, warn_before integer)
returns table (newest integer, open integer, unacknowledged integer, near integer, late integer)
language sql stable security definer set search_path = public, pg_temp as $$
  with open as materialized (
    select status, extract(epoch from now() - received_at) / 60 as minutes from emergency
    where status not in ('made_safe', 'stood_down')
  ), clocks as (
    select case when status = 'acknowledged' then least(to_dispatch, to_attend) - minutes
                when status = 'dispatched' then to_attend - minutes end as remaining
    from open where status in ('acknowledged', 'dispatched')
  )
  select coalesce((select e.number from emergency_entry e order by e.number desc limit 1), 0),
         (select count(*)::integer from open),
         (select count(*)::integer from open where status = 'received'),
         (select count(*)::integer from clocks where remaining > 0 and remaining <= warn_before),
         (select count(*)::integer from clocks where remaining <= 0)
$$;
revoke all on function emergency_pulse(integer, integer, integer) from public;
grant execute on function emergency_pulse(integer, integer, integer) to hearth_web, hearth_worker;

-- Whether one more such entry tells anything: the first twenty do, and after them one a minute.
create function emergency_entry_due(of_id uuid, of_kind text) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select count(*) < 20 or max(at) < now() - interval '1 minute'
  from (select at from emergency_entry where emergency_id = of_id and kind = of_kind
        order by number desc limit 20) as latest
$$;
revoke all on function emergency_entry_due(uuid, text) from public;

-- What was shown to whoever holds the id, and when. The row keeps the first time.
create function emergency_shown(of_id uuid, of_version text, of_locale text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update emergency set shown_at = coalesce(shown_at, now()), wording_version = coalesce(wording_version, of_version)
    where id = of_id and received_at > now() - interval '1 day';
  if not found then return false; end if;
  if emergency_entry_due(of_id, 'shown') then
    insert into emergency_entry (emergency_id, kind, payload)
      values (of_id, 'shown', jsonb_build_object('wording', left(of_version, 100), 'locale', left(of_locale, 20)));
  end if;
  return true;
end $$;
revoke all on function emergency_shown(uuid, text, text) from public;
grant execute on function emergency_shown(uuid, text, text) to hearth_web;

alter table emergency_entry enable row level security;
create policy emergency_entry_staff on emergency_entry to hearth_web
  using ((select app_is_staff())) with check ((select app_is_staff()));
create policy emergency_entry_worker on emergency_entry for insert to hearth_worker with check (true);

-- The next on call is told again and again until somebody has acknowledged; the worker sees whether.
create policy emergency_entry_worker_read on emergency_entry for select to hearth_worker using (true);
grant select, insert (emergency_id, kind, payload) on emergency_entry to hearth_web, hearth_worker;

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

grant insert on screen_verdict to hearth_web, hearth_worker;

-- Everything a caller said, in order. Nothing here is ever changed; the record holds what was said last.
create table emergency_said (
  emergency_id uuid not null references emergency,
  number integer generated always as identity,
  at timestamptz not null default now(),
  kind text not null check (kind in ('words', 'contact')),
  form_key uuid,
  text text,
  phone text,
  place text,
  premises_id uuid references premises,
  elsewhere boolean not null default false, -- not at the address of their account
  primary key (emergency_id, number)
);

-- What the person at the other end adds, by the id they were given: that they are safe, or how to reach them and where
-- it is. Of the places on record only one of their own can be chosen. What they said before stays where it was said.
create function add_to_emergency(of_id uuid, of_kind text, of_phone text, of_place text, of_premises uuid, of_elsewhere boolean)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  whose uuid;
  account uuid;
  premises uuid;
  said integer;
begin
  if of_kind not in ('said_safe', 'contact_given') then
    raise exception 'not something a customer adds' using errcode = 'insufficient_privilege';
  end if;
  select person_id into whose from emergency where id = of_id and received_at > now() - interval '1 day' for update;
  if not found then return false; end if;

  if of_kind = 'said_safe' then
    update emergency set safe_said_at = coalesce(safe_said_at, now()) where id = of_id;
    if emergency_entry_due(of_id, 'said_safe') then
      insert into emergency_entry (emergency_id, kind) values (of_id, of_kind);
    end if;
    return true;
  end if;

  select p.account_id, p.id into account, premises
    from premises p join account_member m on m.account_id = p.account_id and m.person_id = whose
      and (m.expires_at is null or m.expires_at > now())
    where p.id = of_premises;
  insert into emergency_said (emergency_id, kind, phone, place, premises_id, elsewhere)
    values (of_id, 'contact', of_phone, of_place, premises, of_elsewhere) returning number into said;
  update emergency set
      phone = coalesce(of_phone, phone), place = coalesce(of_place, place),
      account_id = coalesce(account, account_id),
      premises_id = case when premises is not null then premises when not of_elsewhere then premises_id end,
      premises_guessed = premises_guessed and premises is null and not of_elsewhere
    where id = of_id;
  insert into emergency_entry (emergency_id, kind, payload) values (of_id, of_kind, jsonb_build_object('said', said));
  return true;
end $$;
revoke all on function add_to_emergency(uuid, text, text, text, uuid, boolean) from public;
grant execute on function add_to_emergency(uuid, text, text, text, uuid, boolean) to hearth_web;

-- Keeps what was said, once.
create function emergency_hears(of_id uuid, of_form uuid, of_text text) returns void
language sql set search_path = public, pg_temp as $$
  insert into emergency_said (emergency_id, kind, form_key, text)
    select of_id, 'words', of_form, of_text
    where of_text <> '' and not exists (select from emergency_said where emergency_id = of_id and text = of_text)
$$;
revoke all on function emergency_hears(uuid, uuid, text) from public;

alter table emergency_said enable row level security;
create policy emergency_said_staff on emergency_said for select to hearth_web using ((select app_is_staff()));
grant select on emergency_said to hearth_web;

-- The words people are shown in danger are shipped unapproved. An admin of the utility approves a version, word by word as
-- its digest says; nothing of that is changed or taken back. Other words have another digest, and are approved anew.
create table wording_approval (
  id uuid primary key default uuidv7(),
  version text not null check (length(version) between 1 and 40),
  digest text not null check (length(digest) between 20 and 100),
  approved_by uuid not null references person,
  approved_at timestamptz not null default now(),
  unique (digest, version)
);

alter table wording_approval enable row level security;
create policy wording_approval_seen on wording_approval for select to hearth_web using ((select app_is_staff()));
create policy wording_approval_given on wording_approval for insert to hearth_web
  with check ((select app_role()) = 'admin' and approved_by = (select app_person()));
grant select, insert (id, version, digest, approved_by) on wording_approval to hearth_web;
