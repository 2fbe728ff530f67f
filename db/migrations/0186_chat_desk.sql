-- The chat at the desk: who is there, who waits, and what happens when somebody's line is cut. And what the bot did with
-- each question, so that the next one is understood in its light.

alter table conversation drop column misses;
alter table conversation_line
  add column kind text check (kind in ('article', 'service', 'fact', 'guesses', 'abstain', 'person')),
  add column topic text check (length(topic) <= 200);

create index conversation_live on conversation (request_id) where ended_at is null and request_id is not null;

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
grant select, insert on chat_desk to hearth_web;
grant update (seen_at) on chat_desk to hearth_web;
grant select, delete on chat_desk to hearth_worker;
grant update (ended_at) on conversation to hearth_worker;

-- How many conversations waited for a person before this one, and nothing else about them.
create function chats_before(of_request uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from conversation c join request r on r.id = c.request_id,
    (select m.submitted_at, m.id from request m join conversation own on own.request_id = m.id
     where m.id = of_request and own.person_id = app_person()) mine
  where c.ended_at is null and r.agent_id is null and r.status in ('submitted', 'open')
    and (r.submitted_at, r.id) < (mine.submitted_at, mine.id)
$$;
revoke all on function chats_before(uuid) from public;
grant execute on function chats_before(uuid) to hearth_web;

-- Gives back to the queue what is in the hands of somebody whose desk went silent after they took it. Who works without
-- scripts never says that they are there, and is left alone.
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
