-- The desk reads what was changed about customers; about its own people only admins do (`audit_read`).

alter policy audit_of_customers on audit_entry
  using (subject_kind = 'person'
         and action in ('details.changed', 'priority.changed', 'person.email_change_asked', 'person.email_changed',
                        'person.email_taken_back', 'person.password_changed', 'person.closing_asked',
                        'person.closing_withdrawn', 'person.data_taken')
         and (subject_id = (select app_person()) or ((select app_is_staff()) and app_is_customer(subject_id))));

-- People write about themselves; only a customer's telephone number is also written down at the desk.
create or replace function person_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  standing_changes constant boolean := (new.role, new.team_id, new.deactivated_at)
    is distinct from (old.role, old.team_id, old.deactivated_at);
begin
  if (new.role = 'customer') <> (old.role = 'customer') then
    raise exception 'nobody is a customer and staff with one login'
      using errcode = 'check_violation', constraint = 'person_one_kind';
  end if;

  if current_user in ('hearth_web', 'hearth_auth', 'hearth_worker') and standing_changes
     and (app_role() <> 'admin' or app_person() is not distinct from old.id) then
    raise exception 'only another admin changes what somebody may do' using errcode = 'insufficient_privilege';
  end if;
  if current_user = 'hearth_web' and app_person() is distinct from old.id
     and ((new.name, new.locale) is distinct from (old.name, old.locale)
          or new.phone is distinct from old.phone and not (app_is_staff() and old.role = 'customer')
          or new.deactivated_at is distinct from old.deactivated_at and old.role = 'customer') then
    raise exception 'people write about themselves' using errcode = 'insufficient_privilege';
  end if;

  if old.role = 'admin' and old.deactivated_at is null and (new.role <> 'admin' or new.deactivated_at is not null) then
    -- Two admins who take each other's role at once must not both succeed.
    perform pg_advisory_xact_lock(hashtextextended('the last admin', 0));
    if not exists (select 1 from person where role = 'admin' and deactivated_at is null and id <> old.id) then
      raise exception 'there must be an admin left'
        using errcode = 'check_violation', constraint = 'person_last_admin';
    end if;
  end if;
  return new;
end $$;
