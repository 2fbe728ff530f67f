-- The desk ends a customer's sessions at their wish; who answers for the desk switches off a second factor that was lost.
create or replace function end_sessions_of(of_person uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'admin' and not (app_is_staff() and app_is_customer(of_person)) then
    raise exception 'only an admin ends sessions of colleagues, only staff those of customers'
      using errcode = 'insufficient_privilege';
  end if;
  delete from sign_in_session where person_id = of_person;
end $$;

create or replace function forget_second_factor_of(of_person uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'admin' and not (app_role() = 'supervisor' and app_is_customer(of_person))
     or app_person() is not distinct from of_person then
    raise exception 'only an admin resets the second factor of a colleague, and only they and supervisors that of a customer'
      using errcode = 'insufficient_privilege';
  end if;
  update person set two_factor_enabled = false, updated_at = now() where id = of_person;
  delete from second_factor where person_id = of_person;
end $$;

create function sessions_of_customer(of_person uuid) returns integer
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not (app_is_staff() and app_is_customer(of_person)) then
    raise exception 'only staff count the sessions of a customer' using errcode = 'insufficient_privilege';
  end if;
  return (select count(*) from sign_in_session where person_id = of_person and expires_at > now());
end $$;
revoke execute on function sessions_of_customer(uuid) from public;
grant execute on function sessions_of_customer(uuid) to hearth_web;

create policy audit_of_sign_in on audit_entry for select to hearth_web
  using (subject_kind = 'person'
    and action = any (array['person.signed_out_at_desk', 'person.second_factor_off_at_desk'])
    and (subject_id = (select app_person()) or ((select app_is_staff()) and app_is_customer(subject_id))));
