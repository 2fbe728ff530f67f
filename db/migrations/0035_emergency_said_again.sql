-- Who says it again, by whatever form, is one call: nobody's repeats, and no flood of them, bury the desk or page the
-- people on call a hundred times. Nothing is ever refused: what is said again stands in the record that is open.

alter table emergency
  add column visitor text,
  add column address text, -- a digest, never the address
  add column said_again integer not null default 0;
create index emergency_person on emergency (person_id, received_at) where person_id is not null;
create index emergency_visitor on emergency (visitor, received_at) where visitor is not null;
create index emergency_address on emergency (address, received_at) where address is not null;

alter table emergency_entry drop constraint emergency_entry_kind_check;
alter table emergency_entry add constraint emergency_entry_kind_check check (kind in ('received', 'shown', 'said_safe',
  'contact_given', 'acknowledged', 'dispatched', 'attended', 'made_safe', 'stood_down', 'escalated', 'said_again'));

-- The open record that these words belong to: the one of the same form; or the one that the same person or browser has
-- opened within the hour and nobody has acknowledged yet; or, once they have opened five within the hour, or their
-- network address twenty, any of those that is still open. Staff write down what others say: each call is its own.
create function open_emergency_of(of_form uuid, of_address text) returns uuid
language plpgsql stable set search_path = public, pg_temp as $$
declare
  caller uuid := app_person();
  browser text := nullif(app_visitor(), 'nobody');
  found_id uuid;
begin
  select id into found_id from emergency
    where form_key = of_form and status not in ('made_safe', 'stood_down') limit 1;
  if found_id is not null or app_is_staff() then return found_id; end if;

  with theirs as materialized (
    select id, status, received_at from emergency
      where caller is not null and person_id = caller and received_at > now() - interval '1 hour'
    union all
    select id, status, received_at from emergency
      where caller is null and person_id is null and visitor = browser and received_at > now() - interval '1 hour'
  ), neighbours as materialized (
    select id, status, received_at from emergency
      where caller is null and person_id is null and address = of_address and received_at > now() - interval '1 hour'
  )
  select id into found_id from (
    select id, received_at, 1 as choice from theirs where status = 'received'
    union all
    select id, received_at, 2 from theirs
      where status not in ('made_safe', 'stood_down') and (select count(*) from theirs) >= 5
    union all
    select id, received_at, 3 from neighbours
      where status not in ('made_safe', 'stood_down') and (select count(*) from neighbours) >= 20
  ) as fitting order by choice, received_at desc limit 1;
  return found_id;
end $$;

-- Whether one more such entry tells anything: the first twenty do, and after them one a minute.
create function emergency_entry_due(of_id uuid, of_kind text) returns boolean
language sql stable set search_path = public, pg_temp as $$
  select count(*) < 20 or max(at) < now() - interval '1 minute'
  from (select at from emergency_entry where emergency_id = of_id and kind = of_kind
        order by number desc limit 20) as latest
$$;

-- What was said stays, and what is new is added to it; of very much, the beginning and the end.
create function text_with(said text, more text) returns text
language sql immutable parallel safe as $$
  select case
    when said is null or said = '' then left(more, 20000)
    when position(left(more, 2000) in said) > 0 then said
    when length(said) < 17000 then said || E'\n\n' || left(more, 2000)
    else left(said, 10000) || E'\n…\n' || right(said || E'\n\n' || left(more, 2000), 9000)
  end
$$;

drop function open_emergency(text, text, text, text, text, text, text, uuid, uuid);

create function open_emergency(of_reference text, of_verdict text, of_hazard text, of_channel text, of_text text,
                               of_locale text, of_version text, of_request uuid, of_form uuid, of_address text)
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
                           wording_version, request_id, form_key)
      values (of_reference, of_verdict, of_hazard, of_channel, app_person(), nullif(app_visitor(), 'nobody'),
              of_address, left(of_text, 20000), of_locale, of_version, of_request, of_form)
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
        said_again = e.said_again + case when same_form then 0 else 1 end,
        safe_said_at = case when same_form then e.safe_said_at end
      where e.id = found_id;
    if not same_form and emergency_entry_due(found_id, 'said_again') then
      insert into emergency_entry (emergency_id, kind, payload)
        select found_id, 'said_again', jsonb_build_object('channel', of_channel, 'times', e.said_again)
        from emergency e where e.id = found_id;
    end if;
  end if;

  if emergency_entry_due(found_id, 'shown') then
    insert into emergency_entry (emergency_id, kind, payload)
      values (found_id, 'shown', jsonb_build_object('wording', of_version, 'locale', of_locale));
  end if;
  return query select e.id, e.reference from emergency e where e.id = found_id;
end $$;

revoke all on function open_emergency(text, text, text, text, text, text, text, uuid, uuid, text),
  open_emergency_of(uuid, text), emergency_entry_due(uuid, text), text_with(text, text) from public;
grant execute on function open_emergency(text, text, text, text, text, text, text, uuid, uuid, text) to hearth_web;
