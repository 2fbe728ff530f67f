-- What files from the utility's own systems need: a name for a place that stays, and how a holder was reached so far.

-- The utility's own reference of a place (such as MPRN or UPRN). Where none was given, one of ours.
alter table premises
  add column reference text not null default uuidv7()::text unique check (length(reference) between 1 and 40);

-- How the utility reached the holder before they signed up here. No way in: they claim their account with a code.
create table account_contact (
  account_id uuid primary key references account on delete cascade,
  email text check (length(email) <= 254),
  phone text check (length(phone) <= 40),
  language text check (language ~ '^[a-z]{2}$')
);
alter table account_contact enable row level security;
create policy account_contact_seen on account_contact for select to hearth_web using ((select app_is_staff()));
grant select on account_contact to hearth_web;
