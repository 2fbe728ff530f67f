-- Whoever has no account connected sends their request all the same: it says what they typed of the account, and staff
-- link it. What the desk has linked, the desk takes off again; what the customer chose stays.

alter table request add column account_linked_at timestamptz;
alter table request add check (account_linked_at is null or account_id is not null);
grant update (account_id, premises_id, account_linked_at, private) on request to hearth_web;

alter table request_event drop constraint request_event_kind_check;
alter table request_event add constraint request_event_kind_check check (kind in ('submitted', 'assigned', 'message',
  'note', 'status', 'priority', 'attachment', 'visit', 'promise', 'work_began', 'linked', 'merged', 'viewed', 'details',
  'account'));

create function request_account_guard() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user not in ('hearth_web', 'hearth_worker') then return new; end if;
  if not app_is_staff() then
    raise exception 'only staff link a request to an account' using errcode = 'insufficient_privilege';
  end if;
  if old.account_id is not null and old.account_linked_at is null then
    raise exception 'what the customer chose stays' using errcode = 'check_violation', constraint = 'request_linked';
  end if;
  if new.premises_id is not null and not exists (
       select 1 from premises p where p.id = new.premises_id and p.account_id = new.account_id) then
    raise exception 'these premises belong to another account'
      using errcode = 'check_violation', constraint = 'request_linked';
  end if;
  new.account_linked_at := case when new.account_id is not null then now() end;
  return new;
end $$;
create trigger request_account_guard before update of account_id, premises_id, account_linked_at, private on request
  for each row when ((new.account_id, new.premises_id, new.account_linked_at, new.private)
                     is distinct from (old.account_id, old.premises_id, old.account_linked_at, old.private))
  execute function request_account_guard();

-- Accounts by what somebody wrote or says of them: the beginning of a number, a holder's name, an address however it is
-- written. On behalf of staff, who see every account; the indexes could not be used below the policies.
create index account_holder_trigrams on account using gin (lower(holder) gin_trgm_ops);
create index premises_address_trigrams on premises
  using gin (lower(line || ' ' || town || ' ' || postcode) gin_trgm_ops);

create function accounts_said(of_number text, of_words text, most integer)
returns table (account_id uuid, premises_id uuid, likeness real)
language plpgsql stable security definer set search_path = public, pg_temp
set pg_trgm.similarity_threshold = 0.4 as $$
begin
  if not app_is_staff() then return; end if;
  if of_number ~ '^[0-9]{4,12}$' then
    return query
      select a.id, p.id, 2::real from account a left join premises p on p.account_id = a.id
      where a.number between of_number and of_number || '999999999999'
      order by a.number, p.id limit most;
  end if;
  if length(of_words) >= 3 then
    return query
      select p.account_id, p.id, similarity(lower(p.line || ' ' || p.town || ' ' || p.postcode), lower(of_words))
      from premises p
      where lower(p.line || ' ' || p.town || ' ' || p.postcode) % lower(left(of_words, 200))
      order by 3 desc, 2 limit most;
    return query
      select a.id, p.id, similarity(lower(a.holder), lower(of_words))
      from account a left join premises p on p.account_id = a.id
      where lower(a.holder) % lower(left(of_words, 200))
      order by 3 desc, 2 limit most;
  end if;
end $$;
revoke all on function accounts_said(text, text, integer) from public;
grant execute on function accounts_said(text, text, integer) to hearth_web;
