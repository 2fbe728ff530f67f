-- A copy of all that is held about a customer: asked for by them, made by the worker, kept for some days. The file
-- itself lies beside the other files, under the id of its row.

create table data_copy (
  id uuid primary key default uuidv7(),
  person_id uuid not null references person on delete cascade,
  locale text not null check (locale ~ '^[a-z]{2}$'),
  state text not null default 'asked' check (state in ('asked', 'ready', 'failed', 'gone')),
  asked_at timestamptz not null default now(),
  ready_at timestamptz,
  -- When the file goes.
  expires_at timestamptz,
  size bigint check (size > 0),
  taken_at timestamptz,
  check ((state = 'ready') <= (ready_at is not null and expires_at is not null and size is not null))
);
-- A second click finds the one that is being made.
create unique index data_copy_asked on data_copy (person_id) where state = 'asked';
create index data_copy_person on data_copy (person_id, asked_at desc);
create index data_copy_expires on data_copy (expires_at) where state = 'ready';

-- Making one reads everything: twice in a day is enough.
create function data_copy_rate() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('data copy ' || new.person_id, 0));
  if (select count(*) from data_copy c where c.person_id = new.person_id and c.state <> 'failed'
        and c.asked_at > now() - interval '24 hours') >= 2 then
    raise exception 'too many copies in a day' using errcode = 'check_violation', constraint = 'data_copy_rate';
  end if;
  return new;
end $$;
create trigger data_copy_rate before insert on data_copy for each row execute function data_copy_rate();
revoke all on function data_copy_rate() from public;

alter table data_copy enable row level security;
create policy data_copy_own on data_copy for select to hearth_web using (person_id = (select app_person()));
create policy data_copy_asked on data_copy for insert to hearth_web
  with check (person_id = (select app_person()) and (select app_role()) = 'customer' and state = 'asked');
create policy data_copy_taken on data_copy for update to hearth_web using (person_id = (select app_person()));
create policy data_copy_worker on data_copy for all to hearth_worker using (true);
grant select, insert on data_copy to hearth_web;
grant update (taken_at) on data_copy to hearth_web;
grant select, delete, update (state, ready_at, expires_at, size) on data_copy to hearth_worker;

-- What the copy is made of, and the worker did not read until now.
do $$
declare
  held text;
begin
  foreach held in array array['account_contact', 'article_answer', 'audit_entry', 'bot_lesson', 'bottled_supply',
    'calendar_address', 'cylinder_holding', 'emergency_said', 'order_payment', 'order_refund', 'priority_service',
    'request_read', 'sign_in_session', 'stock_move']
  loop
    execute format('grant select on %I to hearth_worker', held);
    if (select relrowsecurity from pg_class where oid = held::regclass) then
      execute format('create policy %I on %I for select to hearth_worker using (true)', held || '_held', held);
    end if;
  end loop;
end $$;
-- What somebody did themself is found as well as what was done about them.
create index audit_entry_actor on audit_entry (actor_id) where actor_id is not null;
-- How somebody signs in, never with what.
grant select (id, person_id, provider_id, created_at) on sign_in_method to hearth_worker;
