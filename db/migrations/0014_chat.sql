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
  rating smallint check (rating between 1 and 5),
  started_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  ended_at timestamptz
);

-- One conversation at a time.
create unique index conversation_of_person on conversation (person_id) where ended_at is null and person_id is not null;
create index conversation_by_person on conversation (person_id, last_at desc) where person_id is not null;
create index conversation_last on conversation (last_at) where request_id is null;
create index conversation_live on conversation (request_id) where ended_at is null and request_id is not null;

-- Of what a person of ours has taken over, several may be open: the link in a letter opens one again.
create unique index conversation_of_visitor on conversation (visitor)
  where ended_at is null and visitor is not null and request_id is null;

-- What a visitor began goes on with the person they turn out to be; what a person of ours has taken over already, if it
-- was begun with their e-mail. Who has one under way already keeps that.
create function claim_conversation(of_visitor text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from person p where p.id = app_person() and p.role = 'customer') then return; end if;
  perform take_in_request(v.request_id) from request_visitor v where v.visitor = of_visitor;
  update conversation c set person_id = app_person(), visitor = null,
    ended_at = case when exists (select 1 from conversation mine where mine.person_id = app_person()
                                 and mine.ended_at is null) then coalesce(c.ended_at, now()) else c.ended_at end
  where c.visitor = of_visitor and c.person_id is null and c.ended_at is null and c.request_id is null;
end $$;
revoke all on function claim_conversation(text) from public;
grant execute on function claim_conversation(text) to hearth_web;

-- What a visitor asked goes on with the person they turn out to be.
create function answers_follow() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update bot_answer set person_id = new.person_id where conversation_id = new.id;
  return null;
end $$;
revoke all on function answers_follow() from public;
create trigger answers_follow after update of person_id on conversation
  for each row when (new.person_id is distinct from old.person_id) execute function answers_follow();

-- A visitor's request into the account of whoever acts, if their verified e-mail is the one that the visitor gave.
create function take_in_request(of_request uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  them person;
begin
  select * into them from person p where p.id = app_person() and p.role = 'customer' and p.email_verified;
  if them.id is null then return false; end if;
  perform 1 from request r where r.id = of_request and r.requester_id is null and r.logged_by is null
    and lower(r.contact->>'caller_email') = them.email for update;
  if not found then return false; end if;
  perform set_config('app.role', 'system', true);
  update request set requester_id = them.id where id = of_request;
  perform set_config('app.role', 'customer', true);
  update conversation c set person_id = them.id, visitor = null,
    ended_at = case when exists (select 1 from conversation mine where mine.person_id = them.id
                                 and mine.ended_at is null) then coalesce(c.ended_at, now()) else c.ended_at end
  where c.request_id = of_request;
  delete from request_visitor where request_id = of_request;
  return true;
end $$;
revoke all on function take_in_request(uuid) from public;

-- Comes with the private link, which only we can write: lets this browser in, or takes the request into the account of
-- whoever has signed in. Says what became of it.
create function enter_request(of_request uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  it request;
begin
  select * into it from request r where r.id = of_request;
  if it.id is null then return 'gone'; end if;
  if app_person() is not null then
    if it.requester_id = app_person() or take_in_request(of_request) then return 'theirs'; end if;
    return case when it.requester_id is null then 'other' else 'account' end;
  end if;
  if it.requester_id is not null then return 'account'; end if;
  if it.logged_by is not null or app_visitor() = 'nobody' or it.closed_at < now() - interval '30 days' then
    return 'gone';
  end if;
  insert into request_visitor (request_id, visitor) values (of_request, app_visitor())
    on conflict (request_id, visitor) do update set at = now();
  update conversation set ended_at = null where request_id = of_request;
  return 'entered';
end $$;
revoke all on function enter_request(uuid) from public;
grant execute on function enter_request(uuid) to hearth_web;

alter table conversation enable row level security;
create policy conversation_own on conversation to hearth_web
  using (person_id = (select app_person())
         or (person_id is null and (visitor = (select app_visitor())
                                    or request_id = any ((select app_visited())::uuid[]))))
  with check ((person_id = (select app_person())
               or (person_id is null and (visitor = (select app_visitor())
                                          or request_id = any ((select app_visited())::uuid[]))))
              and (request_id is null
                   or request_id = any ((select app_visited())::uuid[])
                   or exists (select 1 from request r where r.id = request_id
                              and r.requester_id = (select app_person()))));

-- Staff see that a request came out of a conversation, and how it was rated, where they see the request.
create policy conversation_of_request on conversation for select to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
create policy conversation_worker on conversation to hearth_worker using (true);
grant select, insert, update (rating, last_at, ended_at, request_id) on conversation to hearth_web;
grant select, update (ended_at), delete on conversation to hearth_worker;

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
  kind text check (kind in ('article', 'service', 'fact', 'guesses', 'abstain', 'person')),
  topic text check (length(topic) <= 200),
  primary key (conversation_id, number),
  unique (conversation_id, key, spoken_by)
);

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
                 and (r.requester_id = app_person() or (r.requester_id is null and r.id = any (app_visited())))) then
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

