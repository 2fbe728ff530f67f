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

create table instalment (
  programme_id uuid not null references programme on delete cascade,
  number smallint not null check (number between 1 and 600),
  due_on date not null,
  amount bigint not null check (amount >= 0),
  primary key (programme_id, number)
);

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

-- All that was received on an account: payments that went through, and credit notes.
create function received_on_account(of_account uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select sum(amount) from payment where account_id = of_account and state = 'settled'), 0)
       - coalesce((select sum(total) from bill where account_id = of_account and total < 0), 0)
$$;
revoke all on function received_on_account(uuid) from public;

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

create function programme_event_stays() returns trigger language plpgsql as $$
begin
  raise exception 'what happened stays as it was written' using errcode = 'check_violation', constraint = 'programme_event_stays';
end $$;
create trigger programme_event_stays before update of seq, programme_id, account_id, what, amount, at, by_whom on programme_event
  for each row execute function programme_event_stays();

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
create constraint trigger instalments_add_up after insert or update or delete on instalment
  deferrable initially deferred for each row execute function instalments_add_up();

alter table programme enable row level security;
alter table instalment enable row level security;
alter table programme_move enable row level security;
alter table programme_event enable row level security;

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
grant select, insert on programme to hearth_web;
grant update (state, ended_on) on programme to hearth_web;
grant select, update (state, ended_on, amount, review_on) on programme to hearth_worker;

create policy instalment_seen on instalment for select to hearth_web
  using (exists (select 1 from programme p where p.id = programme_id));
-- Only together with what was agreed.
create policy instalment_agreed on instalment for insert to hearth_web
  with check (exists (select 1 from programme p where p.id = programme_id and p.created_at = now()
                        and p.enrolled_by = (select app_person())));
create policy instalment_worker on instalment for select to hearth_worker using (true);
create policy instalment_worker_adds on instalment for insert to hearth_worker with check (true);
grant select, insert on instalment to hearth_web, hearth_worker;

create policy programme_move_seen on programme_move for select to hearth_web, hearth_worker using (true);
grant select on programme_move to hearth_web, hearth_worker;

create policy programme_event_seen on programme_event for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy programme_event_worker on programme_event for select to hearth_worker using (true);
grant select on programme_event to hearth_web, hearth_worker;
