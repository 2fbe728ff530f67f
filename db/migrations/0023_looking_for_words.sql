-- The desk looks for words among all open requests, and for customers by any part of their name or address. Indexes of
-- trigrams find them. Row-level security keeps the asker from using such an index, because matching a pattern could
-- tell what it matches; so two functions look on behalf of staff, each by the rule of the policy itself.

create extension if not exists pg_trgm with schema public;

create index person_name_trigrams on person using gin (lower(name) gin_trgm_ops) where role = 'customer';
create index person_email_trigrams on person using gin (email gin_trgm_ops) where role = 'customer';
create index person_phone_trigrams on person using gin (regexp_replace(phone, '[^0-9+]', '', 'g') gin_trgm_ops)
  where role = 'customer' and phone is not null;

-- The words of open requests, gathered by a job: an index of trigrams costs more than all else that is written when a
-- request comes in. It repeats the description: who erases that, erases this.
create table request_words (
  request_id uuid primary key references request on delete cascade,
  words text not null
);
create index request_words_trigrams on request_words using gin (words gin_trgm_ops);

alter table request_words enable row level security;
create policy request_words_worker on request_words to hearth_worker using (true) with check (true);
grant select, insert, delete on request_words to hearth_worker;

-- The open requests that mention these words (a pattern of LIKE) and that the asker of staff may see (request_seen).
create function requests_mentioning(pattern text) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app_is_staff() then return; end if;
  return query
    select r.id from request r
    where r.id in (select w.request_id from request_words w where w.words ilike pattern
                   union
                   select o.id from person p join request o on o.requester_id = p.id
                   where p.role = 'customer' and lower(p.name) like lower(pattern))
      and r.status in ('submitted', 'open', 'waiting', 'scheduled')
      and (app_role() in ('supervisor', 'admin') or r.team_id is null or r.team_id = app_team()
           or r.agent_id = app_person() or r.requester_id = app_person()
           or r.id = any ((select app_opened())::uuid[])
           or (not r.private and r.account_id = any ((select app_accounts_seen())::uuid[])));
end $$;

-- The customers whose name or address holds these words (patterns of LIKE, in lower case), or whose number ends so.
-- Staff see every customer.
create function customers_mentioning(pattern text, at_word text, number_ending text, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app_is_staff() then return; end if;
  return query
    select p.id from person p
    where p.role = 'customer' and (lower(p.name) like pattern or lower(p.name) like at_word)
    limit most;
  return query select p.id from person p where p.role = 'customer' and p.email like pattern limit most;
  if number_ending is not null then
    return query
      select p.id from person p
      where p.role = 'customer' and p.phone is not null
        and regexp_replace(p.phone, '[^0-9+]', '', 'g') like '%' || number_ending
      limit most;
  end if;
end $$;

revoke all on function requests_mentioning(text), customers_mentioning(text, text, text, integer) from public;
grant execute on function requests_mentioning(text), customers_mentioning(text, text, text, integer) to hearth_web;
