-- Text messages: to a number that its owner has proved to have, about what they chose, and never again once they said stop.
create table text_number (
  person_id uuid primary key references person on delete cascade,
  -- As a gateway dials it (E.164). Several people may have one telephone: nobody learns whose a number is.
  number text not null check (number ~ '^\+[1-9][0-9]{7,14}$'),
  verified_at timestamptz not null default now(),
  -- They said stop, on their page or by a reply.
  stopped_at timestamptz,
  -- The gateway said that it cannot be texted.
  failed_at timestamptz,
  -- Since when they know how to stop.
  told_at timestamptz
);
create index text_number_number on text_number (number);
alter table text_number enable row level security;
create policy text_number_own on text_number for select to hearth_web using (person_id = (select app_person()));
create policy text_number_desk on text_number for select to hearth_web
  using ((select app_is_staff()) and app_is_customer(person_id));
create policy text_number_auth on text_number for all to hearth_auth using (true) with check (true);
create policy text_number_read on text_number for select to hearth_worker using (true);
create policy text_number_noted on text_number for update to hearth_worker using (true);
grant select on text_number to hearth_web, hearth_worker;
grant select, insert, update, delete on text_number to hearth_auth;
grant update (failed_at, told_at) on text_number to hearth_worker;

-- The code that waits for its owner: sealed, so that only Hearth reads it, once for the text and once for the answer.
create table text_code (
  person_id uuid primary key references person on delete cascade,
  id uuid not null unique default uuidv7(),
  number text not null check (number ~ '^\+[1-9][0-9]{7,14}$'),
  sealed text not null check (length(sealed) <= 200),
  tries smallint not null default 0 check (tries <= 5),
  expires_at timestamptz not null
);
alter table text_code enable row level security;
create policy text_code_auth on text_code for all to hearth_auth using (true) with check (true);
create policy text_code_worker on text_code for all to hearth_worker using (true);
grant select, insert, update, delete on text_code to hearth_auth;
grant select, delete on text_code to hearth_worker;

-- Every text about something, sent once. Number and words are kept only until it is settled, and what would be done again
-- where it cannot be sent: the same is then told by e-mail.
create table text_message (
  id uuid primary key default uuidv7(),
  key text not null unique,
  kind text not null,
  person_id uuid references person on delete set null,
  number text,
  words text check (length(words) <= 500),
  job text,
  payload jsonb,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'late')),
  made_at timestamptz not null default now(),
  settled_at timestamptz,
  check ((state = 'waiting') = (number is not null)),
  check ((state = 'waiting') = (words is not null)),
  check ((state = 'waiting') = (settled_at is null)),
  check ((job is null) = (payload is null))
);
create index text_message_person on text_message (person_id, made_at desc) where person_id is not null;
alter table text_message enable row level security;
create policy text_message_worker on text_message for all to hearth_worker using (true) with check (true);
grant select, insert, update on text_message to hearth_worker;

-- Replies that the gateway told us of, by their digest: told twice, heard once.
create table text_reply (
  digest text primary key check (length(digest) <= 64),
  at timestamptz not null default now()
);
create index text_reply_at on text_reply (at);
alter table text_reply enable row level security;
create policy text_reply_auth on text_reply for all to hearth_auth using (true) with check (true);
create policy text_reply_worker on text_reply for all to hearth_worker using (true);
grant select, insert on text_reply to hearth_auth;
grant select, delete on text_reply to hearth_worker;

-- Kinds of letters that are wanted as texts, beside e-mail or instead of it.
alter table contact_wish add column texted text[] not null default '{}'
  check (texted <@ array['request', 'bill', 'reading', 'appointment', 'news']);
alter table contact_wish drop constraint contact_wish_channel_check;
alter table contact_wish add constraint contact_wish_channel_check check (channel in ('email', 'phone', 'post', 'text'));

create function text_needs_number() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.channel = 'text' and not exists (
       select 1 from text_number t where t.person_id = new.person_id and t.stopped_at is null) then
    raise exception 'only a verified number is texted' using errcode = 'check_violation', constraint = 'text_needs_number';
  end if;
  return new;
end $$;
create trigger text_needs_number before insert or update of channel on contact_wish for each row
  when (new.channel = 'text') execute function text_needs_number();

-- Another number is nobody's until it is proved; the same number written otherwise is the same.
create function text_number_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if regexp_replace(coalesce(new.phone, ''), '[^0-9+]', '', 'g') <> regexp_replace(coalesce(old.phone, ''), '[^0-9+]', '', 'g') then
    delete from text_code where person_id = new.id;
    delete from text_number where person_id = new.id;
    update contact_wish set channel = 'email', updated_at = now() where person_id = new.id and channel = 'text';
  end if;
  return null;
end $$;
create trigger text_number_follows after update of phone on person for each row
  when (old.phone is distinct from new.phone) execute function text_number_follows();

-- Whoever says stop is not asked by text either.
create function text_number_stops() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update contact_wish set channel = 'email', updated_at = now() where person_id = new.person_id and channel = 'text';
  return null;
end $$;
create trigger text_number_stops after update of stopped_at on text_number for each row
  when (old.stopped_at is null and new.stopped_at is not null) execute function text_number_stops();

