-- Bills, what was paid on them and how; what an account agreed on with us about paying; and reminding of what is
-- overdue.

-- Bills as the billing system issued them.
create table bill (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  number text not null unique check (number ~ '^[0-9A-Z-]{4,20}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  issued_on date not null,
  due_on date not null check (due_on >= issued_on),
  period_from date not null,
  -- The last day that is billed.
  period_to date not null check (period_to >= period_from),
  -- In minor units; negative for a credit note.
  total bigint not null,
  -- What was used, in the unit that is billed, and from which readings it came.
  quantity numeric(12, 3) check (quantity >= 0),
  unit text check (unit in ('therm', 'kwh', 'kg')),
  check ((quantity is null) = (unit is null)),
  meter_id uuid references meter,
  opening text check (opening ~ '^[0-9]{4,8}$'),
  closing text check (closing ~ '^[0-9]{4,8}$'),
  estimated boolean not null default false,
  -- Mean outdoor temperature of the period in degrees Celsius, where known.
  temperature numeric(4, 1),
  created_at timestamptz not null default now()
);
create index bill_account on bill (account_id, issued_on desc, number desc);

-- Looked for by day every hour.
create index bill_issued on bill (issued_on);
create index bill_due on bill (due_on);

-- A bill is what its lines add up to, whenever a transaction ends.
create function bill_adds_up() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_bill uuid;
  is_total bigint;
  of_lines numeric;
begin
  if tg_table_name = 'bill' then of_bill := new.id;
  elsif tg_op = 'DELETE' then of_bill := old.bill_id;
  else of_bill := new.bill_id;
  end if;
  select total into is_total from bill where id = of_bill;
  if not found then return null; end if;
  select coalesce(sum(amount), 0) into of_lines from bill_line where bill_id = of_bill;
  if of_lines <> is_total then
    raise exception 'the lines of a bill add up to its total' using errcode = 'check_violation', constraint = 'bill_adds_up';
  end if;
  return null;
end $$;
create constraint trigger bill_adds_up after insert or update of total on bill
  deferrable initially deferred for each row execute function bill_adds_up();

alter table bill enable row level security;
create policy bill_seen on bill for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy bill_worker on bill for select to hearth_worker using (true);
grant select on bill to hearth_web, hearth_worker;

-- The lines that add up to a bill.
create table bill_line (
  bill_id uuid not null references bill on delete cascade,
  number smallint not null check (number > 0),
  code text not null check (code in ('standing', 'gas', 'delivery', 'surcharge', 'tax', 'adjustment', 'late_fee', 'other')),
  -- The billing system's own words, where the code does not say enough.
  label text check (length(label) between 1 and 120),
  quantity numeric(14, 3),
  unit text check (unit in ('therm', 'kwh', 'kg', 'day', 'percent')),
  -- Of one unit, in minor units of the currency.
  rate numeric(16, 6),
  amount bigint not null,
  primary key (bill_id, number)
);
create constraint trigger bill_adds_up after insert or update or delete on bill_line
  deferrable initially deferred for each row execute function bill_adds_up();

alter table bill_line enable row level security;
create policy bill_line_seen on bill_line for select to hearth_web
  using (exists (select 1 from bill b where b.id = bill_id));
create policy bill_line_worker on bill_line for select to hearth_worker using (true);
grant select on bill_line to hearth_web, hearth_worker;

-- What was paid.
create table payment (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  -- What the bank or the provider calls it; the same one is never counted twice.
  reference text not null unique check (length(reference) between 1 and 80),
  amount bigint not null check (amount <> 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  method text not null check (method in ('bank', 'card', 'cash', 'direct_debit', 'cheque', 'other')),
  state text not null default 'settled' check (state in ('pending', 'settled', 'failed', 'refunded')),
  paid_on date not null,
  -- Who paid here, and under which form's key; null for what was imported.
  person_id uuid references person,
  form_key uuid,
  unique (person_id, form_key),
  bill_id uuid references bill,
  created_at timestamptz not null default now(),
  settled_at timestamptz
);
create index payment_account on payment (account_id, paid_on desc);
create index payment_person on payment (person_id) where person_id is not null;
create index payment_bill on payment (bill_id) where bill_id is not null;

-- What is still owed of a bill: payments and credit notes settle the oldest first. The same as `billing/settle.ts`.
create function bill_open(of_bill uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select greatest(0, least(b.total,
    coalesce((select sum(e.total) from bill e
              where e.account_id = b.account_id and e.total > 0
                and (e.issued_on, e.number) <= (b.issued_on, b.number)), 0)
    - coalesce((select sum(amount) from payment where account_id = b.account_id and state = 'settled'), 0)
    + coalesce((select sum(total) from bill where account_id = b.account_id and total < 0), 0)))::bigint
  from bill b where b.id = of_bill
$$;
revoke all on function bill_open(uuid) from public;
grant execute on function bill_open(uuid) to hearth_worker;

-- All that was received on an account: payments that went through, and credit notes.
create function received_on_account(of_account uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select sum(amount) from payment where account_id = of_account and state = 'settled'), 0)
       - coalesce((select sum(total) from bill where account_id = of_account and total < 0), 0)
$$;
revoke all on function received_on_account(uuid) from public;

alter table payment enable row level security;
create policy payment_seen on payment for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy payment_worker on payment for select to hearth_worker using (true);
grant select on payment to hearth_web, hearth_worker;

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
grant execute on function settle_payment_attempt(uuid, text, text, bigint, text, date) to hearth_web,
  hearth_worker;

-- Whether money for an account is on its way: a payment that is not settled yet, or one being made.
create function account_paying(of_account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from payment where account_id = of_account and state = 'pending')
      or exists (select 1 from payment_attempt
                 where account_id = of_account and state in ('begun', 'offered') and created_at > now() - interval '1 day')
$$;
revoke all on function account_paying(uuid) from public;
grant execute on function account_paying(uuid) to hearth_worker;

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
grant select, insert, update (checkout, checkout_url) on payment_attempt to hearth_web;
grant select, update (asked_at) on payment_attempt to hearth_worker;

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

-- Letters about bills and readings: each goes once, because what was written about is written down first.
create table bill_letter (
  bill_id uuid not null references bill on delete cascade,
  kind text not null check (kind in ('new', 'due', 'overdue')),
  primary key (bill_id, kind),
  created_at timestamptz not null default now()
);

alter table bill_letter enable row level security;
create policy bill_letter_worker on bill_letter to hearth_worker using (true) with check (true);
grant select, insert on bill_letter to hearth_worker;

-- Programmes: what an account agreed on with us about paying. Each is one row with a life, and its days are instalments.
create table programme (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  kind text not null check (kind in ('arrangement', 'extension', 'budget', 'autopay', 'paperless', 'reminders')),
  state text not null default 'active' check (state in ('asked', 'active', 'kept', 'broken', 'left')),
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- In minor units: what is paid in parts, or the amount of each month.
  amount bigint check (amount >= 0),
  -- All that had been paid on the account until then. What came since is counted against the days.
  received_before bigint not null default 0,
  -- On which day a budget is reckoned anew.
  review_on date,
  -- What pays by itself: a card kept by the provider under a name of theirs, or a bank by a mandate that others keep.
  method text check (method in ('card', 'bank')),
  card_name text check (length(card_name) between 1 and 200),
  -- Bills above it are not paid by themselves.
  most bigint check (most > 0),
  -- So many days before the due date a reminder comes.
  days smallint check (days between 1 and 21),
  began_on date not null,
  ended_on date check (ended_on >= began_on),
  check ((state in ('asked', 'active')) = (ended_on is null)),
  enrolled_by uuid references person on delete set null,
  form_key uuid not null,
  created_at timestamptz not null default now(),
  check ((kind in ('arrangement', 'extension', 'budget')) = (amount is not null)),
  check (kind not in ('arrangement', 'extension') or amount > 0),
  check ((amount is null and most is null) or currency is not null),
  check ((kind = 'budget') = (review_on is not null)),
  check ((kind = 'autopay') = (method is not null)),
  check (kind = 'autopay' or most is null),
  check ((method is not distinct from 'card') = (card_name is not null)),
  check ((kind = 'reminders') = (days is not null)),
  check (state <> 'asked' or method is not distinct from 'bank')
);
create unique index programme_once on programme (account_id, kind) where state in ('asked', 'active');

-- One agreement about a debt at a time; and who pays it in parts has no level amount beside it.
create unique index programme_one_plan on programme (account_id)
  where state in ('asked', 'active') and kind in ('arrangement', 'extension', 'budget');
create unique index programme_form on programme (enrolled_by, form_key);
create index programme_account on programme (account_id, created_at desc);
create index programme_watched on programme (kind, id) where state in ('asked', 'active');

create function programme_begins() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.received_before := received_on_account(new.account_id);
  -- What is paid in parts is what is owed, no more and no less.
  if new.kind in ('arrangement', 'extension') and new.amount is distinct from
       (select sum(total) from bill where account_id = new.account_id and total > 0) - new.received_before then
    raise exception 'it covers what is owed' using errcode = 'check_violation', constraint = 'programme_covers_debt';
  end if;
  return new;
end $$;
create trigger programme_begins before insert on programme for each row execute function programme_begins();

create function programme_moves() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.account_id, new.kind, new.currency, new.received_before, new.method, new.card_name, new.most, new.days,
      new.began_on, new.form_key)
     is distinct from (old.id, old.account_id, old.kind, old.currency, old.received_before, old.method, old.card_name,
                       old.most, old.days, old.began_on, old.form_key)
     or new.amount is distinct from old.amount and old.kind <> 'budget' then
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
create trigger programme_moves before update on programme for each row execute function programme_moves();

-- Nobody can change a programme without a trace, nor without those who share the account being told.
create function programme_noted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entry bigint;
  done constant text := case when tg_op = 'INSERT' then case new.state when 'asked' then 'asked' else 'began' end
                             when new.state <> old.state then case new.state when 'active' then 'began' else new.state end
                             when new.review_on is distinct from old.review_on then 'reviewed' end;
begin
  if done is null then return null; end if;
  insert into programme_event (programme_id, account_id, what, amount, actor_id, by_whom)
    values (new.id, new.account_id, done, new.amount, app_person(),
            case app_whom() when 'nobody' then 'system' else app_whom() end)
    returning seq into entry;
  insert into outbox (job, payload) values ('billing.tell_programme', jsonb_build_object('entry', entry::text));
  return null;
end $$;
create trigger programme_noted after insert or update on programme for each row execute function programme_noted();

-- The parts of a debt are the debt, to the last unit, one after the other; an extension is one part.
create function instalments_add_up() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  of_programme uuid;
  one programme;
  parts bigint;
  in_all numeric;
  in_order boolean;
begin
  if tg_table_name = 'programme' then of_programme := new.id;
  elsif tg_op = 'DELETE' then of_programme := old.programme_id;
  else of_programme := new.programme_id;
  end if;
  select * into one from programme where id = of_programme;
  if not found then return null; end if;
  select count(*), coalesce(sum(amount), 0), coalesce(bool_and(due_on > before), true) into parts, in_all, in_order
    from (select amount, due_on, lag(due_on, 1, one.began_on - 1) over (order by number) as before
          from instalment where programme_id = one.id) i;
  if one.kind in ('arrangement', 'extension') and in_all <> one.amount
     or one.kind = 'extension' and parts <> 1
     or one.kind not in ('arrangement', 'extension', 'budget') and parts > 0
     or not in_order then
    raise exception 'instalments are what was agreed, one after the other'
      using errcode = 'check_violation', constraint = 'instalments_add_up';
  end if;
  return null;
end $$;
create constraint trigger instalments_add_up after insert on programme
  deferrable initially deferred for each row execute function instalments_add_up();

-- Whether a plan that is in force covers a bill: an agreement what was billed before it, a budget all of them.
create function bill_planned(of_bill uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from bill b join programme p on p.account_id = b.account_id
    where b.id = of_bill and p.state = 'active'
      and (p.kind = 'budget' or p.kind in ('arrangement', 'extension') and b.issued_on <= p.began_on))
$$;
revoke all on function bill_planned(uuid) from public;
grant execute on function bill_planned(uuid) to hearth_worker;

-- So many days before a bill is due its reader wants to be reminded, where somebody said so.
create function reminded_before(of_account uuid) returns smallint
language sql stable security definer set search_path = public, pg_temp as $$
  select days from programme where account_id = of_account and kind = 'reminders' and state = 'active'
$$;
revoke all on function reminded_before(uuid) from public;
grant execute on function reminded_before(uuid) to hearth_worker;

alter table programme enable row level security;
create policy programme_seen on programme for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy programme_begun on programme for insert to hearth_web
  with check (enrolled_by = (select app_person()) and state in ('asked', 'active') and created_at = now()
              and ((select app_is_staff()) or account_id = any ((select app_accounts_acted_on())::uuid[])));
create policy programme_moved on programme for update to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_acted_on())::uuid[]))
  with check ((select app_is_staff()) or account_id = any ((select app_accounts_acted_on())::uuid[]));
