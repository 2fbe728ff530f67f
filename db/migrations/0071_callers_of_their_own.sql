-- A call for help carries whose it is, where and how to call back; every caller has a record of their own, and what they
-- say is added to it, never written over.

alter table emergency
  add column account_id uuid references account,
  add column premises_id uuid references premises,
  add column premises_guessed boolean not null default false, -- one of several, and nobody has said which
  add column logged_by uuid references person,
  add column alarms boolean not null default true, -- false: one of a flood, for which another one alarms
  drop constraint emergency_text_check,
  drop constraint emergency_phone_check,
  drop constraint emergency_place_check;

create index emergency_unacknowledged on emergency (received_at desc) where status = 'received';
create index emergency_alarming on emergency (address) where status = 'received' and alarms and address is not null;

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
insert into emergency_said (emergency_id, at, kind, form_key, text)
  select id, received_at, 'words', form_key, text from emergency where text is not null;
insert into emergency_said (emergency_id, at, kind, phone, place)
  select id, received_at, 'contact', phone, place from emergency where coalesce(phone, place) is not null;

alter table emergency_said enable row level security;
create policy emergency_said_staff on emergency_said for select to hearth_web using ((select app_is_staff()));
grant select on emergency_said to hearth_web;

-- Whose home is meant: the place that was chosen, or one of the account that was, or the likeliest of theirs.
create function emergency_home(of_person uuid, of_account uuid, of_premises uuid)
returns table (account_id uuid, premises_id uuid, places integer)
language sql stable set search_path = public, pg_temp as $$
  select m.account_id, p.id, (count(p.id) over ())::integer
  from account_member m left join premises p on p.account_id = m.account_id
  where m.person_id = of_person
  order by coalesce(p.id = of_premises, false) desc, coalesce(m.account_id = of_account, false) desc, p.id is null,
           array_position(array['act', 'view', 'notices'], m.scope),
           array_position(array['holder', 'authorised', 'nominee', 'landlord'], m.kind), p.created_at, p.id
  limit 1
$$;

-- The open record that these words belong to: the caller's own, and nobody else's. It is the one of the same form; or
-- the one they have opened within the hour and nobody has acknowledged yet; or, once they have opened five within the
-- hour, any of theirs that is still open. Staff write down what others say: each call is its own.
drop function open_emergency_of(uuid, text);
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

-- Whether a call alarms by itself. From the twenty-first of an hour behind one network it does not, as long as another
-- of them that nobody has acknowledged does: that one cannot be acknowledged while this one is being written.
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

-- Keeps what was said, once.
create function emergency_hears(of_id uuid, of_form uuid, of_text text) returns void
language sql set search_path = public, pg_temp as $$
  insert into emergency_said (emergency_id, kind, form_key, text)
    select of_id, 'words', of_form, of_text
    where of_text <> '' and not exists (select from emergency_said where emergency_id = of_id and text = of_text)
$$;

drop function open_emergency(text, text, text, text, text, text, text, uuid, uuid, text, text);
drop function text_with(text, text);

create function open_emergency(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text,
                               of_locale text, of_version text, of_request uuid, of_form uuid, of_address text,
                               of_phone text, of_person uuid, of_account uuid, of_premises uuid)