-- What time itself has to say in a conversation.
create function say_in_chat(of_request uuid, said text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  said_id uuid;
begin
  insert into message (request_id, author_role, visibility, text)
    values (of_request, '', 'public', said) returning id into said_id;
  insert into request_event (request_id, number, actor_role, kind, visibility, payload)
    values (of_request, 1, '', 'message', 'public', jsonb_build_object('message', said_id));
end $$;
revoke all on function say_in_chat(uuid, text) from public;
grant execute on function say_in_chat(uuid, text) to hearth_worker;

create trigger budget_of_line after insert on conversation_line
  for each row when (new.spoken_by = 'customer') execute function spend_budget('message', 90, 60);

alter table conversation_line enable row level security;
create policy line_own on conversation_line to hearth_web
  using (exists (select 1 from conversation c where c.id = conversation_id
                 and (c.person_id = (select app_person())
                      or (c.person_id is null and c.visitor = (select app_visitor())))))
  with check (exists (select 1 from conversation c where c.id = conversation_id and c.request_id is null
                      and (c.person_id = (select app_person())
                           or (c.person_id is null and c.visitor = (select app_visitor())))));
create policy line_worker on conversation_line to hearth_worker using (true);
grant select, insert, delete on conversation_line to hearth_web;
grant select, delete on conversation_line to hearth_worker;

-- A member of staff whose desk is open, with scripts, says so every few seconds.
create table chat_desk (
  person_id uuid primary key references person on delete cascade,
  seen_at timestamptz not null default now()
);

alter table chat_desk enable row level security;
create policy chat_desk_seen on chat_desk for select to hearth_web using ((select app_is_staff()));
create policy chat_desk_own on chat_desk for insert to hearth_web
  with check ((select app_is_staff()) and person_id = (select app_person()));
create policy chat_desk_again on chat_desk for update to hearth_web
  using ((select app_is_staff()) and person_id = (select app_person()));
create policy chat_desk_worker on chat_desk to hearth_worker using (true);
grant select, insert, update (seen_at) on chat_desk to hearth_web;
grant select, delete on chat_desk to hearth_worker;

-- What the bot made of each question, for the people who improve it. Words of customers are forgotten here as
-- elsewhere; figures stay a year.
create table bot_answer (
  id uuid primary key default uuidv7(),
  -- A visitor's is nobody's as soon as their talk is forgotten.
  conversation_id uuid references conversation on delete set null,
  person_id uuid references person on delete cascade,
  at timestamptz not null default now(),
  locale text not null check (length(locale) <= 10),
  -- As it was asked; null once forgotten.
  question text check (length(question) between 1 and 500),
  kind text not null check (kind in ('article', 'service', 'fact', 'guesses', 'abstain', 'person')),
  topic text check (length(topic) <= 200),
  confidence real not null check (confidence between 0 and 1),
  -- What it offered besides.
  next text[] not null default '{}' check (cardinality(next) <= 2),
  outcome text not null default 'open' check (outcome in ('open', 'helped', 'chosen', 'again', 'person'))
);
create index bot_answer_newest on bot_answer (id desc) where question is not null;
create index bot_answer_unsure on bot_answer (id desc) where question is not null and kind in ('guesses', 'abstain');
create index bot_answer_refused on bot_answer (id desc) where question is not null and outcome in ('again', 'person');
create index bot_answer_of_conversation on bot_answer (conversation_id, id desc) where conversation_id is not null;
create index bot_answer_of_person on bot_answer (person_id) where person_id is not null;
create index bot_answer_at on bot_answer (at, kind, outcome);

alter table bot_answer enable row level security;

-- Of one's own talk: written with the answer, and how it went on. Staff read all.
create policy bot_answer_own on bot_answer to hearth_web
  using (exists (select 1 from conversation c where c.id = conversation_id
                 and (c.person_id = (select app_person())
                      or (c.person_id is null and c.visitor = (select app_visitor())))))
  with check (exists (select 1 from conversation c where c.id = conversation_id
                      and c.person_id is not distinct from bot_answer.person_id
                      and (c.person_id = (select app_person())
                           or (c.person_id is null and c.visitor = (select app_visitor())))));
create policy bot_answer_staff on bot_answer for select to hearth_web using ((select app_is_staff()));
create policy bot_answer_worker on bot_answer to hearth_worker using (true);
grant select, insert, update (outcome) on bot_answer to hearth_web;
grant select, update (question), delete on bot_answer to hearth_worker;

-- Somebody asks to be called back. It is a request with a promise that begins and ends with the window they chose; here
-- stands only the call: the number, the window, and how the tries went.
create table call_back (
  request_id uuid primary key references request on delete cascade,
  phone text not null check (phone ~ '^\+?[0-9]{7,15}(;ext=[0-9]{1,6})?$'),
  begins_at timestamptz not null,
  ends_at timestamptz not null,
  check (begins_at < ends_at),
  state text not null default 'waiting' check (state in ('waiting', 'reached', 'given_up', 'cancelled', 'over')),
  tries smallint not null default 0 check (tries between 0 and 20),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state = 'waiting') = (ended_at is null))
);

