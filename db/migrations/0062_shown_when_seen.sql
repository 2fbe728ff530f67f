-- The log says `shown` when the safety words were on their way to somebody's screen, and not before: who closes the page
-- while typing has seen nothing. The desk's call carries the caller's number along.

alter table emergency
  alter column wording_version drop not null,
  alter column shown_at drop not null,
  alter column shown_at drop default;

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

drop function open_emergency(text, text, text, text, text, text, text, uuid, uuid, text);

create function open_emergency(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text,
                               of_locale text, of_version text, of_request uuid, of_form uuid, of_address text,
                               of_phone text)
returns table (id uuid, reference text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_id uuid;
  same_form boolean;
begin
  -- One at a time of a form and of a caller, in this order everywhere: two clicks are one call. A whole address never
  -- waits for itself.
  if of_form is not null then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || of_form, 0));
  end if;
  if not app_is_staff() and (app_person() is not null or app_visitor() <> 'nobody') then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || coalesce(app_person()::text, app_visitor()), 1));
  end if;

  found_id := open_emergency_of(of_form, of_address);
  if found_id is null then
    insert into emergency (reference, verdict, hazard, channel, person_id, visitor, address, text, locale,
                           request_id, form_key, phone)
      values (of_reference, of_verdict, of_hazard, of_channel, app_person(), nullif(app_visitor(), 'nobody'),
              of_address, left(of_text, 20000), of_locale, of_request, of_form, left(of_phone, 40))
      returning emergency.id into found_id;
    insert into emergency_entry (emergency_id, kind) values (found_id, 'received');
    insert into outbox (job, payload)
      values ('emergencies.raise_alarm', jsonb_build_object('emergencyId', found_id));
    insert into outbox (job, payload, run_at)
      values ('emergencies.escalate', jsonb_build_object('emergencyId', found_id), now() + interval '60 seconds');
  else
    select e.form_key is not distinct from of_form and of_form is not null into same_form
      from emergency e where e.id = found_id;
    -- Typing on replaces what was typed; saying it elsewhere adds to it. Who speaks of danger again is not safe.
    update emergency e set
        text = case when same_form then left(of_text, 20000) else text_with(e.text, of_text) end,
        hazard = coalesce(of_hazard, e.hazard),
        verdict = case when e.verdict = 'possible' then of_verdict else e.verdict end,
        request_id = coalesce(e.request_id, of_request),
        phone = coalesce(left(of_phone, 40), e.phone),
        said_again = e.said_again + case when same_form then 0 else 1 end,
        safe_said_at = case when same_form then e.safe_said_at end
      where e.id = found_id;
    if not same_form and emergency_entry_due(found_id, 'said_again') then
      insert into emergency_entry (emergency_id, kind, payload)
        select found_id, 'said_again', jsonb_build_object('channel', of_channel, 'times', e.said_again)
        from emergency e where e.id = found_id;
    end if;
  end if;

  if of_version is not null then
    perform emergency_shown(found_id, of_version, of_locale);
  end if;
  return query select e.id, e.reference from emergency e where e.id = found_id;
end $$;

revoke all on function open_emergency(text, text, text, text, text, text, text, uuid, uuid, text, text),
  emergency_shown(uuid, text, text) from public;
grant execute on function open_emergency(text, text, text, text, text, text, text, uuid, uuid, text, text),
  emergency_shown(uuid, text, text) to hearth_web;
