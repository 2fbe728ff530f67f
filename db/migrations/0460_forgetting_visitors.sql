-- The words of a request are forgotten in one place: of whoever closes their account, and of visitors, who have none to
-- close and so were never forgotten. A complaint can still go further for a year. Readers' words on articles end too.

-- How long after the end, of an account or of a visitor's request.
create function forgotten_after() returns interval language sql immutable parallel safe as $$
  select interval '14 days' $$;
alter table closing alter column due_at set default now() + forgotten_after();

create function forget_requests(asked uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  said text[] := array(select distinct word from request_words w, unnest(tsvector_to_array(w.inside)) as word
                       where w.request_id = any (asked));
begin
  update request set description = '', answers = '{}', contact = '{}' where id = any (asked);
  update message set text = '—' where request_id = any (asked);
  update visit_report set note = '', met = '', signature = null, signed_how = nullif(signed_how, 'drawn')
    where request_id = any (asked);
  update visit_rating set words = '' where request_id = any (asked);
  update opening set reason = '———' where request_id = any (asked);
  delete from call_back where request_id = any (asked);
  delete from desk_draft where request_id = any (asked);
  delete from request_visitor where request_id = any (asked);
  delete from conversation_line where conversation_id in (select id from conversation where request_id = any (asked));
  update conversation set visitor = 'forgotten' where request_id = any (asked) and visitor is not null;
  -- The files go from the disk with the next sweep: no row, no file.
  delete from attachment where request_id = any (asked);
  delete from request_words where request_id = any (asked);
  delete from words_due where request_id = any (asked);
  delete from search_word s where s.word = any (said)
    and not exists (select from request_words w where w.inside @@ quote_literal(s.word)::tsquery);
end $$;
revoke all on function forget_requests(uuid[]) from public;

-- The rest is as in 0294.
create or replace function close_customer(of_person uuid, known_as text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

-- Whoever had no account gave a name: what they asked is forgotten when it has been over long enough, and the name with it.
-- What belongs to an account goes with that.
create index request_of_nobody on request (closed_at)
  where requester_id is null and account_id is null and contact ? 'caller_name';

-- Some of those that are due, and the files that go with them.
create function forget_visitors(most integer) returns table (request uuid, files uuid[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked uuid[];
begin
  asked := array(select r.id from request r where r.requester_id is null and r.account_id is null
    and r.contact ? 'caller_name'
    and r.closed_at < now() - case when r.service_type = 'COMPLAINT' then interval '1 year' else forgotten_after() end
    and not exists (select from request s where s.id = r.merged_into and request_is_open(s.status))
    order by r.closed_at limit most for update of r skip locked);
  return query select it, array(select f.id from attachment f where f.request_id = it) from unnest(asked) as it;
  perform forget_requests(asked);
end $$;
revoke all on function forget_visitors(integer) from public;
grant execute on function forget_visitors(integer) to hearth_worker;

-- What readers said of an article, which its figures outlive.
create index article_answer_old on article_answer (created_at);
create policy article_answer_forgotten on article_answer for delete to hearth_worker using (true);
grant delete on article_answer to hearth_worker;
