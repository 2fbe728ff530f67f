-- Finding requests by all words in any order, with accents and small slips forgiven: in subject, words, messages, names,
-- references, account numbers and streets, and when they have ended, too. Each request has its words in two sets, what
-- its customer may read and what staff may; a vocabulary turns what was typed into words that are there.

create extension if not exists unaccent with schema public;
create extension if not exists fuzzystrmatch with schema public;

-- The words of a text: without accents, in small letters, split at all that is neither letter nor digit.
create function words_of(text) returns text[]
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct left(word, 40)), '{}')
  from regexp_split_to_table(lower(unaccent('unaccent'::regdictionary, left($1, 200000))),
                             '[[:space:][:punct:]¿¡«»“”‘’„…–—·।€£₹]+') as word
  where word <> '';
$$;

drop function requests_mentioning(text);
drop policy words_due_worker on words_due;
revoke all on words_due from hearth_worker;
drop table request_words;
create table request_words (
  request_id uuid primary key,
  -- What its customers may read, and that with the notes of staff. They repeat texts: who erases those, erases these.
  words tsvector not null,
  inside tsvector not null
);
create index request_words_inside on request_words using gin (inside);
alter table request_words enable row level security;
create policy request_words_staff on request_words for select to hearth_web
  using ((select app_is_staff()) and exists (select 1 from request r where r.id = request_id));
grant select on request_words to hearth_web;

-- All words without digits that occur: numbers are never mistaken for each other.
create table search_word (word text collate "C" primary key);
create index search_word_trigrams on search_word using gin (word gin_trgm_ops);
alter table search_word enable row level security;

-- All requests are found now, and all that is said on them: `words_due` notes whatever changes what they are found by. A
-- job gathers it, or whoever searches before the job has come by.
drop trigger request_words_of_new on request;
drop trigger request_words_of_ended on request;
drop function note_words_due();

create function note_words_due() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- What waits already is noted again: whoever gathers it now does not see this change yet, and passes it over.
  insert into words_due (request_id) select id from changed
  on conflict (request_id) do update set request_id = excluded.request_id;
  return null;
end $$;

create function note_words_due_of_message() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into words_due (request_id) select distinct request_id from changed
  on conflict (request_id) do update set request_id = excluded.request_id;
  return null;
end $$;

create trigger words_of_new after insert on request
  referencing new table as changed for each statement execute function note_words_due();
create trigger words_of_message after insert on message
  referencing new table as changed for each statement execute function note_words_due_of_message();

create function request_words_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'person' then
    insert into words_due (request_id) select r.id from request r where r.requester_id = new.id order by r.id
    on conflict (request_id) do update set request_id = excluded.request_id;
  else
    insert into words_due (request_id) values (new.id)
    on conflict (request_id) do update set request_id = excluded.request_id;
  end if;
  return null;
end $$;
create trigger words_of_changed after update of description, answers, contact, requester_id, account_id, premises_id
  on request for each row
  when ((old.description, old.answers, old.contact, old.requester_id, old.account_id, old.premises_id)
        is distinct from (new.description, new.answers, new.contact, new.requester_id, new.account_id, new.premises_id))
  execute function request_words_changed();
create trigger words_of_renamed after update of name on person for each row
  when (old.name is distinct from new.name and new.role = 'customer') execute function request_words_changed();

