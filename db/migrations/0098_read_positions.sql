-- How far each person has read each request: what came later is marked as new in lists, and a request opens there. Like
-- presence it may be lost, and points to no row of the request: whoever looks never waits for whoever changes it.

create table request_read (
  person_id uuid not null references person on delete cascade,
  request_id uuid not null,
  -- Of the last event that was on the page.
  number integer not null check (number >= 0),
  primary key (person_id, request_id)
);

alter table request_read enable row level security;
alter table request_read force row level security;
create policy request_read_own on request_read for select to hearth_web
  using (person_id = (select app_person()));
create policy request_read_noted on request_read for insert to hearth_web
  with check (person_id = (select app_person()) and exists (select 1 from request r where r.id = request_id));
create policy request_read_further on request_read for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
grant select, insert, update on request_read to hearth_web;

-- The last words of a request, for the rows of lists: ids of messages are in the order in which they were written.
create index message_of_request on message (request_id, id desc);
drop index message_request;
