-- Whoever speaks of danger again may say of what and where only now: both stand on the record, and nothing of before is lost.
alter table emergency add column hazards text[] not null default '{}'
  check (hazards <@ array['gas', 'co', 'fire']);
update emergency set hazards = array[hazard] where hazard is not null;

create or replace function public.call_for_help(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text, of_locale text, of_version text, of_request uuid, of_form uuid, of_address text, of_phone text, of_person uuid, of_account uuid, of_premises uuid)
 RETURNS TABLE(id uuid, reference text, kept boolean)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  by_staff boolean := app_is_staff();
  whose uuid := case when by_staff then of_person else app_person() end;
  account uuid := of_account;
  premises uuid := of_premises;
  home record;
  found_id uuid;
  same_form boolean;
  placed boolean;
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
                           request_id, form_key, account_id, premises_id, premises_guessed, alarms, phone, hazards)
      values (of_reference, of_verdict, of_hazard, of_channel, whose, case when by_staff then app_person() end,
              nullif(app_visitor(), 'nobody'), of_address, of_text, of_locale, of_request, of_form, home.account_id,
              home.premises_id, coalesce(home.places > 1, false) and not (by_staff and of_premises is not null),
              alarming, coalesce(of_phone, (select p.phone from person p where p.id = whose)),
              array_remove(array[of_hazard], null))
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
    select coalesce(account, r.account_id), coalesce(premises, r.premises_id) into account, premises
      from (select) as one left join request r on r.id = of_request;
    select * into home from emergency_home(whose, account, premises);
    -- A place that this call brings stands in the stead of none, or of one that nobody had said.
    placed := home.premises_id is not null
      and not exists (select from emergency_said s
                      where s.emergency_id = found_id and s.kind = 'contact' and (s.premises_id is not null or s.elsewhere))
      and ((select e.premises_id is null from emergency e where e.id = found_id) or home.premises_id = premises);
    -- What stands on top is what was typed first, as it was typed last. Who speaks of danger again is not safe.
    update emergency e set
        text = case when same_form then of_text else e.text end,
        hazard = coalesce(of_hazard, e.hazard),
        hazards = case when of_hazard is null or of_hazard = any (e.hazards) then e.hazards else e.hazards || of_hazard end,
        account_id = case when placed then home.account_id else coalesce(e.account_id, home.account_id) end,
        premises_id = case when placed then home.premises_id else e.premises_id end,
        premises_guessed = case when placed then home.places > 1 else e.premises_guessed end,
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
end $function$;
