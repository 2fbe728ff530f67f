-- Who types on, or sends again, is one call: a form that stays open has one emergency, not one for every save.

alter table emergency add column form_key uuid;
create index emergency_form on emergency (form_key) where form_key is not null;

drop function open_emergency(text, text, text, text, text, text, text, uuid);

create function open_emergency(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text,
                               of_locale text, of_version text, of_request uuid, of_form uuid)
returns table (id uuid, reference text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_id uuid;
begin
  if of_form is not null then
    perform pg_advisory_xact_lock(hashtextextended('emergency ' || of_form, 0));
    update emergency e set text = left(of_text, 20000), hazard = coalesce(of_hazard, e.hazard),
        verdict = case when e.verdict = 'possible' then of_verdict else e.verdict end,
        request_id = coalesce(e.request_id, of_request)
      where e.form_key = of_form and e.status not in ('made_safe', 'stood_down')
      returning e.id into found_id;
  end if;

  if found_id is null then
    insert into emergency (reference, verdict, hazard, channel, person_id, text, locale, wording_version, request_id,
                           form_key)
      values (of_reference, of_verdict, of_hazard, of_channel, app_person(), left(of_text, 20000), of_locale,
              of_version, of_request, of_form)
      returning emergency.id into found_id;
    insert into emergency_entry (emergency_id, kind) values (found_id, 'received');
    insert into outbox (job, payload)
      values ('emergencies.raise_alarm', jsonb_build_object('emergencyId', found_id));
    insert into outbox (job, payload, run_at)
      values ('emergencies.escalate', jsonb_build_object('emergencyId', found_id), now() + interval '60 seconds');
  end if;

  insert into emergency_entry (emergency_id, kind, payload)
    values (found_id, 'shown', jsonb_build_object('wording', of_version, 'locale', of_locale));
  return query select e.id, e.reference from emergency e where e.id = found_id;
end $$;

revoke all on function open_emergency(text, text, text, text, text, text, text, uuid, uuid) from public;
grant execute on function open_emergency(text, text, text, text, text, text, text, uuid, uuid) to hearth_web;
