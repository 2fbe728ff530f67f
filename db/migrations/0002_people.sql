-- People, how they sign in, and what staff did. The sign-in library's tables carry our words.

-- Teams are made, renamed and retired by an admin. A team is retired only when nothing is left in it (`team_guard`),
-- and nothing comes to a retired team; each side of that waits for the other where both happen at once.
create table team (
  id uuid primary key default uuidv7(),
  code text not null unique check (code ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  check (length(name) between 1 and 80)
);
create unique index team_name on team (lower(name)) where retired_at is null;

alter table team enable row level security;
create policy team_seen on team for select to hearth_web, hearth_auth, hearth_worker using (true);
create policy team_made on team for insert to hearth_web with check ((select app_role()) = 'admin');
create policy team_changed on team for update to hearth_web using ((select app_role()) = 'admin');
grant select, insert, update (name, retired_at) on team to hearth_web;
grant select on team to hearth_auth, hearth_worker;

-- Customers, and staff: these come by invitation, change role and team, leave and come back. Only an admin does that,
-- whatever a page forgets; nobody is a customer and staff with one login; and there is always an admin left.
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
  deactivated_at timestamptz,
  -- When staff were last here. Their sessions last a shift, so those cannot tell.
  seen_at timestamptz,
  -- When somebody last took their old e-mail address back: whoever changed it since has no way back of their own.
  email_taken_back_at timestamptz,
  check (role <> 'customer' or team_id is null),
  check (role <> 'customer' or (deactivated_at is null and seen_at is null)),
  -- Names hold no links and nothing that turns letters around, whoever takes them.
  constraint person_name_alone check (name !~* '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]')
);
create unique index person_email on person (email);
create index person_staff on person (role) where role <> 'customer';
create index person_email_trigrams on person using gin (email gin_trgm_ops) where role = 'customer';
create index person_phone_trigrams on person using gin (regexp_replace(phone, '[^0-9+]', '', 'g') gin_trgm_ops)
  where role = 'customer' and phone is not null;
create index person_team on person (team_id) where team_id is not null;
create index person_name_folded on person using gin (folded(name) gin_trgm_ops) where role = 'customer';

-- Grants are given by column and policies by row; what both together would still let through is stopped here. People
-- write about themselves; only a customer's telephone number is also written down at the desk.
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
create trigger person_guard before update on person for each row execute function person_guard();

create function team_is_there() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from team where id = new.team_id and retired_at is null for key share;
  if found then
    return new;
  end if;
  -- A customer who sends a form at that very moment is not told about our teams: it is there for all of them.
  if tg_table_name = 'request' and tg_op = 'INSERT' then
    new.team_id := null;
    return new;
  end if;
  raise exception 'this team is no longer there' using errcode = 'check_violation', constraint = 'team_is_there';
end $$;
create trigger team_of_new before insert on person
  for each row when (new.team_id is not null) execute function team_is_there();
create trigger team_of before update of team_id, deactivated_at on person
  for each row when (new.team_id is not null and new.deactivated_at is null) execute function team_is_there();

-- The arguments: what is counted, how many, and in how many minutes. Staff work for others, and are not counted.
create function spend_budget() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  most constant integer := tg_argv[1]::integer;
  minutes constant integer := tg_argv[2]::integer;
  source constant text := nullif(current_setting('app.source', true), '');
  spent integer;
begin
  if app_role() = 'customer' and app_person() is not null then
    insert into budget as b (person_id, kind, count, window_ends_at)
      values (app_person(), tg_argv[0], 1, now() + make_interval(mins => minutes))
      on conflict (person_id, kind) do update set
        count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
        window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
      returning count into spent;
  elsif app_person() is null and source is not null then
    insert into source_budget as b (source, kind, count, window_ends_at)
      values (source, tg_argv[0], 1, now() + make_interval(mins => minutes))
      on conflict on constraint source_budget_pkey do update set
        count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
        window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
      returning (count + 4) / 5 into spent;
  end if;
  if spent > most then
    raise exception 'too many of one person or network' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;
create trigger budget_of_settings after update of name, phone, locale on person
  for each row execute function spend_budget('settings', 60, 60);

create function app_is_customer(of_person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from person where id = of_person and role = 'customer')
$$;
revoke all on function app_is_customer(uuid) from public;
grant execute on function app_is_customer(uuid) to hearth_web;

