-- Closing: a customer is forgotten. It is asked for, waits fourteen days with a way back, and is then done by the worker.
-- A supervisor may hold it, as in a dispute before a court. What goes and what stays is `close_customer`, below.

alter table person add column closed_at timestamptz;

create table closing (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person,
  state text not null default 'waiting' check (state in ('waiting', 'withdrawn', 'done')),
  asked_at timestamptz not null default now(),
  -- Themself, or the supervisor who was asked to.
  asked_by uuid references person,
  due_at timestamptz not null default now() + interval '14 days',
  ended_at timestamptz,
  check ((state = 'waiting') = (ended_at is null)),
  check (due_at >= asked_at + interval '14 days')
);
create unique index closing_waiting on closing (person_id) where state = 'waiting';
create index closing_due on closing (due_at) where state = 'waiting';
create index closing_person on closing (person_id, asked_at desc);

create table closing_hold (
  person_id uuid primary key references person,
  reason text not null check (length(reason) between 3 and 500),
  made_by uuid not null references person,
  made_at timestamptz not null default now()
);

-- Why somebody cannot be forgotten now: something is under way for which we must know who they are.
create function closing_waits_for(of_person uuid) returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  theirs uuid[] := array(select account_id from account_member where person_id = of_person and kind = 'holder');
begin
  if app_role() <> 'system' and app_person() is distinct from of_person and not app_is_staff() then return '{}'; end if;
  return array_remove(array[
    case when exists (select from emergency e where e.person_id = of_person
                        and e.status not in ('made_safe', 'stood_down')) then 'emergency' end,
    case when exists (select from customer_order o where (o.person_id = of_person or o.account_id = any (theirs))
                        and o.status not in ('delivered', 'cancelled'))
           or exists (select from order_refund r join customer_order o on o.id = r.order_id
                      where (o.person_id = of_person or o.account_id = any (theirs)) and r.handed_on_at is null)
         then 'order' end,
    case when exists (select from visit v join request r on r.id = v.request_id
                      where r.requester_id = of_person and v.ended_at is null) then 'visit' end,
    case when exists (select from payment_attempt p where p.person_id = of_person and p.state in ('begun', 'offered'))
         then 'payment' end,
    case when exists (select from closing_hold h where h.person_id = of_person) then 'hold' end], null);
end $$;
revoke all on function closing_waits_for(uuid) from public;
grant execute on function closing_waits_for(uuid) to hearth_web, hearth_worker;

create function closing_begins() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from person p where p.id = new.person_id and p.role = 'customer' and p.closed_at is null) then
    raise exception 'only a customer is closed, and once' using errcode = 'check_violation', constraint = 'closing_customer';
  end if;
  if closing_waits_for(new.person_id) <> '{}' then
    raise exception 'something is under way' using errcode = 'check_violation', constraint = 'closing_waits';
  end if;
  return new;
end $$;
create trigger closing_begins before insert on closing for each row execute function closing_begins();
revoke all on function closing_begins() from public;

alter table closing enable row level security;
create policy closing_seen on closing for select to hearth_web
  using (person_id = (select app_person()) or (select app_is_staff()));
create policy closing_asked on closing for insert to hearth_web
  with check (asked_by = (select app_person()) and state = 'waiting'
              and (person_id = (select app_person()) or (select app_role()) in ('supervisor', 'admin')));
create policy closing_withdrawn on closing for update to hearth_web
  using (state = 'waiting' and (person_id = (select app_person()) or (select app_role()) in ('supervisor', 'admin')))
  with check (state = 'withdrawn');
create policy closing_worker on closing for select to hearth_worker using (true);
grant select, insert on closing to hearth_web;
grant update (state, ended_at) on closing to hearth_web;
grant select on closing to hearth_worker;

alter table closing_hold enable row level security;
create policy closing_hold_seen on closing_hold for select to hearth_web using ((select app_is_staff()));
create policy closing_hold_made on closing_hold for insert to hearth_web
  with check (made_by = (select app_person()) and (select app_role()) in ('supervisor', 'admin')
              and app_is_customer(person_id));
create policy closing_hold_lifted on closing_hold for delete to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'));
grant select, insert, delete on closing_hold to hearth_web;

-- In the history of whom it is about; that it is held, and why, is for staff.
create policy audit_of_closing on audit_entry for select to hearth_web
  using (subject_kind = 'person' and action in ('person.data_asked', 'person.closing_done')
         and (subject_id = (select app_person()) or ((select app_is_staff()) and app_is_customer(subject_id))));

