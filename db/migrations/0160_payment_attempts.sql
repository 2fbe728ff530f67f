-- Paying: an attempt is begun here, made at the provider, and settled here once, however often its end is told.

create table payment_attempt (
  id uuid primary key default uuidv7(),
  -- What people call it, and what stands in the address of its receipt.
  reference text not null unique check (reference ~ '^P-[0-9A-Z]{8}$'),
  -- What is paid: an account, one bill of it, or something of a higher floor such as an order.
  subject_kind text not null check (subject_kind in ('account', 'bill', 'order')),
  subject_id uuid not null,
  account_id uuid references account on delete cascade,
  check (subject_kind = 'order' or account_id is not null),
  person_id uuid not null references person,
  form_key uuid not null,
  unique (person_id, form_key),
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  provider text not null check (provider in ('stripe', 'demo')),
  -- The provider's name for its page, and where that is.
  checkout text unique check (length(checkout) between 1 and 200),
  checkout_url text check (length(checkout_url) between 1 and 2000),
  check ((checkout is null) = (checkout_url is null)),
  state text not null default 'begun' check (state in ('begun', 'offered', 'paid', 'refused', 'expired')),
  check (state <> 'offered' or checkout is not null),
  -- The local day on which it was paid.
  paid_on date,
  check ((state = 'paid') = (paid_on is not null)),
  created_at timestamptz not null default now(),
  asked_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((state in ('begun', 'offered')) = (ended_at is null))
);
-- Of two who pay the same at once, one must end before the other begins.
create unique index payment_attempt_one_at_a_time on payment_attempt
  ((case when subject_kind = 'order' then subject_id else account_id end)) where state in ('begun', 'offered');
create index payment_attempt_account on payment_attempt (account_id, created_at desc) where account_id is not null;
create index payment_attempt_subject on payment_attempt (subject_id);
create index payment_attempt_person on payment_attempt (person_id, created_at);
create index payment_attempt_asked on payment_attempt (asked_at) where state in ('begun', 'offered');

alter table payment_attempt enable row level security;
create policy payment_attempt_seen on payment_attempt for select to hearth_web
  using ((select app_is_staff()) or person_id = (select app_person())
         or account_id = any ((select app_accounts_seen())::uuid[]));
create policy payment_attempt_begun on payment_attempt for insert to hearth_web
  with check (person_id = (select app_person()) and state = 'begun'
              and (account_id is null or account_id = any ((select app_accounts_acted_on())::uuid[])));
create policy payment_attempt_offered on payment_attempt for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
create policy payment_attempt_worker on payment_attempt for select to hearth_worker using (true);
create policy payment_attempt_asked on payment_attempt for update to hearth_worker using (true);
grant select, insert on payment_attempt to hearth_web;
grant update (checkout, checkout_url) on payment_attempt to hearth_web;
grant select, update (asked_at) on payment_attempt to hearth_worker;

-- Its page is there: whoever knows the address may pay.
create function payment_attempt_moves() returns trigger language plpgsql as $$
begin
  if old.state = 'begun' and new.checkout is not null and new.state = 'begun' then new.state := 'offered'; end if;
  if old.state = 'paid' and new.state <> 'paid' then
    raise exception 'what is paid stays paid' using errcode = 'check_violation', constraint = 'payment_attempt_moves';
  end if;
  if old.checkout is not null and new.checkout is distinct from old.checkout then
    raise exception 'an attempt has one page' using errcode = 'check_violation', constraint = 'payment_attempt_moves';
  end if;
  return new;
end $$;
create trigger payment_attempt_moves before update on payment_attempt
  for each row execute function payment_attempt_moves();

-- At most thirty in an hour by one person.
create function payment_attempt_budget() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select count(*) from payment_attempt
      where person_id = new.person_id and created_at > now() - interval '1 hour') > 30 then
    raise exception 'too many of one person' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;
create trigger payment_attempt_budget after insert on payment_attempt
  for each row execute function payment_attempt_budget();

-- The end of an attempt, as the provider tells it: by its page, by its webhook, or asked by us. Told again it changes
-- nothing; and money that was taken counts, also where we had given up. What follows is queued in the same transaction:
-- a receipt, and for an order `orders.paid`, done by whoever owns orders. Answers how the attempt stands afterwards.
create function settle_payment_attempt(of_id uuid, of_checkout text, of_state text, of_amount bigint, of_currency text, of_day date)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  attempt payment_attempt;
begin
  select * into attempt from payment_attempt where id = of_id for update;
  if not found then return null; end if;
  if attempt.checkout is not null and attempt.checkout <> of_checkout then
    raise exception 'another page than this attempt has' using errcode = 'check_violation', constraint = 'payment_attempt_checkout';
  end if;
  if attempt.state = 'paid' then return 'paid'; end if;
  if of_state <> 'paid' then
    if of_state in ('refused', 'expired') and attempt.state in ('begun', 'offered') then
      update payment_attempt set state = of_state, ended_at = now() where id = of_id;
      return of_state;
    end if;
    return attempt.state;
  end if;
  if of_currency is distinct from attempt.currency or of_amount is distinct from attempt.amount then
    raise exception 'another amount than was asked for' using errcode = 'check_violation', constraint = 'payment_attempt_amount';
  end if;
  update payment_attempt set state = 'paid', paid_on = of_day, ended_at = now() where id = of_id;
  if attempt.account_id is not null and attempt.subject_kind <> 'order' then
    insert into payment (account_id, reference, amount, currency, method, state, paid_on, person_id, form_key, bill_id, settled_at)
      values (attempt.account_id, attempt.reference, attempt.amount, attempt.currency, 'card', 'settled', of_day,
              attempt.person_id, attempt.form_key,
              case when attempt.subject_kind = 'bill' then attempt.subject_id end, now());
    insert into outbox (job, payload) values ('billing.tell_paid', jsonb_build_object('attemptId', of_id));
  elsif attempt.subject_kind = 'order' then
    insert into outbox (job, payload)
      values ('orders.paid', jsonb_build_object('orderId', attempt.subject_id, 'attemptId', of_id));
  end if;
  return 'paid';
end $$;
revoke all on function settle_payment_attempt(uuid, text, text, bigint, text, date) from public;
grant execute on function settle_payment_attempt(uuid, text, text, bigint, text, date) to hearth_web, hearth_worker;

-- The demo's provider, which keeps books of its own: what a made-up customer said on its page.
create table demo_checkout (
  id uuid primary key,
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null default 'open' check (state in ('open', 'paid', 'refused', 'expired')),
  created_at timestamptz not null default now()
);
alter table demo_checkout enable row level security;
create policy demo_checkout_of_attempt on demo_checkout to hearth_web
  using (exists (select 1 from payment_attempt a where a.id = demo_checkout.id))
  with check (exists (select 1 from payment_attempt a where a.id = demo_checkout.id));
create policy demo_checkout_worker on demo_checkout for select to hearth_worker using (true);
grant select, insert, update (state) on demo_checkout to hearth_web;
grant select on demo_checkout to hearth_worker;