alter table person enable row level security;

-- A customer sees themself and the names of staff who serve them; staff see everybody. Names of those who work here
-- are for those who have signed in.
create policy person_seen on person for select to hearth_web
  using (id = (select app_person()) or (role <> 'customer' and (select app_person()) is not null)
         or (select app_is_staff()));
create policy person_changes_own on person for update to hearth_web
  using (id = (select app_person())) with check (id = (select app_person()));
create policy person_all_auth on person to hearth_auth using (true) with check (true);
create policy person_all_worker on person for select to hearth_worker using (true);
create policy person_changed_by_admin on person for update to hearth_web
  using ((select app_role()) = 'admin' and role <> 'customer') with check (role <> 'customer');

-- What the desk may change about a customer themself: the telephone number.
create policy person_changed_at_desk on person for update to hearth_web
  using ((select app_is_staff()) and role = 'customer') with check ((select app_is_staff()) and role = 'customer');
grant select, update (locale, phone, name, updated_at, role, team_id, deactivated_at) on person to hearth_web;
grant select, insert, update on person to hearth_auth;
grant select on person to hearth_worker;

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

grant select, insert, update, delete on sign_in_method to hearth_auth;

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

-- Who is behind a session token: the one statement that every page begins with. Whoever is deactivated is nobody: no
-- session of theirs opens a page or keeps a stream.
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
    where s.token = session_token and s.expires_at > now() and p.deactivated_at is null;
end $$;
revoke all on function session_actor(text) from public;
grant execute on function session_actor(text) to hearth_web;

-- Notes that a session is in use, at most every five minutes, so that its owner sees when it was last seen.
create function session_seen(session uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  with used as (
    update sign_in_session set updated_at = now()
    where id = session and updated_at < now() - interval '5 minutes' returning person_id)
  update person p set seen_at = now() from used where p.id = used.person_id and p.role <> 'customer'
$$;
revoke all on function session_seen(uuid) from public;
grant execute on function session_seen(uuid) to hearth_web;

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
revoke all on function end_sessions_of(uuid) from public;
grant execute on function end_sessions_of(uuid) to hearth_web;

-- Signing in, staff are here as well.
create function staff_seen() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person set seen_at = now() where id = new.person_id and role <> 'customer';
  return null;
end $$;
create trigger staff_seen after insert on sign_in_session for each row execute function staff_seen();

grant select, insert, update, delete on sign_in_session to hearth_auth;
grant select, delete on sign_in_session to hearth_worker;

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

grant select, insert, update, delete on verification to hearth_auth;
grant select, delete on verification to hearth_worker;

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

create function forget_second_factor_of(of_person uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'admin' or app_person() is not distinct from of_person then
    raise exception 'only another admin resets a second factor' using errcode = 'insufficient_privilege';
  end if;
  update person set two_factor_enabled = false, updated_at = now() where id = of_person and role <> 'customer';
  delete from second_factor f using person p where p.id = of_person and p.role <> 'customer' and f.person_id = p.id;
end $$;
revoke all on function forget_second_factor_of(uuid) from public;
grant execute on function forget_second_factor_of(uuid) to hearth_web;

grant select, insert, update, delete on second_factor to hearth_auth;

-- How often something was tried since the window began. The key is a digest: no address and no name stands here.
create table throttle (
  key text primary key,
  count integer not null check (count >= 0),
  window_ends_at timestamptz not null
);
create index throttle_ends on throttle (window_ends_at);

grant select, insert, update, delete on throttle to hearth_auth;
grant select, delete on throttle to hearth_worker;

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

-- The list of what was changed about staff.
create index audit_entry_action on audit_entry (action, id desc);

alter table audit_entry enable row level security;
create policy audit_written on audit_entry for insert to hearth_web
  with check (actor_id is not distinct from (select app_person()) and actor_role = (select app_role()));
create policy audit_read on audit_entry for select to hearth_web
  using ((select app_role()) = 'admin' or actor_id = (select app_person()));
create policy audit_auth on audit_entry for insert to hearth_auth with check (true);
create policy audit_worker on audit_entry for insert to hearth_worker with check (true);

-- Customers see what was changed about them, and by whom; and so does the desk. What was changed about its own people
-- only admins read (`audit_read`).
create policy audit_of_customers on audit_entry for select to hearth_web
  using (subject_kind = 'person'
         and action in ('details.changed', 'priority.changed', 'person.email_change_asked', 'person.email_changed',
                        'person.email_taken_back', 'person.password_changed', 'person.closing_asked',
                        'person.closing_withdrawn', 'person.data_taken')
         and (subject_id = (select app_person()) or ((select app_is_staff()) and app_is_customer(subject_id))));

-- When something happened is written by the database. Nobody who writes may name a time.
grant select, insert (id, actor_id, actor_role, action, subject_kind, subject_id, detail) on audit_entry to
  hearth_web;
grant insert (id, actor_id, actor_role, action, subject_kind, subject_id, detail) on audit_entry to
  hearth_auth, hearth_worker;

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
  expires_at timestamptz not null,
  constraint invitation_name_alone check (name !~* '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]')
);
create unique index invitation_email on invitation (email);
create index invitation_expires on invitation (expires_at);
create trigger team_of before insert on invitation
  for each row when (new.team_id is not null) execute function team_is_there();

alter table invitation enable row level security;
create policy invitation_admin on invitation to hearth_web
  using ((select app_role()) = 'admin') with check ((select app_role()) = 'admin');
create policy invitation_opened on invitation to hearth_auth using (true) with check (false);
create policy invitation_worker on invitation to hearth_worker using (true) with check (false);
grant select, insert, update (link, sent_at, expires_at), delete on invitation to hearth_web;
grant select, delete on invitation to hearth_auth, hearth_worker;

-- So much in so much time for one person, whatever they write and by whichever page: counted by the database. Danger is
-- not counted here: what speaks of it is heard before it is written, and folded where it is recorded.
create table budget (
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('request', 'message', 'draft', 'attachment', 'settings')),
  count integer not null,
  window_ends_at timestamptz not null,
  primary key (person_id, kind)
);
create index budget_ends on budget (window_ends_at);

