-- A kept card pays a bill: an attempt like any other, begun by the clock. Once for a bill, whatever dies in between.

alter table payment_attempt add column programme_id uuid references programme on delete cascade;
-- The how manieth try for this bill.
alter table payment_attempt add column try_number smallint check (try_number between 1 and 9);
alter table payment_attempt add check ((programme_id is null) = (try_number is null));
alter table payment_attempt add check (programme_id is null or subject_kind = 'bill');
-- There is no page for it.
do $$
declare
  found_name text;
begin
  select conname into strict found_name from pg_constraint
  where conrelid = 'payment_attempt'::regclass and contype = 'c'
    and pg_get_constraintdef(oid) = 'CHECK (((checkout IS NULL) = (checkout_url IS NULL)))';
  execute format('alter table payment_attempt drop constraint %I', found_name);
end $$;
alter table payment_attempt add constraint payment_attempt_page
  check (case when programme_id is null then (checkout is null) = (checkout_url is null) else checkout_url is null end);
create unique index payment_attempt_try on payment_attempt (programme_id, subject_id, try_number) where programme_id is not null;

-- Whoever pays for many at once did not begin these.
create or replace function payment_attempt_budget() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.programme_id is null and (select count(*) from payment_attempt
      where person_id = new.person_id and programme_id is null and created_at > now() - interval '1 hour') > 30 then
    raise exception 'too many of one person' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;

-- Pages begin no automatic payment.
drop policy payment_attempt_begun on payment_attempt;
create policy payment_attempt_begun on payment_attempt for insert to hearth_web
  with check (person_id = (select app_person()) and state = 'begun' and programme_id is null
              and (account_id is null or account_id = any ((select app_accounts_acted_on())::uuid[])));
grant update (checkout) on payment_attempt to hearth_worker;

-- Whether what an attempt takes may still be taken: asked when it is begun, and again before it is charged later.
create function automatic_payment_stands(of_attempt uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from payment_attempt a join programme p on p.id = a.programme_id
      join kept_card c on c.programme_id = p.id join bill b on b.id = a.subject_id
    where a.id = of_attempt and a.state = 'begun' and p.kind = 'autopay' and p.state = 'active' and c.state = 'kept'
      and acts_on_account(c.person_id, p.account_id)
      and b.account_id = p.account_id and b.currency = a.currency and b.due_on >= p.began_on
      and a.amount <= least(bill_open(b.id), coalesce(p.most, a.amount))
      and not bill_disputed(b.id) and not bill_planned(b.id))
$$;
revoke all on function automatic_payment_stands(uuid) from public;
grant execute on function automatic_payment_stands(uuid) to hearth_worker;

-- Begins one, where it may be: what is written here holds whatever the clock believes. Nothing where another is under way,
-- or this bill was tried or taken already. Leaving waits for the same row: who has left before is not charged.
create function begin_automatic_payment(of_programme uuid, of_bill uuid, of_amount bigint, of_try smallint, of_reference text, of_day date)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one programme;
  card kept_card;
  begun uuid;
begin
  select * into one from programme where id = of_programme for update;
  if not found or one.state <> 'active' or one.kind <> 'autopay' then return null; end if;
  select * into card from kept_card where programme_id = one.id and state = 'kept';
  if not found or exists (select 1 from payment_attempt where programme_id = one.id and subject_id = of_bill
                            and state in ('begun', 'offered', 'paid')) then return null; end if;
  insert into payment_attempt (reference, subject_kind, subject_id, account_id, person_id, form_key, amount, currency,
                               provider, programme_id, try_number)
    values (of_reference, 'bill', of_bill, one.account_id, card.person_id, uuidv7(), of_amount, one.currency,
            card.provider, one.id, of_try)
    on conflict do nothing returning id into begun;
  -- Looked at only now: it may have waited for a payment that has just gone through.
  if begun is not null and not (automatic_payment_stands(begun) and exists (select 1 from bill where id = of_bill and due_on <= of_day)) then
    raise exception 'this is not to be taken' using errcode = 'check_violation', constraint = 'automatic_payment';
  end if;
  return begun;
end $$;
revoke all on function begin_automatic_payment(uuid, uuid, bigint, smallint, text, date) from public;
grant execute on function begin_automatic_payment(uuid, uuid, bigint, smallint, text, date) to hearth_worker;

-- What became of it stands in the account's history; that it failed is told to whose card it is.
create function automatic_payment_noted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into programme_event (programme_id, account_id, what, amount, by_whom)
    values (new.programme_id, new.account_id, case new.state when 'paid' then 'charged' else 'declined' end, new.amount, 'system');
  if new.state = 'refused' then
    insert into outbox (job, payload) values ('billing.tell_declined', jsonb_build_object('attemptId', new.id));
  end if;
  return null;
end $$;
create trigger automatic_payment_noted after update of state on payment_attempt
  for each row when (new.programme_id is not null and new.state <> old.state and new.state in ('paid', 'refused'))
  execute function automatic_payment_noted();

-- The clock takes the demo's part too.
create policy demo_checkout_charged on demo_checkout for insert to hearth_worker with check (true);
grant insert on demo_checkout to hearth_worker;
