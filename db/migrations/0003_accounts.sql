-- Billing accounts, who is a member of them, and the places that are served.

create table account (
  id uuid primary key default uuidv7(),
  number text not null unique check (number ~ '^[0-9]{8,12}$'),
  holder text not null,
  created_at timestamptz not null default now()
);

create table account_member (
  account_id uuid not null references account on delete cascade,
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('holder', 'authorised', 'landlord', 'nominee')),
  scope text not null check (scope in ('notices', 'view', 'act')),
  created_at timestamptz not null default now(),
  primary key (account_id, person_id)
);
create index account_member_person on account_member (person_id);

create table premises (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  line text not null,
  town text not null,
  postcode text not null,
  created_at timestamptz not null default now()
);
create index premises_account on premises (account_id);

create table meter (
  id uuid primary key default uuidv7(),
  premises_id uuid not null references premises on delete cascade,
  serial text not null unique,
  digits smallint not null check (digits between 4 and 8),
  installed_on date not null
);
create index meter_premises on meter (premises_id);

-- Which of these sessions still stand, and as what: asked once a second for all open streams together.
create function sessions_standing(session_ids uuid[])
returns table (session_id uuid, standing text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, p.role || ':' || coalesce(p.team_id::text, '') || ':' ||
         coalesce((select string_agg(m.account_id::text || m.scope, ',' order by m.account_id)
                   from account_member m where m.person_id = p.id), '')
  from sign_in_session s join person p on p.id = s.person_id
  where s.id = any (session_ids) and s.expires_at > now()
$$;

revoke all on function sessions_standing(uuid[]) from public;
grant execute on function sessions_standing(uuid[]) to hearth_web;

alter table account enable row level security;
alter table account_member enable row level security;
alter table premises enable row level security;
alter table meter enable row level security;

-- A member sees their own memberships, and through them the account; staff see all.
create policy member_seen on account_member for select to hearth_web
  using (person_id = (select app_person()) or (select app_is_staff()));
create policy account_seen on account for select to hearth_web
  using ((select app_is_staff()) or
         id in (select m.account_id from account_member m where m.person_id = (select app_person())));
create policy premises_seen on premises for select to hearth_web
  using ((select app_is_staff()) or
         account_id in (select m.account_id from account_member m
                        where m.person_id = (select app_person()) and m.scope in ('view', 'act')));
create policy meter_seen on meter for select to hearth_web
  using (exists (select 1 from premises p where p.id = premises_id));

create policy account_worker on account for select to hearth_worker using (true);
create policy member_worker on account_member for select to hearth_worker using (true);

grant select on account, account_member, premises, meter to hearth_web;
grant select on account, account_member to hearth_worker;