create policy programme_worker on programme for select to hearth_worker using (true);
create policy programme_worker_moves on programme for update to hearth_worker using (true) with check (true);
grant select, insert, update (state, ended_on) on programme to hearth_web;
grant select, update (state, ended_on, amount, review_on) on programme to hearth_worker;

create table instalment (
  programme_id uuid not null references programme on delete cascade,
  number smallint not null check (number between 1 and 600),
  due_on date not null,
  amount bigint not null check (amount >= 0),
  primary key (programme_id, number)
);
create constraint trigger instalments_add_up after insert or update or delete on instalment
  deferrable initially deferred for each row execute function instalments_add_up();

alter table instalment enable row level security;
create policy instalment_seen on instalment for select to hearth_web
  using (exists (select 1 from programme p where p.id = programme_id));

-- Only together with what was agreed.
create policy instalment_agreed on instalment for insert to hearth_web
  with check (exists (select 1 from programme p where p.id = programme_id and p.created_at = now()
                        and p.enrolled_by = (select app_person())));
create policy instalment_worker on instalment for select to hearth_worker using (true);
create policy instalment_worker_adds on instalment for insert to hearth_worker with check (true);
grant select, insert on instalment to hearth_web, hearth_worker;

-- How a programme may go on, and by whom. `system` is the clock.
create table programme_move (
  from_state text not null,
  to_state text not null,
  by_whom text not null check (by_whom in ('customer', 'staff', 'system')),
  primary key (from_state, to_state, by_whom)
);