returns table (id uuid, reference text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  by_staff boolean := app_is_staff();
  whose uuid := case when by_staff then of_person else app_person() end;
  account uuid := of_account;
  premises uuid := of_premises;
  home record;
  found_id uuid;
  same_form boolean;
  alarming boolean;
begin
  -- One at a time of a form and of a caller, in this order everywhere: two clicks are one call. A whole address never
  -- waits for itself.
  if of_form is not null then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || of_form, 0));
  end if;
  if not by_staff and (app_person() is not null or app_visitor() <> 'nobody') then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || coalesce(app_person()::text, app_visitor()), 1));
  end if;

  found_id := open_emergency_of(of_form);
  if found_id is null then
    select coalesce(account, r.account_id), coalesce(premises, r.premises_id) into account, premises
      from (select) as one left join request r on r.id = of_request;
    select * into home from emergency_home(whose, account, premises);
    alarming := emergency_alarms(of_address);
    insert into emergency (reference, verdict, hazard, channel, person_id, logged_by, visitor, address, text, locale,
                           request_id, form_key, account_id, premises_id, premises_guessed, alarms, phone)
      values (of_reference, of_verdict, of_hazard, of_channel, whose, case when by_staff then app_person() end,
              nullif(app_visitor(), 'nobody'), of_address, of_text, of_locale, of_request, of_form, home.account_id,
              home.premises_id, coalesce(home.places > 1, false) and not (by_staff and of_premises is not null),
              alarming, coalesce(of_phone, (select p.phone from person p where p.id = whose)))
      returning emergency.id into found_id;
    insert into emergency_entry (emergency_id, kind) values (found_id, 'received');
    if alarming then
      insert into outbox (job, payload)
        values ('emergencies.raise_alarm', jsonb_build_object('emergencyId', found_id));
      insert into outbox (job, payload, run_at)
        values ('emergencies.escalate', jsonb_build_object('emergencyId', found_id), now() + interval '60 seconds');
    end if;
  else
    select e.form_key is not distinct from of_form and of_form is not null into same_form
      from emergency e where e.id = found_id;
    -- What stands on top is what was typed first, as it was typed last. Who speaks of danger again is not safe.
    update emergency e set
        text = case when same_form then of_text else e.text end,
        hazard = coalesce(of_hazard, e.hazard),
        verdict = case when e.verdict = 'possible' then of_verdict else e.verdict end,
        request_id = coalesce(e.request_id, of_request),
        phone = coalesce(of_phone, e.phone),
        said_again = e.said_again + case when same_form then 0 else 1 end,
        safe_said_at = case when same_form then e.safe_said_at end
      where e.id = found_id;
    if not same_form and emergency_entry_due(found_id, 'said_again') then
      insert into emergency_entry (emergency_id, kind, payload)
        select found_id, 'said_again', jsonb_build_object('channel', of_channel, 'times', e.said_again)
        from emergency e where e.id = found_id;
    end if;
  end if;

  perform emergency_hears(found_id, of_form, of_text);
  if of_version is not null then
    perform emergency_shown(found_id, of_version, of_locale);
  end if;
  return query select e.id, e.reference from emergency e where e.id = found_id;
end $$;

-- What the person at the other end adds, by the id they were given: that they are safe, or how to reach them and where
-- it is. Of the places on record only one of their own can be chosen. What they said before stays where it was said.
drop function add_to_emergency(uuid, text, text, text);
create function add_to_emergency(of_id uuid, of_kind text, of_phone text, of_place text, of_premises uuid,
                                 of_elsewhere boolean)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
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

-- What whoever called is asked, and what we know already: only of their own call, signed in.
create function emergency_asked(of_id uuid)
returns table (phone text, guessed boolean, premises_id uuid, address text, chosen boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.phone, e.premises_guessed, p.id, concat_ws(', ', p.line, p.town), p.id = e.premises_id
  from emergency e
  left join account_member m on m.person_id = e.person_id and m.scope in ('view', 'act')
  left join premises p on p.account_id = m.account_id
  where e.id = of_id and e.person_id = app_person() and e.logged_by is null
  order by (p.id = e.premises_id) desc nulls last, p.created_at, p.id
$$;

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
create trigger emergency_alarm_passed_on after update of status on emergency
  for each row when (old.status = 'received' and new.status <> 'received' and old.alarms and new.address is not null)
  execute function emergency_alarm_passed_on();

revoke all on function
  open_emergency(text, text, text, text, text, text, text, uuid, uuid, text, text, uuid, uuid, uuid),
  add_to_emergency(uuid, text, text, text, uuid, boolean), open_emergency_of(uuid), emergency_alarms(text),
  emergency_hears(uuid, uuid, text), emergency_home(uuid, uuid, uuid), emergency_asked(uuid),
  emergency_alarm_passed_on() from public;
grant execute on function
  open_emergency(text, text, text, text, text, text, text, uuid, uuid, text, text, uuid, uuid, uuid),
  add_to_emergency(uuid, text, text, text, uuid, boolean), emergency_asked(uuid) to hearth_web;
