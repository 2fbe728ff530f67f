-- Calls for help have an end as well: of one network three hundred an hour by people who have not signed in, and of one
-- call three hundred texts an hour. Whoever is past it is told to call, and the desk sees that somebody was.
alter table emergency_entry drop constraint emergency_entry_kind_check;
alter table emergency_entry add constraint emergency_entry_kind_check check (kind in (
  'received', 'shown', 'said_safe', 'contact_given', 'acknowledged', 'dispatched', 'attended', 'made_safe', 'stood_down',
  'escalated', 'said_again', 'urged', 'words_full', 'network_full'));
create index emergency_entry_full on emergency_entry (emergency_id, at) where kind in ('words_full', 'network_full');

-- Once an hour for each call or network, on the call that it happened to or on the newest of the network.
create function emergency_says_full(of_id uuid, of_kind text) returns void
language sql set search_path = public, pg_temp as $$
  insert into emergency_entry (emergency_id, kind)
    select of_id, of_kind where not exists (
      select from emergency_entry l join emergency e on e.id = l.emergency_id join emergency one on one.id = of_id
      where l.kind in ('words_full', 'network_full') and l.kind = of_kind and l.at > now() - interval '1 hour'
        and (e.id = of_id or (of_kind = 'network_full' and e.address = one.address)))
$$;
revoke all on function emergency_says_full(uuid, text) from public;

-- Counted by what is there and not by a counter, so that nobody in danger waits for a row that all of a network share.
create function emergency_network_full(of_address text) returns boolean
language plpgsql set search_path = public, pg_temp as $$
declare newest uuid;
begin
  if (select count(*) from (select from emergency where address = of_address and person_id is null
        and logged_by is null and received_at > now() - interval '1 hour' limit 300) as lately) < 300 then
    return false;
  end if;
  if pg_try_advisory_xact_lock(hashtextextended('emergency network ' || of_address, 2)) then
    select id into newest from emergency where address = of_address and person_id is null and logged_by is null
      order by received_at desc limit 1;
    perform emergency_says_full(newest, 'network_full');
  end if;
  return true;
end $$;
revoke all on function emergency_network_full(text) from public;

-- Whether the words are there now.
create function emergency_keeps(of_id uuid, of_form uuid, of_text text) returns boolean
language plpgsql set search_path = public, pg_temp as $$
begin
  if of_text = '' or exists (select from emergency_said where emergency_id = of_id and text = of_text) then
    return true;
  end if;
  if (select count(*) from emergency_said
      where emergency_id = of_id and kind = 'words' and at > now() - interval '1 hour') >= 300 then
    perform emergency_says_full(of_id, 'words_full');
    return false;
  end if;
  insert into emergency_said (emergency_id, kind, form_key, text) values (of_id, 'words', of_form, of_text);
  return true;
end $$;
revoke all on function emergency_keeps(uuid, uuid, text) from public;

-- What `open_emergency` did, and whether the words were kept; no row where the network is past its limit.
create function call_for_help(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text,
                              of_locale text, of_version text, of_request uuid, of_form uuid, of_address text,
                              of_phone text, of_person uuid, of_account uuid, of_premises uuid)
returns table (id uuid, reference text, kept boolean)
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
  heard boolean;
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
  -- Past the limit whoever has one open adds to it, acknowledged or not. Of others the page does not say that anybody was
  -- told: it shows what to do and whom to call in any case.
  if found_id is null and app_person() is null and emergency_network_full(of_address) then
    select e.id into found_id from emergency e
      where e.visitor = nullif(app_visitor(), 'nobody') and e.person_id is null
        and e.status not in ('made_safe', 'stood_down')
      order by e.received_at desc limit 1;
    if found_id is null then return; end if;
  end if;
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

  heard := emergency_keeps(found_id, of_form, of_text);
  if of_version is not null then
    perform emergency_shown(found_id, of_version, of_locale);
  end if;
  return query select e.id, e.reference, heard from emergency e where e.id = found_id;
end $$;
revoke all on function call_for_help(text, text, text, text, text, text, text, uuid, uuid, text, text,
  uuid, uuid, uuid) from public;
grant execute on function call_for_help(text, text, text, text, text, text, text, uuid, uuid, text, text,
  uuid, uuid, uuid) to hearth_web;

-- For pages of an earlier release that are still open while this one starts.
create or replace function open_emergency(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text,
                                          of_locale text, of_version text, of_request uuid, of_form uuid,
                                          of_address text, of_phone text, of_person uuid, of_account uuid,
                                          of_premises uuid)
returns table (id uuid, reference text)
language sql security definer set search_path = public, pg_temp as $$
  select c.id, c.reference
  from call_for_help(of_reference, of_verdict, of_hazard, of_channel, of_text, of_locale, of_version, of_request, of_form,
                     of_address, of_phone, of_person, of_account, of_premises) as c
$$;