insert into programme_move values
  ('asked', 'active', 'staff'),
  ('asked', 'left', 'customer'), ('asked', 'left', 'staff'),
  ('active', 'left', 'customer'), ('active', 'left', 'staff'),
  ('active', 'kept', 'system'),
  ('active', 'broken', 'system');

alter table programme_move enable row level security;
create policy programme_move_seen on programme_move for select to hearth_web, hearth_worker using (true);
grant select on programme_move to hearth_web, hearth_worker;

-- What became of programmes, in the order in which it was written: the account's history, and what is handed on to the
-- billing system. Never edited.
create table programme_event (
  seq bigint generated always as identity primary key,
  programme_id uuid not null references programme on delete cascade,
  account_id uuid not null references account on delete cascade,
  what text not null check (what in ('asked', 'began', 'kept', 'broken', 'left', 'reviewed', 'charged', 'declined')),
  amount bigint,
  at timestamptz not null default now(),
  actor_id uuid references person on delete set null,
  by_whom text not null check (by_whom in ('customer', 'staff', 'system'))
);
create index programme_event_account on programme_event (account_id, at desc, seq desc);
create index programme_event_programme on programme_event (programme_id);
create index programme_event_actor on programme_event (actor_id) where actor_id is not null;

create function programme_event_stays() returns trigger language plpgsql as $$
begin
  raise exception 'what happened stays as it was written' using errcode = 'check_violation', constraint = 'programme_event_stays';
