-- What the bot made of each question, for the people who improve it; and what they teach it, version by version, so that
-- any earlier state can be had back. Words of customers are forgotten here as elsewhere; figures stay a year.

create table bot_answer (
  id uuid primary key default uuidv7(),
  -- A visitor's is nobody's as soon as their talk is forgotten.
  conversation_id uuid references conversation on delete set null,
  person_id uuid references person on delete cascade,
  at timestamptz not null default now(),
  locale text not null check (length(locale) <= 10),
  -- As it was asked; null once forgotten.
  question text check (length(question) between 1 and 500),
  kind text not null check (kind in ('article', 'service', 'fact', 'guesses', 'abstain', 'person')),
  topic text check (length(topic) <= 200),
  confidence real not null check (confidence between 0 and 1),
  -- What it offered besides.
  next text[] not null default '{}' check (cardinality(next) <= 2),
  outcome text not null default 'open' check (outcome in ('open', 'helped', 'chosen', 'again', 'person'))
);
create index bot_answer_newest on bot_answer (id desc) where question is not null;
create index bot_answer_unsure on bot_answer (id desc) where question is not null and kind in ('guesses', 'abstain');
create index bot_answer_refused on bot_answer (id desc) where question is not null and outcome in ('again', 'person');
create index bot_answer_of_conversation on bot_answer (conversation_id, id desc) where conversation_id is not null;
create index bot_answer_of_person on bot_answer (person_id) where person_id is not null;
create index bot_answer_at on bot_answer (at, kind, outcome);

alter table bot_answer enable row level security;
-- Of one's own talk: written with the answer, and how it went on. Staff read all.
create policy bot_answer_own on bot_answer to hearth_web
  using (exists (select 1 from conversation c where c.id = conversation_id
                 and (c.person_id = (select app_person())
                      or (c.person_id is null and c.visitor = (select app_visitor())))))
  with check (exists (select 1 from conversation c where c.id = conversation_id
                      and c.person_id is not distinct from bot_answer.person_id
                      and (c.person_id = (select app_person())
                           or (c.person_id is null and c.visitor = (select app_visitor())))));
create policy bot_answer_staff on bot_answer for select to hearth_web using ((select app_is_staff()));
create policy bot_answer_worker on bot_answer to hearth_worker using (true);
grant select, insert on bot_answer to hearth_web;
grant update (outcome) on bot_answer to hearth_web;
grant select, delete on bot_answer to hearth_worker;
grant update (question) on bot_answer to hearth_worker;

-- What a visitor asked goes on with the person they turn out to be.
create function answers_follow() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update bot_answer set person_id = new.person_id where conversation_id = new.id;
  return null;
end $$;
revoke all on function answers_follow() from public;
create trigger answers_follow after update of person_id on conversation
  for each row when (new.person_id is distinct from old.person_id) execute function answers_follow();

-- Each change of what is taught has a number; the newest is in force.
create table bot_version (
  version integer primary key check (version > 0),
  made_by uuid not null references person,
  made_at timestamptz not null default now(),
  -- Set where an earlier state was had back; 0 is before anything was taught.
  back_to integer check (back_to >= 0 and back_to < version)
);
alter table bot_version enable row level security;
create policy bot_version_seen on bot_version for select to hearth_web using ((select app_is_staff()));
create policy bot_version_made on bot_version for insert to hearth_web
  with check ((select app_role()) in ('supervisor', 'admin') and made_by = (select app_person()));
grant select, insert (version, made_by, back_to) on bot_version to hearth_web;

-- A question and what answers it: proposed until it has a version, in force from that one until another.
create table bot_lesson (
  id uuid primary key default uuidv7(),
  -- Whose words they are: they go with them.
  asked_by uuid references person on delete cascade,
  question text not null check (length(question) between 3 and 200),
  topic text not null check (topic ~ '^((article|service|fact):[A-Za-z0-9-]{2,80}|person|none)$'),
  proposed_by uuid not null references person,
  proposed_at timestamptz not null default now(),
  since integer references bot_version,
  until integer references bot_version check (until > since)
);
-- One question has one answer at a time, also in other spelling of capitals.
create unique index bot_lesson_in_force on bot_lesson (lower(question)) where since is not null and until is null;
create index bot_lesson_proposed on bot_lesson (proposed_at) where since is null;
create index bot_lesson_of_person on bot_lesson (asked_by) where asked_by is not null;
create index bot_lesson_since on bot_lesson (since);
create index bot_lesson_until on bot_lesson (until) where until is not null;

alter table bot_lesson enable row level security;
create policy bot_lesson_seen on bot_lesson for select to hearth_web using ((select app_is_staff()));
-- Any of the staff proposes; who may approve articles teaches.
create policy bot_lesson_proposed on bot_lesson for insert to hearth_web
  with check ((select app_is_staff()) and proposed_by = (select app_person())
              and (since is null or (select app_role()) in ('supervisor', 'admin')));
create policy bot_lesson_taught on bot_lesson for update to hearth_web
  using ((select app_role()) in ('supervisor', 'admin'));
create policy bot_lesson_declined on bot_lesson for delete to hearth_web
  using ((select app_role()) in ('supervisor', 'admin') and since is null);
grant select, insert (asked_by, question, topic, proposed_by, since), delete on bot_lesson to hearth_web;
grant update (since, until) on bot_lesson to hearth_web;

-- How much can be taught is bounded, in all and of one topic: nobody drowns what the articles say.
create function bound_lessons() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('bot_lesson'));
  if (select count(*) from bot_lesson where until is null) >= 2000
     or (select count(*) from bot_lesson where until is null and topic = new.topic) >= 100 then
    raise exception 'too many lessons' using errcode = 'check_violation', constraint = 'bot_lesson_bounds';
  end if;
  return new;
end $$;
create trigger bound_lessons before insert on bot_lesson for each row execute function bound_lessons();

-- What the bot learns from, for every process that answers, whoever asks it: no more than the question and its answer.
create function bot_lessons_in_force() returns table (question text, topic text)
language sql stable security definer set search_path = public, pg_temp as $$
  select question, topic from bot_lesson where since is not null and until is null order by id
$$;
create function bot_version_in_force() returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(max(version), 0) from bot_version
$$;
revoke all on function bot_lessons_in_force(), bot_version_in_force() from public;
grant execute on function bot_lessons_in_force(), bot_version_in_force() to hearth_web, hearth_worker;
