-- A request is merged into an open one that its customer may see, of their own or of the same account; never into
-- itself, and never anew.

alter table request add constraint request_not_into_itself check (merged_into <> id) not valid;
create index request_merged_here on request (merged_into) where merged_into is not null;

create function request_merge_guard() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.merged_into is not null then
    raise exception 'a merge is final' using errcode = 'check_violation', constraint = 'request_merge';
  end if;
  if not exists (select 1 from request survivor
                 where survivor.id = new.merged_into
                   and survivor.status in ('submitted', 'open', 'waiting', 'scheduled')
                   and (survivor.requester_id = new.requester_id or (not survivor.private and survivor.account_id = new.account_id))) then
    raise exception 'not a request of the same customer that is still open'
      using errcode = 'check_violation', constraint = 'request_merge';
  end if;
  return new;
end $$;
create trigger request_merge_guard before update of merged_into on request for each row
  when (new.merged_into is distinct from old.merged_into) execute function request_merge_guard();