end $$;
create trigger programme_event_stays before update of seq, programme_id, account_id, what, amount, at, by_whom on programme_event
  for each row execute function programme_event_stays();

alter table programme_event enable row level security;
create policy programme_event_seen on programme_event for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy programme_event_worker on programme_event for select to hearth_worker using (true);
grant select on programme_event to hearth_web, hearth_worker;

-- Reminding of what is overdue, step by step. A row stands for each account with something overdue; the clock alone
-- moves it, and its last step hands the matter to people. Nothing here cuts anybody off.
create table dunning (
  account_id uuid primary key references account on delete cascade,
  step text not null default 'none' check (step in ('none', 'reminder', 'notice', 'final', 'credit_team')),
  -- The day of the last step.
  since date not null,
  -- Why the next step waits, where it does.
  holds text[] not null default '{}' check (holds <@ array['dispute', 'plan', 'paying', 'small', 'priority', 'winter']),
  -- What is overdue, the oldest of it due on this day; of what is held back by a dispute or a plan too.
  due_on date not null,
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$')
);

create function dunning_moves() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entry bigint;
  before constant text := case when tg_op = 'INSERT' then 'none' else old.step end;
begin
  if new.step = before then return new; end if;
  if not exists (select 1 from dunning_move where from_step = before and to_step = new.step) then
    raise exception 'reminding does not go from % to %', before, new.step
      using errcode = 'check_violation', constraint = 'dunning_move';
  end if;
  insert into dunning_event (account_id, step, amount, currency) values (new.account_id, new.step, new.amount, new.currency)
    returning seq into entry;
  -- The reminder is the letter that a bill is overdue; what comes after it has letters of its own.
  if new.step in ('notice', 'final', 'credit_team') then
    insert into outbox (job, payload) values ('billing.tell_dunning', jsonb_build_object('entry', entry::text));
  end if;
  return new;
