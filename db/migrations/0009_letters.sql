-- Letters that went out, so that a job run twice writes once; and, where no mail server is set, the letters caught.

-- Relays at once take different rows, for which they lock what they take.
grant update on outbox to hearth_worker;

-- One letter is one key: the job, what it is about and to whom.
create table letter (
  key text primary key,
  person_id uuid references person on delete set null,
  request_id uuid references request,
  kind text not null,
  message_id text not null,
  sent_at timestamptz not null default now()
);
create index letter_request on letter (request_id) where request_id is not null;

create table caught_mail (
  id uuid primary key default uuidv7(),
  at timestamptz not null default now(),
  sender text not null,
  recipient text not null,
  subject text not null,
  text text not null,
  html text not null
);

grant select, insert on letter to hearth_worker;
grant select on letter to hearth_web;
grant insert, select, delete on caught_mail to hearth_worker;
grant select on caught_mail to hearth_web;

-- A letter's row says that it went out and to whom, never what it said. Staff may look; customers have no need to.
alter table letter enable row level security;
create policy letter_staff on letter for select to hearth_web using ((select app_is_staff()));
create policy letter_worker on letter to hearth_worker using (true) with check (true);
