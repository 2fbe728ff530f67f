-- Who acts, in the database's own words; keys that carry their time; and the outbox for work that follows.

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

create function app_is_staff() returns boolean language sql stable parallel safe
  as $$ select current_setting('app.role', true) in ('agent', 'supervisor', 'admin') $$;

-- Work to be done after the commit. The worker relays it to the job queue; nobody notifies inside a write.
create table outbox (
  id bigint generated always as identity primary key,
  job text not null,
  payload jsonb not null default '{}',
  run_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);

grant usage on schema public to hearth_web, hearth_auth, hearth_worker;
grant insert on outbox to hearth_web, hearth_auth;
grant select, insert, delete on outbox to hearth_worker;
