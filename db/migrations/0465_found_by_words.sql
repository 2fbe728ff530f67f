-- What is typed into a search is split in one way wherever it looks: words in any order, without accents.

-- The words that are asked for. An address, and what stands beside a sign that no word has, is looked for as it stands.
create function asked_words(said text) returns text[]
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select coalesce((array_agg(distinct word))[1:12], '{}')
  from regexp_split_to_table(left(said, 200), '[[:space:],;]+') as part,
       unnest(case when part ~ '[@%_]' then array[folded(part)] else words_of(part) end) as word
  where word <> ''
$$;

-- Whether all of them stand in a text, wherever they do: a number or reference also without its dashes, a word of some
-- length also with a slip in it. Of long texts slips are looked for at the beginning only.
create function holds_words(said text, asked text[]) returns boolean
language sql immutable parallel safe set search_path = public, pg_temp as $$
  select coalesce(bool_and(strpos(it.plain, one) > 0 or strpos(replace(it.plain, '-', ''), one) > 0
                           or (one ~ '^[[:alpha:]]{4,}$' and word_similarity(one, left(it.plain, 1000)) >= 0.5)), false)
  from (select folded(said) as plain) as it, unnest(asked) as one
$$;
grant execute on function words_of(text), asked_words(text), holds_words(text, text[]) to hearth_web;
revoke all on function asked_words(text), holds_words(text, text[]) from public;

create or replace function customers_by_words(words text[], most integer) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp
set pg_trgm.word_similarity_threshold = '0.5' as $$
declare
  asked text[] := asked_words(array_to_string(words, ' '));
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

create index account_holder_folded on account using gin (folded(holder) gin_trgm_ops);

-- Accounts whose number, holder or address holds a word: more than anybody looks through are not gathered.
create function accounts_holding(word text) returns uuid[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  plain text := regexp_replace(word, '([\\%_])', '\\\1', 'g');
  pattern text := case when length(word) > 2 then '%' || plain || '%' else plain || '%' end;
  at_word text := case when length(word) > 2 then pattern else '% ' || plain || '%' end;
begin
  return array(
    (select a.id from account a where folded(a.holder) like pattern or folded(a.holder) like at_word limit 2000)
    union
    (select q.account_id from premises q
     where folded(q.line || ' ' || q.town || ' ' || q.postcode) like pattern
        or folded(q.line || ' ' || q.town || ' ' || q.postcode) like at_word limit 2000)
    union
    (select a.id from account a
     where word ~ '^[0-9]{4,12}$' and a.number between word and word || '999999999999' limit 2000)
    limit 2000);
end $$;
revoke all on function accounts_holding(text) from public;

-- The likeliest first: by number, then by all words in any order, then past slips in a name or an address.
create or replace function accounts_said(of_number text, of_words text, most integer)
returns table (account_id uuid, premises_id uuid, likeness real)
language plpgsql stable security definer set search_path = public, pg_temp
set pg_trgm.similarity_threshold = '0.4' set pg_trgm.word_similarity_threshold = '0.5' as $$
declare
  asked text[] := asked_words(of_words);
  said text := array_to_string(asked, ' ');
  longest text := (select word from unnest(asked) as word order by length(word) desc limit 1);
  fewest uuid[];
  held uuid[];
  word text;
begin
  if not app_is_staff() then return; end if;
  if of_number ~ '^[0-9]{4,12}$' then
    return query
      select a.id, p.id, 2::real from account a left join premises p on p.account_id = a.id
      where a.number between of_number and of_number || '999999999999'
      order by a.number, p.id limit most;
  end if;
  if length(said) < 3 then return; end if;

  foreach word in array asked loop
    continue when length(word) < 2;
    held := accounts_holding(word);
    if fewest is null or cardinality(held) < cardinality(fewest) then fewest := held; end if;
  end loop;
  return query
    select it.account, it.premises, (1 + word_similarity(said, it.known) / 2 + similarity(said, it.known) / 4)::real
    from (select a.id as account, p.id as premises,
                 a.number || ' ' || folded(a.holder || coalesce(' ' || p.line || ' ' || p.town || ' ' || p.postcode, '')) as known
          from unnest(fewest) as found (id) join account a on a.id = found.id
          left join premises p on p.account_id = a.id) as it
    where (select bool_and(strpos(it.known, one) > 0) from unnest(asked) as one)
    order by 3 desc, 2 limit most;
  if found then return; end if;

  return query
    select p.account_id, p.id, similarity(folded(p.line || ' ' || p.town || ' ' || p.postcode), folded(left(of_words, 200)))
    from premises p
    where folded(p.line || ' ' || p.town || ' ' || p.postcode) % folded(left(of_words, 200))
    order by 3 desc, 2 limit most;
  if longest !~ '^[[:alpha:]''-]{4,}$' then return; end if;
  return query
    select a.id, p.id, word_similarity(longest, folded(a.holder))
    from account a left join premises p on p.account_id = a.id
    where folded(a.holder) %> longest
      and (select bool_and(word_similarity(one, folded(a.holder)) >= 0.5) from unnest(asked) as one)
    order by 3 desc, 2 limit most;
end $$;
