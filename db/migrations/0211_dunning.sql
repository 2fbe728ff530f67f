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

create table dunning_move (
  from_step text not null,
  to_step text not null,
  primary key (from_step, to_step)
);
insert into dunning_move values
  ('none', 'reminder'), ('reminder', 'notice'), ('notice', 'final'), ('final', 'credit_team'),
  ('reminder', 'none'), ('notice', 'none'), ('final', 'none'), ('credit_team', 'none');

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
alter table dunning_move enable row level security;
alter table dunning_event enable row level security;
create policy dunning_seen on dunning for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy dunning_worker on dunning to hearth_worker using (true) with check (true);
create policy dunning_move_seen on dunning_move for select to hearth_web, hearth_worker using (true);
create policy dunning_event_seen on dunning_event for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy dunning_event_worker on dunning_event for select to hearth_worker using (true);
grant select on dunning to hearth_web;
grant select, insert, update, delete on dunning to hearth_worker;
grant select on dunning_move, dunning_event to hearth_web, hearth_worker;

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

-- Whether somebody at a place of the account is served first on a day. Which need it is, reminding need not know.
create function account_served_first(of_account uuid, on_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from premises p join priority_service s on s.premises_id = p.id
                 where p.account_id = of_account and s.since <= on_day and coalesce(s.until > on_day, true))
$$;
revoke all on function account_served_first(uuid, date) from public;
grant execute on function account_served_first(uuid, date) to hearth_worker;