-- What is open when its customer is forgotten ends with them.
insert into request_move (from_status, to_status, by_whom) values
  ('submitted', 'cancelled', 'system'), ('open', 'cancelled', 'system'), ('waiting', 'cancelled', 'system'),
  ('scheduled', 'cancelled', 'system');

-- Whoever is forgotten holds nothing any more.
create or replace function account_keeps_a_holder() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_is_staff() then return old; end if;
  -- Gone with the account or with the person, it is nobody's choice. Of two who leave at once, one stays.
  perform 1 from account a where a.id = old.account_id for update;
  if not found or not exists (select 1 from person p where p.id = old.person_id and p.closed_at is null) then
    return old;
  end if;
  if not exists (select 1 from account_member m
                 where m.account_id = old.account_id and m.kind = 'holder' and m.person_id <> old.person_id) then
    raise exception 'an account keeps a holder' using errcode = 'check_violation', constraint = 'account_last_holder';
  end if;
  return old;
end $$;

-- What was agreed stays, but for the name on a card, which no role of ours may change.
create or replace function programme_moves() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.account_id, new.kind, new.currency, new.received_before, new.method, new.most, new.days,
      new.began_on, new.form_key)
     is distinct from (old.id, old.account_id, old.kind, old.currency, old.received_before, old.method,
                       old.most, old.days, old.began_on, old.form_key)
     or new.amount is distinct from old.amount and old.kind <> 'budget'
     or new.card_name is distinct from old.card_name
        and current_user in ('hearth_web', 'hearth_worker', 'hearth_auth') then
    raise exception 'what was agreed stays as it was' using errcode = 'check_violation', constraint = 'programme_move';
  end if;
  if new.state <> old.state and current_user in ('hearth_web', 'hearth_worker', 'hearth_auth')
     and not exists (select 1 from programme_move m where m.from_state = old.state and m.to_state = new.state
                       and m.by_whom = app_whom()) then
    raise exception 'a programme does not go from % to % by %', old.state, new.state, app_whom()
      using errcode = 'check_violation', constraint = 'programme_move';
  end if;
  return new;
end $$;

-- Forgets a customer whose closing is due. Names, contacts, words and files go; numbers, bills, payments and the records
-- of emergencies stay. Answers whether it was done: not yet due, called off or held, nothing changes.
create function close_customer(of_person uuid, known_as text) returns boolean
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

  asked := array(select id from request where requester_id = of_person order by id for update);
  -- The accounts that nobody holds afterwards.
  theirs := array(select m.account_id from account_member m where m.person_id = of_person and m.kind = 'holder'
                    and not exists (select from account_member o where o.account_id = m.account_id
                                      and o.kind = 'holder' and o.person_id <> of_person));
  -- Words by which they were found, to be looked through once they are gone.
  said := array(select distinct word from request_words w, unnest(tsvector_to_array(w.inside)) as word
                where w.request_id = any (asked)
                   or w.request_id in (select request_id from message where author_id = of_person));

  -- What was asked, said and sent.
  update request set description = '', answers = '{}', contact = '{}' where id = any (asked);
  insert into words_due (request_id) select distinct request_id from message
    where author_id = of_person on conflict (request_id) do update set request_id = excluded.request_id;
  update message set text = gone where request_id = any (asked) or author_id = of_person;
  update visit_report set note = '', met = '', signature = null, signed_how = nullif(signed_how, 'drawn')
    where request_id = any (asked) or signature in (select f.id from attachment f where f.person_id = of_person);
  update visit_rating set words = '' where person_id = of_person or request_id = any (asked);
  update order_rating set words = '' where person_id = of_person;
  update opening set reason = '———' where request_id = any (asked);
  delete from call_back where request_id = any (asked);
  delete from desk_draft where request_id = any (asked);
  delete from request_visitor where request_id = any (asked);
  delete from request_read where person_id = of_person;
  -- Their files go from the disk with the next sweep: no row, no file.
  delete from attachment where request_id = any (asked) or person_id = of_person;
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
  delete from account_member where account_id = any (theirs);
  update account set holder = known_as where id = any (theirs);
  delete from account_contact where account_id = any (theirs);
  delete from account_code where account_id = any (theirs);
  delete from priority_service where premises_id in (select id from premises where account_id = any (theirs));

  -- By which words they were found.
  delete from request_words where request_id = any (asked)
    or request_id in (select request_id from message where author_id = of_person);
  delete from search_word s where s.word = any (said)
    and not exists (select from request_words w where w.inside @@ quote_literal(s.word)::tsquery);

  update closing set state = 'done', ended_at = now() where person_id = of_person and state = 'waiting';
  return true;
end $$;
revoke all on function close_customer(uuid, text) from public;
grant execute on function close_customer(uuid, text) to hearth_worker;
