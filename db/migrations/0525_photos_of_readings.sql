-- A photo of the dial goes along with a reading: whoever may see the meter sees it, whoever gave the reading sends it.
alter table attachment
  add column reading_id uuid references reading (id) on delete cascade;

do $$
declare name text;
begin
  for name in select conname from pg_constraint where conrelid = 'attachment'::regclass and contype = 'c'
      and pg_get_constraintdef(oid) in (
        'CHECK (((request_id IS NULL) = (expires_at IS NOT NULL)))',
        'CHECK (((request_id IS NULL) OR (state = ANY (ARRAY[''received''::text, ''ready''::text, ''rejected''::text]))))') loop
    execute format('alter table attachment drop constraint %I', name);
  end loop;
end $$;

alter table attachment
  add constraint attachment_belongs_to_one check (num_nonnulls(request_id, reading_id) <= 1),
  add constraint attachment_waits_or_belongs
    check ((num_nonnulls(request_id, reading_id) = 0) = (expires_at is not null)),
  add constraint attachment_sent_whole
    check (num_nonnulls(request_id, reading_id) = 0 or state in ('received', 'ready', 'rejected')),
  add constraint attachment_of_reading_pictured
    check (reading_id is null or (visibility = 'public' and coalesce(kind = 'image', false)));

grant update (reading_id) on attachment to hearth_web;

create index attachment_reading on attachment (reading_id) where reading_id is not null;
drop index attachment_waiting;
create index attachment_waiting on attachment (person_id) where request_id is null and reading_id is null;

-- What belongs to a reading is nobody's to change or take back any more.
alter policy attachment_begun on attachment
  with check (request_id is null and reading_id is null and state = 'receiving' and visibility = 'public'
    and (person_id = (select app_person())
      or (person_id is null and (select app_person()) is null and visitor = (select app_visitor()))));
alter policy attachment_changed on attachment
  using (request_id is null and reading_id is null
    and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor()))))
  with check ((visibility = 'public' or (select app_is_staff()))
    and (request_id is null or exists (select 1 from request r where r.id = attachment.request_id))
    and (reading_id is null
      or exists (select 1 from reading g where g.id = attachment.reading_id and g.taken_by = (select app_person()))));
alter policy attachment_own on attachment
  using (request_id is null and reading_id is null
    and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor()))));
alter policy attachment_taken_back on attachment
  using (request_id is null and reading_id is null and state = 'removed'
    and (person_id = (select app_person()) or (person_id is null and visitor = (select app_visitor()))));
create policy attachment_of_reading on attachment for select to hearth_web
  using (reading_id is not null and exists (select 1 from reading g where g.id = attachment.reading_id));

create or replace function attachment_room()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  files bigint;
  bytes numeric;
  most constant integer := case when new.person_id is null then 3 else 10 end;
begin
  perform pg_advisory_xact_lock(hashtextextended('attachment ' || new.form_key, 0));
  select count(*) into files from attachment
    where form_key = new.form_key and state not in ('rejected', 'removed');
  if files >= most then
    raise exception 'this form has all the files it may have'
      using errcode = 'check_violation', constraint = 'attachment_per_form';
  end if;

  if new.person_id is not null then
    select count(*), coalesce(sum(size), 0) into files, bytes from attachment
      where person_id = new.person_id and request_id is null and reading_id is null;
    if files >= 60 or bytes + new.size > 10737418240 then
      raise exception 'this person has too many files that belong to nothing yet'
        using errcode = 'check_violation', constraint = 'attachment_per_person';
    end if;
    return new;
  end if;

  if new.size > file_most_bytes() then
    raise exception 'a visitor sends smaller files' using errcode = 'check_violation', constraint = 'attachment_of_visitor';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('attachment from ' || new.address, 0));
  select count(*), coalesce(sum(size), 0) into files, bytes from attachment
    where person_id is null and address = new.address and created_at > now() - interval '1 day';
  if files >= 20 or bytes + new.size > 314572800 then
    raise exception 'enough files from this address for a day'
      using errcode = 'check_violation', constraint = 'attachment_per_address';
  end if;
  return new;
end $function$;

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
    or position(lower(who.email) in lower(subject || text || html)) > 0
    or position(lower(who.name) in lower(subject || text || html)) > 0;

  -- Who they are, how they sign in, and who came to what was theirs.
  update person set name = known_as, email = 'closed-' || id || '@closed.invalid', email_verified = false, phone = null,
    image = null, two_factor_enabled = false, email_taken_back_at = null, closed_at = now(), updated_at = now()
    where id = of_person;
  delete from contact_wish where person_id = of_person;
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
