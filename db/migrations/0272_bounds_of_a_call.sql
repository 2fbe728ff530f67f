-- What one call may bring has an end, far beyond what a person says or has: a script must not fill the disk, nor a landlord
-- of hundreds of places be asked about all of them in danger.
create or replace function emergency_hears(of_id uuid, of_form uuid, of_text text) returns void
language sql set search_path = public, pg_temp as $$
  insert into emergency_said (emergency_id, kind, form_key, text)
    select of_id, 'words', of_form, of_text
    where of_text <> '' and not exists (select from emergency_said where emergency_id = of_id and text = of_text)
      and (select count(*) from emergency_said
           where emergency_id = of_id and kind = 'words' and at > now() - interval '1 hour') < 300
$$;

create or replace function emergency_asked(of_id uuid)
returns table (phone text, guessed boolean, premises_id uuid, address text, chosen boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.phone, e.premises_guessed, p.id, concat_ws(', ', p.line, p.town), p.id = e.premises_id
  from emergency e
  left join account_member m on m.person_id = e.person_id and m.scope in ('view', 'act')
    and (m.expires_at is null or m.expires_at > now())
  left join premises p on p.account_id = m.account_id
  where e.id = of_id and e.person_id = app_person() and e.logged_by is null
  order by (p.id = e.premises_id) desc nulls last, p.created_at, p.id
  limit 20
$$;

revoke all on function supply_of_caller(uuid, uuid, uuid) from public;
grant execute on function supply_of_caller(uuid, uuid, uuid) to hearth_web;
