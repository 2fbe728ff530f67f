-- What customers do for themselves is done at the desk where they ask for it, and the log says by whom: their name and
-- language, what somebody may do with their account, and a copy of their data.

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
     and ((new.name, new.locale, new.phone) is distinct from (old.name, old.locale, old.phone)
            and not (app_is_staff() and old.role = 'customer' and old.closed_at is null)
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

-- Nobody is made a holder, and no holder less, here either.
create policy member_changed_at_desk on account_member for update to hearth_web
  using (kind <> 'holder' and (select app_is_staff())) with check (kind <> 'holder');

-- The desk asks for a copy and sees how far it is. The archive itself is handed to whom it is about and to nobody else.
create policy data_copy_desk on data_copy for select to hearth_web using ((select app_is_staff()));
create policy data_copy_asked_at_desk on data_copy for insert to hearth_web
  with check ((select app_is_staff()) and state = 'asked' and app_is_customer(person_id));
