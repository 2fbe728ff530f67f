-- Articles are written at the desk: somebody drafts, proposes, and somebody else approves, from now or from a time to come.
-- What was approved never changes. What ships with Hearth is approved as it comes, and has no author.

alter table article
  -- Null: it is shipped with Hearth.
  add column created_by uuid references person,
  -- Who last sorted or retired it here: from then on shipping leaves its place alone.
  add column kept_by uuid references person;

alter table article_version
  drop constraint article_version_state_check,
  add constraint article_version_state_check check (state in ('draft', 'proposed', 'approved', 'withdrawn')),
  -- Each saving counts, so that two who write see each other.
  add column changes integer not null default 0,
  add column updated_at timestamptz not null default now(),
  add column proposed_by uuid references person,
  add column approved_at timestamptz,
  -- What has changed, or why it was sent back: for colleagues.
  add column note text check (length(note) between 1 and 500);
-- One at a time is being written in a language.
create unique index article_version_open on article_version (article_id, locale) where state in ('draft', 'proposed');

create function article_version_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  rewritten constant boolean := (new.title, new.summary, new.body, new.questions, new.action)
    is distinct from (old.title, old.summary, old.body, old.questions, old.action);
begin
  if (new.article_id, new.locale, new.version, new.created_at)
     is distinct from (old.article_id, old.locale, old.version, old.created_at) then
    raise exception 'what a version is never changes' using errcode = 'check_violation';
  end if;
  if (rewritten or new.written_by is distinct from old.written_by)
     and (old.state not in ('draft', 'proposed') or new.state <> 'draft') then
    raise exception 'only a draft is written' using errcode = 'check_violation', constraint = 'article_move';
  end if;
  if new.state <> old.state and not (
       (old.state = 'draft' and new.state in ('proposed', 'withdrawn'))
       or (old.state = 'proposed' and new.state in ('draft', 'approved', 'withdrawn'))
       or (old.state = 'approved' and new.state = 'withdrawn')) then
    raise exception 'an article does not go from % to %', old.state, new.state
      using errcode = 'check_violation', constraint = 'article_move';
  end if;
  if old.state = 'approved' and (new.state <> 'withdrawn' or old.valid_from <= now()) then
    raise exception 'what is in force is replaced, never changed'
      using errcode = 'check_violation', constraint = 'article_move';
  end if;

  if current_user = 'hearth_web' then
    if rewritten and new.written_by is distinct from app_person()
       or new.state = 'proposed' and old.state = 'draft' and new.proposed_by is distinct from app_person() then
      raise exception 'whoever writes or proposes says who they are' using errcode = 'insufficient_privilege';
    end if;
    if new.state <> old.state and 'approved' in (old.state, new.state)
       and app_role() not in ('supervisor', 'admin') then
      raise exception 'supervisors and admins approve' using errcode = 'insufficient_privilege';
    end if;
    if new.state = 'approved' and (new.approved_by is distinct from app_person()
         or app_person() in (new.written_by, new.proposed_by)) then
      raise exception 'nobody approves their own words' using errcode = 'insufficient_privilege';
    end if;
  end if;

  if new.state <> 'approved' and old.state <> 'approved' then
    new.approved_by := null;
    new.valid_from := old.valid_from;
    if new.state = 'draft' then new.proposed_by := null; end if;
  elsif new.state = 'approved' then
    new.approved_at := now();
    new.valid_from := greatest(new.valid_from, now());
  end if;
  new.changes := old.changes + 1;
  new.updated_at := now();
  return new;
end $$;
create trigger article_version_guard before update on article_version
  for each row execute function article_version_guard();

create function article_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.slug, new.created_by) is distinct from (old.id, old.slug, old.created_by) then
    raise exception 'what an article is never changes' using errcode = 'check_violation';
  end if;
  if current_user = 'hearth_web' and new is distinct from old
     and (app_role() not in ('supervisor', 'admin') or new.kept_by is distinct from app_person()) then
    raise exception 'supervisors and admins sort and retire' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger article_guard before update on article for each row execute function article_guard();

create policy article_begun on article for insert to hearth_web
  with check ((select app_is_staff()) and created_by = (select app_person()) and retired_at is null);
create policy article_sorted on article for update to hearth_web using ((select app_is_staff()));
create policy article_version_drafted on article_version for insert to hearth_web
  with check ((select app_is_staff()) and state = 'draft' and written_by = (select app_person())
              and proposed_by is null and approved_by is null and approved_at is null);
create policy article_version_moved on article_version for update to hearth_web
  using ((select app_is_staff()) and state <> 'withdrawn') with check ((select app_is_staff()));
grant insert (id, slug, topic, place, created_by) on article to hearth_web;
grant update (topic, place, retired_at, kept_by) on article to hearth_web;
grant insert (article_id, locale, version, title, summary, body, questions, action, state, written_by, note)
  on article_version to hearth_web;
grant update (title, summary, body, questions, action, state, written_by, proposed_by, approved_by, valid_from, note)
  on article_version to hearth_web;
