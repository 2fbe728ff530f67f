-- So much in so much time for one person, whatever they write and by whichever page: counted by the database. Danger is
-- not counted here: what speaks of it is heard before it is written, and folded where it is recorded.

create table budget (
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('request', 'message', 'draft', 'attachment', 'settings')),
  count integer not null,
  window_ends_at timestamptz not null,
  primary key (person_id, kind)
);
create index budget_ends on budget (window_ends_at);
alter table budget enable row level security;
create policy budget_worker on budget to hearth_worker using (true);
grant select, delete on budget to hearth_worker;

-- The arguments: what is counted, how many, and in how many minutes. Staff work for others, and are not counted.
create function spend_budget() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  most constant integer := tg_argv[1]::integer;
  minutes constant integer := tg_argv[2]::integer;
  spent integer;
begin
  if app_role() <> 'customer' or app_person() is null then return null; end if;
  insert into budget as b (person_id, kind, count, window_ends_at)
    values (app_person(), tg_argv[0], 1, now() + make_interval(mins => minutes))
    on conflict (person_id, kind) do update set
      count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
      window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
    returning count into spent;
  if spent > most then
    raise exception 'too many of one person' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;

create trigger budget_of_request after insert on request for each row execute function spend_budget('request', 60, 60);
create trigger budget_of_message after insert on message for each row execute function spend_budget('message', 90, 60);
create trigger budget_of_draft after insert on draft for each row execute function spend_budget('draft', 200, 60);
create trigger budget_of_attachment after insert on attachment
  for each row execute function spend_budget('attachment', 300, 60);
create trigger budget_of_settings after update of name, phone, locale on person
  for each row execute function spend_budget('settings', 60, 60);

-- What is kept of one person: ten gigabytes in a month.
create index attachment_of_person on attachment (person_id, created_at) where person_id is not null;
create function attachment_quota() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.person_id is null or app_role() <> 'customer' then return null; end if;
  if (select sum(size) from attachment
      where person_id = new.person_id and created_at > now() - interval '30 days' and state <> 'removed'
        and state <> 'rejected') > 10737418240 then
    raise exception 'this person has sent too much' using errcode = 'check_violation', constraint = 'attachment_kept';
  end if;
  return null;
end $$;
create trigger attachment_quota after insert on attachment for each row execute function attachment_quota();

-- Names hold no links and nothing that turns letters around, whoever takes them.
alter table person add constraint person_name_alone check (name !~* '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]') not valid;
alter table invitation add constraint invitation_name_alone check (name !~* '://|[\x01-\x1f\u2028\u2029\u202a-\u202e\u2066-\u2069]') not valid;
