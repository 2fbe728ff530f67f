-- What each page and job asks for is found by an index, however full the database is.

-- What is left in a team, and in the hands of its people.
create index request_resolved_team on request (team_id) where status = 'resolved';

-- The latest emergencies that are over.
create index emergency_over on emergency (received_at desc) where status in ('made_safe', 'stood_down');

-- Which open requests have words to be gathered, or words to be let go of: noted when it happens, so that the job that
-- comes by every minute has nothing to look through.
create table words_due (request_id uuid primary key);
insert into words_due
  select r.id from request r
  where r.status in ('submitted', 'open', 'waiting', 'scheduled')
    and not exists (select 1 from request_words w where w.request_id = r.id)
  union
  select w.request_id from request_words w join request r on r.id = w.request_id
  where r.status not in ('submitted', 'open', 'waiting', 'scheduled');

alter table words_due enable row level security;
create policy words_due_worker on words_due to hearth_worker using (true) with check (true);
grant select, delete on words_due to hearth_worker;

create function note_words_due() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into words_due (request_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger request_words_of_new after insert on request for each row
  when (new.status in ('submitted', 'open', 'waiting', 'scheduled')) execute function note_words_due();
create trigger request_words_of_ended after update of status on request for each row
  when ((new.status in ('submitted', 'open', 'waiting', 'scheduled'))
        is distinct from (old.status in ('submitted', 'open', 'waiting', 'scheduled')))
  execute function note_words_due();
