-- What staff are writing on a request is kept until it is sent: one reply and one note for each person and request.

create table desk_draft (
  person_id uuid not null references person on delete cascade,
  request_id uuid not null references request on delete cascade,
  form text not null check (form in ('reply', 'note')),
  text text not null check (length(text) between 1 and 10000),
  updated_at timestamptz not null default now(),
  primary key (person_id, request_id, form)
);

alter table desk_draft enable row level security;
create policy desk_draft_own on desk_draft to hearth_web
  using (person_id = (select app_person()) and (select app_is_staff()))
  with check (person_id = (select app_person()) and (select app_is_staff())
              and exists (select 1 from request r where r.id = request_id));
create policy desk_draft_worker_read on desk_draft for select to hearth_worker using (true);
create policy desk_draft_worker on desk_draft for delete to hearth_worker using (true);

grant select, insert, update, delete on desk_draft to hearth_web;
grant select, delete on desk_draft to hearth_worker;
