-- Replies that are said often: one's own, a team's, or everybody's. What is a team's is kept by supervisors and admins;
-- an agent proposes one of their own.
create table saved_reply (
  id uuid primary key default uuidv7(),
  person_id uuid references person on delete cascade,
  team_id uuid references team on delete cascade,
  check (person_id is null or team_id is null),
  name text not null check (length(btrim(name)) between 1 and 80),
  text text not null check (length(btrim(text)) between 1 and 4000),
  proposed boolean not null default false check (not proposed or person_id is not null),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index saved_reply_named on saved_reply (coalesce(person_id, team_id), lower(name)) nulls not distinct;

create function app_keeps_replies() returns boolean language sql stable as $$
  select app_role() in ('supervisor', 'admin')
$$;
alter table saved_reply enable row level security;
create policy saved_reply_seen on saved_reply for select to hearth_web
  using ((select app_is_staff()) and (person_id is null or person_id = (select app_person())
                                      or (proposed and (select app_keeps_replies()))));
create policy saved_reply_written on saved_reply for insert to hearth_web
  with check ((select app_is_staff()) and (person_id = (select app_person())
                                           or (person_id is null and (select app_keeps_replies()))));
create policy saved_reply_changed on saved_reply for update to hearth_web
  using ((select app_is_staff()) and (person_id = (select app_person())
                                      or ((person_id is null or proposed) and (select app_keeps_replies()))))
  with check ((select app_is_staff()) and (person_id = (select app_person())
                                           or ((person_id is null or proposed) and (select app_keeps_replies()))));
create policy saved_reply_dropped on saved_reply for delete to hearth_web
  using ((select app_is_staff()) and (person_id = (select app_person())
                                      or (person_id is null and (select app_keeps_replies()))));
grant select, insert, delete on saved_reply to hearth_web;
grant update (name, text, person_id, team_id, proposed, updated_at) on saved_reply to hearth_web;
-- Of one person no more than anybody would look through.
create function saved_reply_limit() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select count(*) from saved_reply r where r.person_id is not distinct from new.person_id
      and r.team_id is not distinct from new.team_id) > 200 then
    raise exception 'that many are enough' using errcode = 'check_violation', constraint = 'saved_reply_limit';
  end if;
  return null;
end $$;
create trigger saved_reply_limit after insert on saved_reply for each row execute function saved_reply_limit();
