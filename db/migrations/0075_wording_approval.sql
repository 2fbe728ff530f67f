-- The words people are shown in danger are shipped unapproved. An admin of the utility approves a version, word by word as
-- its digest says; nothing of that is changed or taken back. Other words have another digest, and are approved anew.

create table wording_approval (
  id uuid primary key default uuidv7(),
  version text not null check (length(version) between 1 and 40),
  digest text not null check (length(digest) between 20 and 100),
  approved_by uuid not null references person,
  approved_at timestamptz not null default now(),
  unique (digest, version)
);

alter table wording_approval enable row level security;
create policy wording_approval_seen on wording_approval for select to hearth_web using ((select app_is_staff()));
create policy wording_approval_given on wording_approval for insert to hearth_web
  with check ((select app_role()) = 'admin' and approved_by = (select app_person()));
grant select, insert (id, version, digest, approved_by) on wording_approval to hearth_web;
