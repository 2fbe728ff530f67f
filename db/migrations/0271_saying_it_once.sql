-- What a caller adds is heard once: "I am safe" again within a minute, and the same number and place as just before, are no
-- new entry. Sixty different ones in an hour are nobody who is found by them: the page then says to call.
create or replace function add_to_emergency(
  of_id uuid, of_kind text, of_phone text, of_place text, of_premises uuid, of_elsewhere boolean
) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  whose uuid;
  account uuid;
  premises uuid;
  said integer;
  safe_since timestamptz;
  latest record;
begin
  if of_kind not in ('said_safe', 'contact_given') then
    raise exception 'not something a customer adds' using errcode = 'insufficient_privilege';
  end if;
  select person_id, safe_said_at into whose, safe_since
    from emergency where id = of_id and received_at > now() - interval '1 day' for update;
  if not found then return false; end if;

  if of_kind = 'said_safe' then
    update emergency set safe_said_at = coalesce(safe_said_at, now()) where id = of_id;
    if safe_since is null or not exists (
         select from emergency_entry where emergency_id = of_id and kind = 'said_safe' and at > now() - interval '1 minute')
    then
      if emergency_entry_due(of_id, 'said_safe') then
        insert into emergency_entry (emergency_id, kind) values (of_id, of_kind);
      end if;
    end if;
    return true;
  end if;

  select p.account_id, p.id into account, premises
    from premises p join account_member m on m.account_id = p.account_id and m.person_id = whose
      and (m.expires_at is null or m.expires_at > now())
    where p.id = of_premises;
  select s.phone, s.place, s.premises_id, s.elsewhere into latest
    from emergency_said s where s.emergency_id = of_id and s.kind = 'contact' order by s.number desc limit 1;
  if found and (latest.phone, latest.place, latest.premises_id, latest.elsewhere)
       is not distinct from (of_phone, of_place, premises, of_elsewhere) then
    return true;
  end if;
  if (select count(*) from emergency_said s where s.emergency_id = of_id and s.kind = 'contact'
        and s.at > now() - interval '1 hour') >= 60 then
    return false;
  end if;

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