-- Gathers the words of so many requests that changed. Says how many those were.
create function gather_request_words(most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due uuid[];
begin
  with taken as (
    delete from words_due where request_id in (
      select d.request_id from words_due d limit most for update skip locked)
    returning request_id
  ) select coalesce(array_agg(request_id), '{}') into due from taken;
  if due = '{}' then return 0; end if;

  with said as (
    select m.request_id, string_agg(m.text, ' ') filter (where m.visibility = 'public') as open,
           string_agg(m.text, ' ') as inside
    from message m where m.request_id = any (due) group by m.request_id
  ), told as (
    select r.id, said.inside,
           words_of(concat_ws(' ', r.reference, replace(r.reference, '-', ''), r.description, r.answers->>'subject',
                              r.contact->>'caller_name', p.name, a.number, s.line, s.town, s.postcode,
                              replace(s.postcode, ' ', ''), said.open)) as words
    from request r
    left join person p on p.id = r.requester_id
    left join account a on a.id = r.account_id
    left join premises s on s.id = r.premises_id
    left join said on said.request_id = r.id
    where r.id = any (due)
  ), kept as (
    insert into request_words (request_id, words, inside)
    select id, array_to_tsvector(words), array_to_tsvector(words || words_of(inside)) from told
    on conflict (request_id) do update set words = excluded.words, inside = excluded.inside
    returning inside
  )
  insert into search_word (word)
  select distinct word from kept, unnest(tsvector_to_array(kept.inside)) as word
  where word !~ '[0-9]' and length(word) > 2
  on conflict do nothing;
  return cardinality(due);
end $$;

-- What to look for: every word that was typed, as the words that begin so; if there are none, as those that hold it; if
-- there are none of those either, as those that differ by a slip. Null when nothing was typed.
create function search_query(typed text) returns tsquery
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  asked text;
  known text[];
  wanted tsquery;
  -- A number said in groups, and a reference without its dash, are one word.
  parts text[] := case when typed ~ '^[\d\s-]{6,24}$' then array[regexp_replace(typed, '[\s-]', '', 'g')]
                       else words_of(left(typed, 100)) end;
begin
  foreach asked in array parts loop
    known := '{}';
    if asked !~ '[0-9]' and length(asked) > 2
       and not exists (select 1 from search_word where word >= asked and word < asked || chr(1114111)) then
      known := array(select word from search_word where word like '%' || asked || '%' order by length(word) limit 50);
      if known = '{}' and length(asked) > 3 then
        known := array(
          select near.word from (
            select word, levenshtein_less_equal(word, asked, 2) as slips
            from search_word where word % asked order by similarity(word, asked) desc limit 100) near
          where slips <= case when length(asked) > 7 then 2 else 1 end
             or (slips = 2 and array(select unnest(string_to_array(near.word, null)) order by 1)
                             = array(select unnest(string_to_array(asked, null)) order by 1))
          limit 50);
      end if;
    end if;
    select case when wanted is null then it.one else wanted && it.one end into wanted
      from (select case when known = '{}' then (quote_literal(asked) || ':*')::tsquery
                        else (select string_agg(quote_literal(word), ' | ') from unnest(known) as word)::tsquery end) as it (one);
  end loop;
  return wanted;
end $$;

-- The requests that hold these words and that the asker may see (request_seen): staff among all, open ones or ended.
create function requests_with(query tsquery, ended boolean, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
-- Of words that everybody uses so many are enough: nobody reads further.
set gin_fuzzy_search_limit = 50000 as $$
begin
  if not app_is_staff() then return; end if;
  return query
    select r.id from request_words w join request r on r.id = w.request_id
    where w.inside @@ query
      and ended = (r.status in ('resolved', 'closed', 'cancelled', 'merged'))
      and (app_role() in ('supervisor', 'admin') or r.team_id is null or r.team_id = app_team()
           or r.agent_id = app_person() or r.requester_id = app_person()
           or r.id = any ((select app_opened())::uuid[])
           or (not r.private and r.account_id = any ((select app_accounts_seen())::uuid[])))
    limit most;
end $$;

-- The same for a customer, among theirs and those that their accounts share with them.
create function own_requests_with(query tsquery) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id from request r join request_words w on w.request_id = r.id
  where w.words @@ query
    and (r.requester_id = app_person() or (not r.private and r.account_id = any (app_accounts_seen())));
$$;

revoke all on function words_of(text), gather_request_words(integer), search_query(text),
  requests_with(tsquery, boolean, integer), own_requests_with(tsquery), note_words_due(), note_words_due_of_message(),
  request_words_changed()
  from public;
grant execute on function gather_request_words(integer), search_query(text), requests_with(tsquery, boolean, integer),
  own_requests_with(tsquery) to hearth_web;
grant execute on function gather_request_words(integer) to hearth_worker;

insert into words_due (request_id) select id from request on conflict do nothing;
