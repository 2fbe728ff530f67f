-- A chat goes on to a colleague, at whose desk it rings for a while before it is everybody's again, or back to the
-- assistant: then the talk with our people is over, and a new one begins that remembers from which request it came.

alter table conversation
  add column offered_to uuid references person on delete set null,
  add column offered_at timestamptz,
  add column returned_from uuid references request on delete set null;

-- A request may have been talked about more than once; never twice at a time.
alter table conversation drop constraint conversation_request_id_key;
drop index conversation_live;
create unique index conversation_live on conversation (request_id) where ended_at is null and request_id is not null;
create index conversation_about on conversation (request_id) where request_id is not null;
create index conversation_returned on conversation (returned_from) where returned_from is not null;
grant update (returned_from) on conversation to hearth_web;

-- What nobody has to sign, on the timeline of a request.
create function say_unsigned(of_request uuid, said text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who constant text := coalesce(current_setting('app.person', true), '');
  as_what constant text := app_role();
  said_id uuid;
begin
  perform set_config('app.person', '', true), set_config('app.role', 'system', true);
  insert into message (request_id, author_role, visibility, text)
    values (of_request, '', 'public', said) returning id into said_id;
  insert into request_event (request_id, number, actor_role, kind, visibility, payload)
    values (of_request, 1, '', 'message', 'public', jsonb_build_object('message', said_id));
  perform set_config('app.person', who, true), set_config('app.role', as_what, true);
end $$;
revoke all on function say_unsigned(uuid, text) from public;

-- The chat about a request, held, if it is in the hands of whoever acts, or they may change what is in those of others.
create function chat_in_hand(of_request uuid) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_id uuid;
begin
  select c.id into found_id from conversation c join request r on r.id = c.request_id
  where c.request_id = of_request and c.ended_at is null and r.status in ('submitted', 'open')
    and app_is_staff() and (r.agent_id = app_person() or app_role() in ('supervisor', 'admin'))
  for update of c;
  if found_id is null then
    raise exception 'only a chat in one''s own hands' using errcode = 'insufficient_privilege';
  end if;
  return found_id;
end $$;
revoke all on function chat_in_hand(uuid) from public;

-- Rings at this colleague's desk first, or at nobody's in particular; the customer is told.
create function offer_chat(of_request uuid, to_person uuid, said text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update conversation set offered_to = to_person, offered_at = case when to_person is not null then now() end
  where id = chat_in_hand(of_request);
  perform say_unsigned(of_request, said);
end $$;
revoke all on function offer_chat(uuid, uuid, text) from public;
grant execute on function offer_chat(uuid, uuid, text) to hearth_web;

-- The assistant goes on with the customer; `begun` are its first words.
create function return_to_assistant(of_request uuid, said text, begun text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  old conversation;
  next_id uuid;
begin
  select * into old from conversation c where c.id = chat_in_hand(of_request);
  perform say_unsigned(of_request, said);
  update conversation c set ended_at = now()
  where c.ended_at is null and (c.id = old.id or (c.request_id is null
    and (c.person_id = old.person_id or (old.person_id is null and c.person_id is null and c.visitor = old.visitor))));
  insert into conversation (person_id, visitor, locale, returned_from)
    values (old.person_id, old.visitor, old.locale, of_request) returning id into next_id;
  insert into conversation_line (conversation_id, number, key, spoken_by, text)
    values (next_id, 1, gen_random_uuid(), 'assistant', begun);
end $$;
revoke all on function return_to_assistant(uuid, text, text) from public;
grant execute on function return_to_assistant(uuid, text, text) to hearth_web;
