-- Customers are found by all the words a caller says, in any order: of the name, the e-mail address, the places their
-- accounts serve, account and phone numbers; accents do not matter, and where nothing is found, small slips neither.

create function folded(said text) returns text
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select lower(unaccent('unaccent'::regdictionary, said));
$$;

create index person_name_folded on person using gin (folded(name) gin_trgm_ops) where role = 'customer';
create index premises_address_folded on premises
  using gin (folded(line || ' ' || town || ' ' || postcode) gin_trgm_ops);
drop index person_name_trigrams;

-- All that a caller may say of a customer, in one text.
create function customer_said_to_be(asked uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select folded(p.name) || ' ' || p.email || ' ' || coalesce(regexp_replace(p.phone, '[^0-9+]', '', 'g'), '') || ' '
      || coalesce((select string_agg(a.number || ' ' || coalesce(folded(q.line || ' ' || q.town || ' ' || q.postcode), ''), ' ')
                   from account_member m join account a on a.id = m.account_id
                   left join premises q on q.account_id = a.id
                   where m.person_id = p.id), '')
  from person p where p.id = asked;
$$;

-- At most 2,000 customers whose name, address, place or number holds this word.
create function customers_holding(word text) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  plain text := regexp_replace(word, '([\\%_])', '\\\1', 'g');
  -- The index of trigrams knows three letters anywhere, and two where a word begins.
  pattern text := case when length(word) > 2 then '%' || plain || '%' else plain || '%' end;
  at_word text := case when length(word) > 2 then pattern else '% ' || plain || '%' end;
begin
  return array(
    (select p.id from person p
     where p.role = 'customer' and (folded(p.name) like pattern or folded(p.name) like at_word) limit 2000)
    union
    (select p.id from person p where p.role = 'customer' and p.email like pattern limit 2000)
    union
    (select m.person_id from premises q join account_member m using (account_id)
     where folded(q.line || ' ' || q.town || ' ' || q.postcode) like pattern
        or folded(q.line || ' ' || q.town || ' ' || q.postcode) like at_word limit 2000)
    union
    (select m.person_id from account a join account_member m on m.account_id = a.id
     where word ~ '^[0-9]{4,}$' and a.number between word and word || '999999999999' limit 2000)
    union
    (select p.id from person p
     where word ~ '^[+]?[0-9]{6,}$' and p.role = 'customer' and p.phone is not null
       and regexp_replace(p.phone, '[^0-9+]', '', 'g') like '%' || word || '%' limit 2000)
    limit 2000);
end $$;

-- The customers of whom all these words are true; else those whose name sounds alike. Staff see every customer.
create function customers_by_words(words text[], most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
set pg_trgm.word_similarity_threshold = 0.5 as $$
declare
  asked text[] := array(select folded(word) from unnest(words) as word);
  longest text := (select word from unnest(asked) as word order by length(word) desc limit 1);
  fewest uuid[];
  held uuid[];
  word text;
begin
  if not app_is_staff() then return; end if;
  foreach word in array asked loop
    continue when length(word) < 2;
    held := customers_holding(word);
    if fewest is null or cardinality(held) < cardinality(fewest) then fewest := held; end if;
  end loop;

  return query
    select id from unnest(fewest) as id
    where (select bool_and(strpos(customer_said_to_be(id), one) > 0) from unnest(asked) as one)
    limit most;
  if found or longest !~ '^[[:alpha:]''-]{4,}$' then return; end if;

  return query
    select p.id from person p
    where p.role = 'customer' and folded(p.name) %> longest
      and (select bool_and(word_similarity(one, folded(p.name)) >= 0.5) from unnest(asked) as one)
    order by word_similarity(longest, folded(p.name)) desc
    limit most;
end $$;

-- The customers whose number ends so.
create function customers_by_phone(number_ending text, most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not app_is_staff() then return; end if;
  return query
    select p.id from person p
    where p.role = 'customer' and p.phone is not null
      and regexp_replace(p.phone, '[^0-9+]', '', 'g') like '%' || number_ending
    limit most;
end $$;

drop function customers_mentioning(text, text, text, integer);
revoke all on function customer_said_to_be(uuid), customers_holding(text), customers_by_words(text[], integer),
  customers_by_phone(text, integer) from public;
grant execute on function customers_by_words(text[], integer), customers_by_phone(text, integer) to hearth_web;