create policy audit_of_texts on audit_entry for select to hearth_web
  using (subject_kind = 'person'
    and action = any (array['person.phone_verified', 'person.texts_stopped', 'person.texts_resumed', 'person.texts_failed'])
    and (subject_id = (select app_person()) or ((select app_is_staff()) and app_is_customer(subject_id))));

-- Whoever answers a text with words of danger is told by text what to do; the worker writes down that it was sent.
grant execute on function emergency_shown(uuid, text, text) to hearth_worker;

-- A demonstration keeps its texts where it keeps its letters.
alter table caught_mail add column "by" text not null default 'email' check ("by" in ('email', 'text'));

create or replace function close_customer(of_person uuid, known_as text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  gone constant text := '—';
  who person;
  theirs uuid[];
  asked uuid[];
  said text[];
begin
  perform 1 from closing where person_id = of_person and state = 'waiting' and due_at <= now() for update;
  if not found or closing_waits_for(of_person) <> '{}' then return false; end if;
  select * into who from person where id = of_person and role = 'customer' for update;
  if who.id is null then return false; end if;

  -- The accounts that nobody holds afterwards, and what was asked about them by who had no account of their own.
  theirs := array(select m.account_id from account_member m where m.person_id = of_person and m.kind = 'holder'
                    and not exists (select from account_member o where o.account_id = m.account_id
                                      and o.kind = 'holder' and o.person_id <> of_person));
  asked := array(select id from request where requester_id = of_person
                   or (requester_id is null and account_id = any (theirs)) order by id for update);
  -- Words by which they were found elsewhere, to be looked through once they are gone.
  said := array(select distinct word from request_words w, unnest(tsvector_to_array(w.inside)) as word
                where w.request_id in (select request_id from message where author_id = of_person));

  -- What was asked, said and sent.
  perform forget_requests(asked);
  insert into words_due (request_id) select distinct request_id from message
    where author_id = of_person on conflict (request_id) do update set request_id = excluded.request_id;
  update message set text = gone where author_id = of_person;
  update visit_report set signature = null, signed_how = nullif(signed_how, 'drawn')
    where signature in (select f.id from attachment f where f.person_id = of_person);
  update visit_rating set words = '' where person_id = of_person;
  update order_rating set words = '' where person_id = of_person;
  delete from request_read where person_id = of_person;
  -- Their files go from the disk with the next sweep: no row, no file.
  delete from attachment where person_id = of_person;
  delete from attachment f using reading r, meter m, premises p
    where f.reading_id = r.id and r.meter_id = m.id and m.premises_id = p.id and p.account_id = any (theirs);
  delete from draft where person_id = of_person;
  delete from bot_answer where person_id = of_person;
  delete from bot_lesson where asked_by = of_person;
  delete from conversation where person_id = of_person;
  update article_answer set words = null where person_id = of_person;
  update customer_order set access_notes = '' where person_id = of_person or account_id = any (theirs);
  update emergency set phone = null, address = null, visitor = null where person_id = of_person;
  update emergency_said set phone = null
    where emergency_id in (select id from emergency where person_id = of_person);
  delete from caught_mail where lower(recipient) = who.email
    or recipient in (select t.number from text_number t where t.person_id = of_person)
    or position(lower(who.email) in lower(subject || text || html)) > 0
    or position(lower(who.name) in lower(subject || text || html)) > 0;

  -- Who they are, how they sign in, and who came to what was theirs.
  update person set name = known_as, email = 'closed-' || id || '@closed.invalid', email_verified = false, phone = null,
    image = null, two_factor_enabled = false, email_taken_back_at = null, closed_at = now(), updated_at = now()
    where id = of_person;
  delete from contact_wish where person_id = of_person;
  delete from text_message where person_id = of_person;
  delete from text_code where person_id = of_person;
  delete from text_number where person_id = of_person;
  delete from sign_in_session where person_id = of_person;
  delete from sign_in_method where person_id = of_person;
  delete from second_factor where person_id = of_person;
  delete from calendar_address where person_id = of_person;
  delete from budget where person_id = of_person;
  delete from data_copy where person_id = of_person;
  delete from account_invitation where invited_by = of_person or email = who.email or account_id = any (theirs);
  delete from closing_hold where person_id = of_person;
  update programme set state = 'left', ended_on = greatest(current_date, began_on)
    where account_id = any (theirs) and state in ('asked', 'active');
  update programme set card_name = gone
    where card_name is not null and (account_id = any (theirs) or enrolled_by = of_person);
  delete from account_member where person_id = of_person;
  -- Their cards pay no more; the provider forgets them, and a page that is still open keeps none.
  update kept_card set state = 'expired' where person_id = of_person and state in ('begun', 'offered');
  update kept_card set brand = null, last_four = null, valid_until = null where person_id = of_person and state <> 'kept';
  delete from account_member where account_id = any (theirs);
  update account set holder = known_as where id = any (theirs);
  delete from account_contact where account_id = any (theirs);
  delete from account_code where account_id = any (theirs);
  delete from priority_service where premises_id in (select id from premises where account_id = any (theirs));

  -- By which words they were found.
  delete from request_words where request_id in (select request_id from message where author_id = of_person);
  delete from search_word s where s.word = any (said)
    and not exists (select from request_words w where w.inside @@ quote_literal(s.word)::tsquery);

  update closing set state = 'done', ended_at = now() where person_id = of_person and state = 'waiting';
  return true;
end $function$;
