-- One person's writes are counted; so are those of all who are signed in on one network, or whoever has many accounts has
-- as many budgets. Whoever writes little in an hour is not counted there: a carrier puts a whole town behind one address.
create function spend_of_network(what text, most integer, spent integer) returns void
  language plpgsql security definer set search_path to 'public', 'pg_temp' as $$
declare
  source constant text := nullif(current_setting('app.source', true), '');
  together integer;
begin
  if source is null or spent % 10 <> 0 then return; end if;
  insert into source_budget as b (source, kind, count, window_ends_at)
    values (source, what || ', signed in', 10, now() + interval '1 hour')
    on conflict on constraint source_budget_pkey do update set
      count = case when b.window_ends_at > now() then b.count + 10 else 10 end,
      window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
    returning count into together;
  if together > 20 * most then
    raise exception 'too many of one network' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
end $$;
revoke all on function spend_of_network(text, integer, integer) from public;

create or replace function spend_budget() returns trigger
  language plpgsql security definer set search_path to 'public', 'pg_temp' as $$
declare
  most constant integer := tg_argv[1]::integer;
  minutes constant integer := tg_argv[2]::integer;
  source constant text := nullif(current_setting('app.source', true), '');
  spent integer;
begin
  if app_role() = 'customer' and app_person() is not null then
    insert into budget as b (person_id, kind, count, window_ends_at)
      values (app_person(), tg_argv[0], 1, now() + make_interval(mins => minutes))
      on conflict (person_id, kind) do update set
        count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
        window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
      returning count into spent;
    perform spend_of_network(tg_argv[0], most, spent);
  elsif app_person() is null and source is not null then
    insert into source_budget as b (source, kind, count, window_ends_at)
      values (source, tg_argv[0], 1, now() + make_interval(mins => minutes))
      on conflict on constraint source_budget_pkey do update set
        count = case when b.window_ends_at > now() then b.count + 1 else 1 end,
        window_ends_at = case when b.window_ends_at > now() then b.window_ends_at else excluded.window_ends_at end
      returning (count + 4) / 5 into spent;
  end if;
  if spent > most then
    raise exception 'too many of one person or network' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;

-- Of cards and payments the rows themselves are counted, as each may cost a call to the provider.
create or replace function kept_card_budget() returns trigger
  language plpgsql security definer set search_path to 'public', 'pg_temp' as $$
declare
  spent constant integer := (select count(*) from kept_card
    where person_id = new.person_id and created_at > now() - interval '1 hour');
begin
  perform spend_of_network('card', 10, spent);
  if spent > 10 then
    raise exception 'too many of one person' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;

create or replace function payment_attempt_budget() returns trigger
  language plpgsql security definer set search_path to 'public', 'pg_temp' as $$
declare
  spent integer;
begin
  if new.programme_id is not null then return null; end if;
  select count(*) into spent from payment_attempt
    where person_id = new.person_id and programme_id is null and created_at > now() - interval '1 hour';
  perform spend_of_network('payment', 30, spent);
  if spent > 30 then
    raise exception 'too many of one person' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;
