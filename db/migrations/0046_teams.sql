-- Teams are made, renamed and retired by an admin. A team is retired only when nothing is left in it, and nothing comes
-- to a retired team; each side of that waits for the other where both happen at once.

alter table team add column retired_at timestamptz;
alter table team add check (length(name) between 1 and 80);
create unique index team_name on team (lower(name)) where retired_at is null;
create index person_team on person (team_id) where team_id is not null;

alter table team enable row level security;
create policy team_seen on team for select to hearth_web, hearth_auth, hearth_worker using (true);
create policy team_made on team for insert to hearth_web with check ((select app_role()) = 'admin');
create policy team_changed on team for update to hearth_web using ((select app_role()) = 'admin');
grant insert, update (name, retired_at) on team to hearth_web;

-- Which team has the requests of a service type is the only thing about the catalogue that is changed from the desk.
alter table service_type enable row level security;
create policy service_type_seen on service_type for select to hearth_web, hearth_worker using (true);
create policy service_type_given on service_type for update to hearth_web using ((select app_role()) = 'admin');
grant update (team_id) on service_type to hearth_web;

create function team_guard() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from team where id = new.id for update;
  if exists (select 1 from person where team_id = new.id and deactivated_at is null)
     or exists (select 1 from invitation where team_id = new.id)
     or exists (select 1 from service_type where team_id = new.id)
     or exists (select 1 from request where team_id = new.id
                and status in ('submitted', 'open', 'waiting', 'scheduled', 'resolved')) then
    raise exception 'something is left in the team' using errcode = 'check_violation', constraint = 'team_is_empty';
  end if;
  return new;
end $$;
create trigger team_guard before update of retired_at on team
  for each row when (new.retired_at is not null and old.retired_at is null) execute function team_guard();

create function team_is_there() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from team where id = new.team_id and retired_at is null for key share;
  if found then
    return new;
  end if;
  -- A customer who sends a form at that very moment is not told about our teams: it is there for all of them.
  if tg_table_name = 'request' and tg_op = 'INSERT' then
    new.team_id := null;
    return new;
  end if;
  raise exception 'this team is no longer there' using errcode = 'check_violation', constraint = 'team_is_there';
end $$;
create trigger team_of_new before insert on request
  for each row when (new.team_id is not null) execute function team_is_there();
create trigger team_of before update of team_id on request
  for each row when (new.team_id is not null and new.team_id is distinct from old.team_id)
  execute function team_is_there();
create trigger team_of_new before insert on person
  for each row when (new.team_id is not null) execute function team_is_there();
create trigger team_of before update of team_id, deactivated_at on person
  for each row when (new.team_id is not null and new.deactivated_at is null) execute function team_is_there();
create trigger team_of before insert or update of team_id on service_type
  for each row when (new.team_id is not null) execute function team_is_there();
create trigger team_of before insert on invitation
  for each row when (new.team_id is not null) execute function team_is_there();
