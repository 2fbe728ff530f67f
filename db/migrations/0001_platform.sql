-- What every module stands on: who acts, in the database's own words; keys that carry their time; the outbox for work
-- that follows; letters.

-- PostgreSQL 18 has uuidv7(); older servers get the same shape (RFC 9562, 48 bits of milliseconds) from here.
do $$
begin
  if not exists (select 1 from pg_proc where proname = 'uuidv7' and pronamespace = 'pg_catalog'::regnamespace) then
    create function public.uuidv7() returns uuid language sql volatile parallel safe as $f$
      select encode(
        set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid())
            placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
            from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid
    $f$;
  end if;
end $$;

grant usage on schema public to hearth_web, hearth_auth, hearth_worker;

-- Looking for words: by three letters of them, without accents, with small slips forgiven.
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists fuzzystrmatch with schema public;

-- The actor of this transaction, as told by the only file that hands out connections. Empty means nobody.
create function app_person() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.person', true), '')::uuid $$;

create function app_role() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('app.role', true), '') $$;

create function app_team() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.team', true), '')::uuid $$;

-- A visitor who has not signed in is known by the digest of a signed cookie; it opens only drafts and uploads.
create function app_visitor() returns text language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.visitor', true), ''), 'nobody') $$;

-- Whoever has not said who acts is no staff. Unset, this would be null, and "not null" refuses nobody.
create function app_is_staff() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.role', true) in ('agent', 'supervisor', 'admin'), false) $$;

-- On which of the three sides the actor stands, to which moves between states are given. A visitor is a customer here.
create function app_whom() returns text language sql stable as $$
  select case app_role() when 'customer' then 'customer' when 'visitor' then 'customer' when 'agent' then 'staff'
                         when 'supervisor' then 'staff' when 'admin' then 'staff' when 'system' then 'system'
                         else 'nobody' end
$$;

-- Customers, and visitors in the same place: neither changes more of a request than its customer may.
create function app_as_customer() returns boolean language sql stable parallel safe as $$
  select app_role() in ('customer', 'visitor')
$$;

-- Words as they are compared: in small letters, without accents.
create function folded(said text) returns text
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select lower(unaccent('unaccent'::regdictionary, said));
$$;

-- Work to be done after the commit. The worker relays it to the job queue; nobody notifies inside a write.
create table outbox (
  id bigint generated always as identity primary key,
  job text not null,
  payload jsonb not null default '{}',
  run_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);

-- Relays at once take different rows, for which they lock what they take: hence the update.
grant insert on outbox to hearth_web, hearth_auth;
grant select, insert, update, delete on outbox to hearth_worker;

-- Letters that went out, so that a job run twice writes once: one letter is one key, the job, what it is about and to
-- whom. One that a mail server will never take is settled, too, and staff see whose letters fail.
create table letter (
  key text primary key,
  person_id uuid,
  request_id uuid,
  kind text not null,
  message_id text not null,
  sent_at timestamptz not null default now(),
  -- Null where it was taken. Else what was said: the code of the protocol (RFC 5321), or that the address is none.
  refused text check (refused ~ '^(5[0-9][0-9]|address)$')
);
create index letter_request on letter (request_id) where request_id is not null;
create index letter_person on letter (person_id, sent_at desc) where person_id is not null;

-- A letter's row says that it went out and to whom, never what it said. Staff may look; customers have no need to.
alter table letter enable row level security;
create policy letter_staff on letter for select to hearth_web using ((select app_is_staff()));
create policy letter_worker on letter to hearth_worker using (true) with check (true);
grant select on letter to hearth_web;
grant select, insert on letter to hearth_worker;

-- Where no mail server is set: the letters caught.
create table caught_mail (
  id uuid primary key default uuidv7(),
  at timestamptz not null default now(),
  sender text not null,
  recipient text not null,
  subject text not null,
  text text not null,
  html text not null
);

grant select on caught_mail to hearth_web;
grant select, insert, delete on caught_mail to hearth_worker;