-- One that is open for a number, however often the button is pressed.
create unique index call_back_open on call_back (phone) where state = 'waiting';
create index call_back_due on call_back (begins_at) where state = 'waiting';

-- Whatever ends the request ends the call: nobody is rung up about what they have called off.
create function call_ends_with_request() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update call_back set state = case when new.status = 'cancelled' then 'cancelled' else 'over' end, ended_at = now()
    where request_id = new.id and state = 'waiting';
  return null;
end $$;
create trigger call_ends_with_request after update of status on request
  for each row when (new.status in ('resolved', 'closed', 'cancelled', 'merged') and new.status <> old.status)
  execute function call_ends_with_request();

alter table call_back enable row level security;
create policy call_back_seen on call_back for select to hearth_web
  using (exists (select 1 from request r where r.id = request_id));
create policy call_back_asked on call_back for insert to hearth_web
  with check (state = 'waiting' and tries = 0 and ends_at > now()
              and exists (select 1 from request r where r.id = request_id and r.status = 'submitted'));
create policy call_back_tried on call_back for update to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
create policy call_back_worker on call_back for select to hearth_worker using (true);
grant select, insert, update (begins_at, ends_at, state, tries, ended_at) on call_back to hearth_web;
grant select on call_back to hearth_worker;

-- How many conversations waited for a person before this one, and nothing else about them.
create function chats_before(of_request uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from conversation c join request r on r.id = c.request_id,
    (select m.submitted_at, m.id from request m join conversation own on own.request_id = m.id
     where m.id = of_request and (own.person_id = app_person()
                                  or (own.person_id is null and m.id = any (app_visited())))) mine
  where c.ended_at is null and r.agent_id is null and r.status in ('submitted', 'open')
    and (r.submitted_at, r.id) < (mine.submitted_at, mine.id)
$$;
revoke all on function chats_before(uuid) from public;
grant execute on function chats_before(uuid) to hearth_web;

-- Gives back to the queue what is in the hands of somebody whose desk went silent after they took it, or in that very
-- moment: what counts is that it spoke shortly before. Who works without scripts has not spoken for long, and is left
-- alone.
create function return_abandoned_chats(silent interval) returns table (request_id uuid, locale text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
begin
  for one in
    select r.id, r.agent_id, r.team_id, c.locale from conversation c
    join request r on r.id = c.request_id
    join chat_desk d on d.person_id = r.agent_id
    where c.ended_at is null and r.status in ('submitted', 'open') and d.seen_at < now() - silent
      and d.seen_at >= (select max(e.at) from request_event e where e.request_id = r.id and e.kind = 'assigned')
                       - interval '60 seconds'
    for update of r skip locked
  loop
    update request set agent_id = null where id = one.id;
    insert into request_event (request_id, number, actor_role, kind, payload)
      values (one.id, 1, '', 'assigned', jsonb_build_object('agent', null, 'team', one.team_id,
              'taken_from', jsonb_build_object('agent', one.agent_id, 'team', one.team_id)));
    request_id := one.id;
    locale := one.locale;
    return next;
  end loop;
end $$;
revoke all on function return_abandoned_chats(interval) from public;
grant execute on function return_abandoned_chats(interval) to hearth_worker;
