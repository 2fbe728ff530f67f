-- A request is written with its first event counted (last_number 1), so that sending one in does not write its row
-- twice. The primary key refuses a second first event.

create or replace function request_event_number() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'submitted' then
    select r.last_number into new.number from request r where r.id = new.request_id;
  end if;
  if new.kind <> 'submitted' or new.number is distinct from 1 then
    update request set last_number = last_number + 1 where id = new.request_id returning last_number into new.number;
  end if;
  if new.number is null then
    raise exception 'no such request' using errcode = 'foreign_key_violation';
  end if;
  new.actor_id := app_person();
  new.actor_role := app_role();
  return new;
end $$;

-- Who logged a call keeps it in sight until its first event stands; the number alone does not tell that any more.
create or replace function keep_in_sight(of_request uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_role() <> 'agent' then return; end if;
  insert into opening (person_id, request_id, reason)
    select app_person(), r.id, 'was theirs' from request r
    where r.id = of_request
      and (r.team_id is null or r.team_id = app_team() or r.agent_id = app_person()
           or (r.logged_by = app_person()
               and not exists (select 1 from request_event e where e.request_id = r.id)));
end $$;