alter table budget enable row level security;
create policy budget_worker on budget to hearth_worker using (true);
grant select, delete on budget to hearth_worker;

-- What visitors write is counted by the network they come from, for a cookie is had for nothing. A network may be a whole
-- block of flats or a carrier's, so it has five times what one person has.
create table source_budget (
  source text not null check (length(source) <= 64),
  kind text not null,
  count integer not null,
  window_ends_at timestamptz not null,
  primary key (source, kind)
);
create index source_budget_ends on source_budget (window_ends_at);

alter table source_budget enable row level security;
create policy source_budget_worker on source_budget to hearth_worker using (true);
grant select, delete on source_budget to hearth_worker;

-- How somebody wants to be written to and reached: what letters may go, when, and where else we find them.
create table contact_wish (
  person_id uuid primary key references person on delete cascade,
  second_phone text check (length(second_phone) <= 60),
  street text check (length(street) <= 200),
  town text check (length(town) <= 100),
  postcode text check (length(postcode) <= 20),
  channel text not null default 'email' check (channel in ('email', 'phone', 'post')),
  formats text[] not null default '{}' check (formats <@ array['large_print', 'braille', 'audio', 'no_calls']),
  -- Letters that can wait do so between these two, on the utility's clock. Over midnight the first is the later one.
  quiet_from time,
  quiet_until time,
  -- Kinds of letters that are not wanted.
  muted text[] not null default '{}' check (muted <@ array['request', 'bill', 'reading', 'appointment', 'news']),
  updated_at timestamptz not null default now(),
  check ((quiet_from is null) = (quiet_until is null) and quiet_from <> quiet_until),
  check (num_nulls(street, town, postcode) in (0, 3)),
  check (channel <> 'phone' or not 'no_calls' = any (formats)),
  check (channel <> 'post' or street is not null)
);

alter table contact_wish enable row level security;
create policy contact_wish_own on contact_wish to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));

-- Staff write down what a customer tells them; the log says who did.
create policy contact_wish_desk on contact_wish to hearth_web
  using ((select app_is_staff()) and app_is_customer(person_id))
  with check ((select app_is_staff()) and app_is_customer(person_id));
create policy contact_wish_worker on contact_wish for select to hearth_worker using (true);
grant select, insert, update on contact_wish to hearth_web;
grant select on contact_wish to hearth_worker;

alter table letter add foreign key (person_id) references person on delete set null;