end $$;
create trigger dunning_moves before insert or update on dunning for each row execute function dunning_moves();

-- Whoever owes nothing overdue any more leaves the list; that it ended is written down.
create function dunning_ends() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.step <> 'none' and exists (select 1 from account where id = old.account_id) then
    insert into dunning_event (account_id, step) values (old.account_id, 'none');
  end if;
  return null;
end $$;
create trigger dunning_ends after delete on dunning for each row execute function dunning_ends();

alter table dunning enable row level security;
create policy dunning_seen on dunning for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy dunning_worker on dunning to hearth_worker using (true) with check (true);
grant select on dunning to hearth_web;
grant select, insert, update, delete on dunning to hearth_worker;

create table dunning_move (
  from_step text not null,
  to_step text not null,
  primary key (from_step, to_step)
);

insert into dunning_move values
  ('none', 'reminder'), ('reminder', 'notice'), ('notice', 'final'), ('final', 'credit_team'),
  ('reminder', 'none'), ('notice', 'none'), ('final', 'none'), ('credit_team', 'none');

alter table dunning_move enable row level security;
create policy dunning_move_seen on dunning_move for select to hearth_web, hearth_worker using (true);
grant select on dunning_move to hearth_web, hearth_worker;

-- Every step that was taken, in its order: part of what is handed on. Never edited.
create table dunning_event (
  seq bigint generated always as identity primary key,
  account_id uuid not null references account on delete cascade,
  step text not null check (step in ('none', 'reminder', 'notice', 'final', 'credit_team')),
  amount bigint,
  currency text,
  at timestamptz not null default now()
);
create index dunning_event_account on dunning_event (account_id, at desc, seq desc);

alter table dunning_event enable row level security;
create policy dunning_event_seen on dunning_event for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy dunning_event_worker on dunning_event for select to hearth_worker using (true);
grant select on dunning_event to hearth_web, hearth_worker;

-- Letters about the days of a plan, each once: before its day, and when it has passed.
create table instalment_letter (
  programme_id uuid not null,
  number smallint not null,
  foreign key (programme_id, number) references instalment on delete cascade,
  kind text not null check (kind in ('due', 'late')),
  primary key (programme_id, number, kind),
  created_at timestamptz not null default now()
);

alter table instalment_letter enable row level security;
create policy instalment_letter_worker on instalment_letter to hearth_worker using (true) with check (true);
grant select, insert on instalment_letter to hearth_worker;
