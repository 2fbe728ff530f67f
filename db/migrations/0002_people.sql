-- People, how they sign in, and what staff did. The sign-in library's tables carry our words.

create table team (
  id uuid primary key default uuidv7(),
  code text not null unique check (code ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null,
  created_at timestamptz not null default now()
);

create table person (
  id uuid primary key default uuidv7(),
  email text not null check (email = lower(email) and email like '%_@_%'),
  email_verified boolean not null default false,
  name text not null check (length(name) between 1 and 200),
  role text not null default 'customer' check (role in ('customer', 'agent', 'supervisor', 'admin')),
  team_id uuid references team,
  locale text not null default 'en',
  phone text,
  image text,
  two_factor_enabled boolean not null default false,
  demo boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (role <> 'customer' or team_id is null)
);
create unique index person_email on person (email);
create index person_staff on person (role) where role <> 'customer';

create table sign_in_method (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index sign_in_method_person on sign_in_method (person_id);

-- The cookie carries the token and a signature; without the secret, a copy of this table opens nothing.
create table sign_in_session (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sign_in_session_person on sign_in_session (person_id);
create index sign_in_session_expires on sign_in_session (expires_at);

-- What somebody still has to prove: a mailed link not yet used, a second factor not yet given. A link is the row's id,
-- signed with the secret; the value of a mailed link is sealed. So a copy of this table opens nothing and names nobody.
create table verification (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);
create index verification_expires on verification (expires_at);

create table second_factor (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
create unique index second_factor_person on second_factor (person_id);

-- How often something was tried since the window began. The key is a digest: no address and no name stands here.
create table throttle (
  key text primary key,
  count integer not null check (count >= 0),
  window_ends_at timestamptz not null
);
create index throttle_ends on throttle (window_ends_at);

-- What staff did that is not on a request's timeline, and every look at what was not theirs. Never changed.
create table audit_entry (
  id uuid primary key default uuidv7(),
  at timestamptz not null default now(),
  actor_id uuid,
  actor_role text not null,
  action text not null,
  subject_kind text not null,
  subject_id uuid,
  detail jsonb not null default '{}'
);
create index audit_entry_subject on audit_entry (subject_id, at desc);

-- Who is behind a session token: the one statement that every page begins with.
create function session_actor(session_token text)
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
    where s.token = session_token and s.expires_at > now();
end $$;

-- Notes that a session is in use, at most every five minutes, so that its owner sees when it was last seen.
create function session_seen(session uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update sign_in_session set updated_at = now() where id = session and updated_at < now() - interval '5 minutes'
$$;

revoke all on function session_actor(text) from public;
revoke all on function session_seen(uuid) from public;
grant execute on function session_actor(text) to hearth_web;
grant execute on function session_seen(uuid) to hearth_web;

alter table person enable row level security;
alter table audit_entry enable row level security;

-- A customer sees themself and the names of staff who serve them; staff see everybody.
create policy person_seen on person for select to hearth_web
  using (id = (select app_person()) or role <> 'customer' or (select app_is_staff()));
create policy person_changes_own on person for update to hearth_web
  using (id = (select app_person())) with check (id = (select app_person()));
create policy person_all_auth on person to hearth_auth using (true) with check (true);
create policy person_all_worker on person for select to hearth_worker using (true);

create policy audit_written on audit_entry for insert to hearth_web
  with check (actor_id is not distinct from (select app_person()));
create policy audit_read on audit_entry for select to hearth_web
  using ((select app_role()) = 'admin' or actor_id = (select app_person()));
create policy audit_auth on audit_entry for insert to hearth_auth with check (true);
create policy audit_worker on audit_entry for insert to hearth_worker with check (true);

grant select on team to hearth_web, hearth_auth, hearth_worker;
grant select on person to hearth_web;
grant update (locale, phone, name, updated_at) on person to hearth_web;
grant select on person to hearth_worker;
grant select, insert, update on person to hearth_auth;
grant select, insert, update, delete on sign_in_method, sign_in_session, verification, second_factor, throttle
  to hearth_auth;
grant select, insert on audit_entry to hearth_web;
grant insert on audit_entry to hearth_auth, hearth_worker;
grant select, delete on sign_in_session, verification, throttle to hearth_worker;
