-- A programme that was asked for begins on the day on which a supervisor says that the bank has agreed, and not before:
-- what was due until then is still for the customer to pay.

create or replace function programme_moves() returns trigger language plpgsql set search_path to public, pg_temp as $$
begin
  if (new.id, new.account_id, new.kind, new.currency, new.received_before, new.method, new.most, new.days,
      new.form_key)
     is distinct from (old.id, old.account_id, old.kind, old.currency, old.received_before, old.method,
                       old.most, old.days, old.form_key)
     or new.began_on is distinct from old.began_on and not (old.state = 'asked' and new.state = 'active')
     or new.amount is distinct from old.amount and old.kind <> 'budget'
     or new.card_name is distinct from old.card_name
        and current_user in ('hearth_web', 'hearth_worker', 'hearth_auth') then
    raise exception 'what was agreed stays as it was' using errcode = 'check_violation', constraint = 'programme_move';
  end if;
  if new.state <> old.state and current_user in ('hearth_web', 'hearth_worker', 'hearth_auth')
     and not exists (select 1 from programme_move m where m.from_state = old.state and m.to_state = new.state
                       and m.by_whom = app_whom()) then
    raise exception 'a programme does not go from % to % by %', old.state, new.state, app_whom()
      using errcode = 'check_violation', constraint = 'programme_move';
  end if;
  if old.state = 'asked' and new.state = 'active' and app_role() not in ('supervisor', 'admin')
     and current_user in ('hearth_web', 'hearth_worker', 'hearth_auth') then
    raise exception 'whoever answers for it says that a bank has agreed'
      using errcode = 'check_violation', constraint = 'programme_move';
  end if;
  return new;
end $$;
grant update (began_on) on programme to hearth_web;
