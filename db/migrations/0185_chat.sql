-- Conversations. What is said with the assistant stands in short lines of its own; as soon as a person is needed the
-- conversation is a request (channel chat), and everything said is on that request's timeline and nowhere else.

create table conversation (
  id uuid primary key default uuidv7(),
  person_id uuid references person on delete cascade,
  -- Somebody who has not signed in, by the digest of their cookie.
  visitor text,
  check ((person_id is null) <> (visitor is null)),
  locale text not null default 'en' check (length(locale) <= 10),
  request_id uuid unique references request,
  -- How often in a row the assistant did not know.
  misses smallint not null default 0 check (misses >= 0),
  rating smallint check (rating between 1 and 5),
  started_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  ended_at timestamptz
);
-- One conversation at a time.
create unique index conversation_of_person on conversation (person_id) where ended_at is null and person_id is not null;
create unique index conversation_of_visitor on conversation (visitor) where ended_at is null and visitor is not null;
create index conversation_by_person on conversation (person_id, last_at desc) where person_id is not null;
create index conversation_last on conversation (last_at) where request_id is null;

create table conversation_line (
  conversation_id uuid not null references conversation on delete cascade,
  number integer not null check (number between 1 and 200),
  -- The key of the form it was written into, so that a double click says it once.
  key uuid not null,
  spoken_by text not null check (spoken_by in ('customer', 'assistant')),
  text text not null check (length(text) between 1 and 4000),
  -- What the assistant points to: addresses of ours with their names.
  ways jsonb not null default '[]' check (length(ways::text) <= 4000),
  at timestamptz not null default now(),
  primary key (conversation_id, number),
  unique (conversation_id, key, spoken_by)
);
create trigger budget_of_line after insert on conversation_line
  for each row when (new.spoken_by = 'customer') execute function spend_budget('message', 90, 60);

alter table conversation enable row level security;
alter table conversation_line enable row level security;

create policy conversation_own on conversation to hearth_web
  using (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())))
  with check ((person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor())))
              and (request_id is null or exists (select 1 from request r where r.id = request_id
                                                 and r.requester_id = (select app_person()))));
create policy line_own on conversation_line to hearth_web
  using (exists (select 1 from conversation c where c.id = conversation_id
                 and (c.person_id = (select app_person())
                      or (c.person_id is null and c.visitor = (select app_visitor())))))
  with check (exists (select 1 from conversation c where c.id = conversation_id and c.request_id is null
                      and (c.person_id = (select app_person())
                           or (c.person_id is null and c.visitor = (select app_visitor())))));
-- Staff see that a request came out of a conversation, and how it was rated, where they see the request.
create policy conversation_of_request on conversation for select to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
create policy conversation_worker on conversation to hearth_worker using (true);
create policy line_worker on conversation_line to hearth_worker using (true);

grant select, insert on conversation, conversation_line to hearth_web;
grant update (misses, rating, last_at, ended_at, request_id) on conversation to hearth_web;
grant delete on conversation_line to hearth_web;
grant select, delete on conversation, conversation_line to hearth_worker;

-- What a visitor began goes on with the person they turn out to be. Who has one under way already keeps that.
create function claim_conversation(of_visitor text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from person p where p.id = app_person() and p.role = 'customer') then return; end if;
  update conversation c set person_id = app_person(), visitor = null,
    ended_at = case when exists (select 1 from conversation mine where mine.person_id = app_person()
                                 and mine.ended_at is null) then coalesce(c.ended_at, now()) else c.ended_at end
  where c.visitor = of_visitor and c.person_id is null and c.ended_at is null;
end $$;
revoke all on function claim_conversation(text) from public;
grant execute on function claim_conversation(text) to hearth_web;

-- What the assistant said before a person took over, on the timeline of the request that came of it: signed by nobody,
-- and only by the customer whose conversation it was, while it is handed over.
create function say_as_assistant(of_request uuid, said text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who constant text := coalesce(current_setting('app.person', true), '');
  as_what constant text := app_role();
  said_id uuid;
begin
  if not exists (select 1 from request r where r.id = of_request and r.channel = 'chat'
                 and r.requester_id = app_person()) then
    raise exception 'only of one''s own conversation' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('app.person', '', true), set_config('app.role', 'system', true);
  insert into message (request_id, author_role, visibility, text)
    values (of_request, '', 'public', said) returning id into said_id;
  insert into request_event (request_id, number, actor_role, kind, visibility, payload)
    values (of_request, 1, '', 'message', 'public', jsonb_build_object('message', said_id));
  perform set_config('app.person', who, true), set_config('app.role', as_what, true);
end $$;
revoke all on function say_as_assistant(uuid, text) from public;
grant execute on function say_as_assistant(uuid, text) to hearth_web;
