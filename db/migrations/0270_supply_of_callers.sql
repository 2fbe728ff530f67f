-- How the gas comes to whoever is in danger, as far as an account tells it: of the one that is meant, and else of all
-- that are theirs. Both where both do, and nothing where nothing is known. Rows that they may not see tell nothing.
create function supply_of_caller(of_account uuid, of_premises uuid, of_request uuid) returns text
  language sql stable set search_path = public, pg_temp as $$
  with about as (
    select coalesce(of_account, r.account_id) as account, coalesce(of_premises, r.premises_id) as premises
    from (select) as one left join request r on r.id = of_request
  ), homes as materialized (
    select p.id, p.account_id from about join premises p on p.account_id = any (
        case when about.account is not null then array[about.account] else array(
          select m.account_id from account_member m
          where m.person_id = app_person() and m.scope in ('view', 'act')
            and (m.expires_at is null or m.expires_at > now())
        ) end)
      and (about.premises is null or p.id = about.premises)
  ), told as (
    select exists (select from homes h join meter m on m.premises_id = h.id
                   where m.removed_on is null and m.unit <> 'kg') as piped,
           exists (select from homes h join bottled_supply b on b.premises_id = h.id)
             or exists (select from homes h join cylinder_holding c on c.account_id = h.account_id
                        where c.held > 0) as bottled
  )
  select case when piped and bottled then 'unknown' when bottled then 'cylinder' when piped then 'piped' end from told
$$;
