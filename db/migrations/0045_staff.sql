-- Staff come by invitation, change role and team, leave and come back. Only an admin does that, whatever a page forgets;
-- nobody is a customer and staff with one login; and there is always an admin left.

alter table person add column deactivated_at timestamptz;
-- When staff were last here. Their sessions last a shift, so those cannot tell.
alter table person add column seen_at timestamptz;
alter table person add check (role <> 'customer' or (deactivated_at is null and seen_at is null));

-- Somebody who has been asked to work here. The id becomes the person's; the link is another for every letter.
create table invitation (
  id uuid primary key default uuidv7(),
  link uuid not null unique default gen_random_uuid(),
  email text not null check (email = lower(email) and email like '%_@_%'),
  name text not null check (length(name) between 1 and 200),
  role text not null check (role in ('agent', 'supervisor', 'admin')),
  team_id uuid references team,
  locale text not null default 'en',
  invited_by uuid references person,
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create unique index invitation_email on invitation (email);
create index invitation_expires on invitation (expires_at);

alter table invitation enable row level security;
create policy invitation_admin on invitation to hearth_web
  using ((select app_role()) = 'admin') with check ((select app_role()) = 'admin');
create policy invitation_opened on invitation to hearth_auth using (true) with check (false);
create policy invitation_worker on invitation to hearth_worker using (true) with check (false);
grant select, insert, update (link, sent_at, expires_at), delete on invitation to hearth_web;
grant select, delete on invitation to hearth_auth, hearth_worker;

create policy person_changed_by_admin on person for update to hearth_web
  using ((select app_role()) = 'admin' and role <> 'customer') with check (role <> 'customer');
grant update (role, team_id, deactivated_at) on person to hearth_web;

-- Grants are given by column and policies by row; what both together would still let through is stopped here.
create function person_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
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
     and (new.name, new.phone, new.locale) is distinct from (old.name, old.phone, old.locale) then
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
create trigger person_guard before update on person for each row execute function person_guard();

-- What an admin does to the sign-in of staff. The web role has no other way to those tables.
create function end_sessions_of(of_person uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'admin' then
    raise exception 'only an admin ends sessions of others' using errcode = 'insufficient_privilege';
  end if;
  delete from sign_in_session s using person p
    where p.id = of_person and p.role <> 'customer' and s.person_id = p.id;
end $$;

create function forget_second_factor_of(of_person uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'admin' or app_person() is not distinct from of_person then
    raise exception 'only another admin resets a second factor' using errcode = 'insufficient_privilege';
  end if;
  update person set two_factor_enabled = false, updated_at = now() where id = of_person and role <> 'customer';
  delete from second_factor f using person p where p.id = of_person and p.role <> 'customer' and f.person_id = p.id;
end $$;
revoke all on function end_sessions_of(uuid), forget_second_factor_of(uuid) from public;
grant execute on function end_sessions_of(uuid), forget_second_factor_of(uuid) to hearth_web;

-- Whoever is deactivated is nobody: no session of theirs opens a page or keeps a stream.
create or replace function session_actor(session_token text)
returns table (session_id uuid, person_id uuid, name text, email text, role text, team_id uuid, locale text,
               email_verified boolean, two_factor_enabled boolean, demo boolean, expires_at timestamptz,
               seen_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select s.id, p.id, p.name, p.email, p.role, p.team_id, p.locale,
           p.email_verified, p.two_factor_enabled, p.demo, s.expires_at,
           s.updated_at
    from sign_in_session s join person p on p.id = s.person_id
    where s.token = session_token and s.expires_at > now() and p.deactivated_at is null;
end $$;

create or replace function sessions_standing(session_ids uuid[])
returns table (session_id uuid, standing text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, p.role || ':' || coalesce(p.team_id::text, '') || ':' ||
         coalesce((select string_agg(m.account_id::text || m.scope, ',' order by m.account_id)
                   from account_member m where m.person_id = p.id), '')
  from sign_in_session s join person p on p.id = s.person_id
  where s.id = any (session_ids) and s.expires_at > now() and p.deactivated_at is null
$$;

create or replace function session_seen(session uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  with used as (
    update sign_in_session set updated_at = now()
    where id = session and updated_at < now() - interval '5 minutes' returning person_id)
  update person p set seen_at = now() from used where p.id = used.person_id and p.role <> 'customer'
$$;

create function staff_seen() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person set seen_at = now() where id = new.person_id and role <> 'customer';
  return null;
end $$;
create trigger staff_seen after insert on sign_in_session for each row execute function staff_seen();

-- A request is never with somebody who has left. The lock holds off a deactivation that has not been committed yet.
create function request_agent_works_here() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from person where id = new.agent_id and role <> 'customer' and deactivated_at is null for share;
  if not found then
    raise exception 'a request is with somebody who works here'
      using errcode = 'check_violation', constraint = 'request_agent_works_here';
  end if;
  return new;
end $$;
create trigger request_agent_of_new before insert on request
  for each row when (new.agent_id is not null) execute function request_agent_works_here();
create trigger request_agent before update of agent_id on request
  for each row when (new.agent_id is not null and new.agent_id is distinct from old.agent_id)
  execute function request_agent_works_here();
-- What somebody has who leaves, also what is resolved: a customer may open it again.
create index request_held on request (agent_id)
  where agent_id is not null and status in ('submitted', 'open', 'waiting', 'scheduled', 'resolved');

-- The list of what was changed about staff.
create index audit_entry_action on audit_entry (action, id desc);
