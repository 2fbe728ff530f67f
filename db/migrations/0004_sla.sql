-- Promises: clocks that start, pause and are kept or missed.

-- What was promised on a request, and when it is due. A promise counts either the hours when people are at work, or
-- those of the clock on the wall; that of what was asked for a day does not begin before that day.
create table promise (
  id uuid primary key default uuidv7(),
  request_id uuid not null,
  kind text not null check (kind in ('first_response', 'next_response', 'resolution')),
  minutes integer not null check (minutes > 0),
  state text not null default 'running' check (state in ('running', 'paused', 'kept', 'missed', 'dropped')),
  started_at timestamptz not null default now(),
  due_at timestamptz,
  minutes_left integer,
  ended_at timestamptz,
  hours text not null default 'working' check (hours in ('working', 'clock')),
  begins_at timestamptz,
  check ((state = 'running') = (due_at is not null and ended_at is null) or state in ('kept', 'missed', 'dropped')),
  check (state <> 'paused' or minutes_left is not null)
);
create unique index promise_one_running on promise (request_id, kind) where state in ('running', 'paused');
create index promise_due on promise (due_at) where state = 'running';

-- What is owed: still running, or missed and not yet done.
create index promise_owed on promise (request_id, due_at) where ended_at is null;

-- From a request to what was promised on it, in the order in which it is told.
create index promise_of_request on promise (request_id, started_at, id);

-- What a customer does may start a clock, and never one that has run already. The rest is a millisecond of rounding.
create function promise_guard() returns trigger
language plpgsql
set search_path = public, pg_temp as $$
declare
  close constant interval := interval '1 minute';
begin
  if not app_as_customer() then return new; end if;
  if tg_op = 'INSERT' then
    if new.started_at < now() - close or new.due_at < now() - close
       or new.state <> 'running' then
      raise exception 'a customer starts no clock in the past' using errcode = 'insufficient_privilege';
    end if;
  elsif (new.request_id, new.kind, new.minutes, new.hours, new.started_at)
          is distinct from (old.request_id, old.kind, old.minutes, old.hours, old.started_at)
     or (new.due_at < now() - close and new.due_at < coalesce(old.due_at, 'infinity') - interval '1 millisecond') then
    raise exception 'a customer makes nothing due that was not' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger promise_guard before insert or update on promise for each row execute function promise_guard();

alter table promise enable row level security;
create policy promise_worker on promise to hearth_worker using (true) with check (true);
grant select, insert, update on promise to hearth_web;
grant select, update on promise to hearth_worker;
