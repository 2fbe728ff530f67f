-- Cards that pay bills by themselves. The payment provider keeps them; here stand only its names for them, and what a
-- person knows a card by.

create table kept_card (
  id uuid primary key default uuidv7(),
  account_id uuid not null references account on delete cascade,
  -- Whose card it is. It pays only while they may act on the account.
  person_id uuid not null references person,
  form_key uuid not null,
  unique (person_id, form_key),
  -- Bills above it are not to be paid by it.
  most bigint check (most > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  provider text not null check (provider in ('stripe', 'demo')),
  -- The provider's page on which the card is typed.
  checkout text unique check (length(checkout) between 1 and 200),
  checkout_url text check (length(checkout_url) between 1 and 2000),
  check ((checkout is null) = (checkout_url is null)),
  -- `ended`: it pays no more, and the provider is still to forget it.
  state text not null default 'begun'
    check (state in ('begun', 'offered', 'kept', 'ended', 'removed', 'refused', 'expired')),
  check (state <> 'offered' or checkout is not null),
  -- The provider's names, as long as it keeps it; and what the card is known by.
  payer text check (length(payer) between 1 and 200),
  card_name text check (length(card_name) between 1 and 200),
  check ((state in ('kept', 'ended')) = (card_name is not null)),
  check ((payer is null) = (card_name is null)),
  brand text check (length(brand) between 1 and 40),
  last_four text check (last_four ~ '^[0-9]{4}$'),
  valid_until date,
  check (state <> 'kept' or (brand is not null and last_four is not null and valid_until is not null)),
  programme_id uuid unique references programme on delete cascade,
  check ((state = 'kept') <= (programme_id is not null)),
  expiry_told_at timestamptz,
  created_at timestamptz not null default now(),
  asked_at timestamptz not null default now()
);
create unique index kept_card_one_at_a_time on kept_card (account_id) where state in ('begun', 'offered');
create index kept_card_account on kept_card (account_id, created_at desc);
create index kept_card_person on kept_card (person_id, created_at);
create index kept_card_asked on kept_card (asked_at) where state in ('begun', 'offered');
create index kept_card_expiring on kept_card (valid_until) where state = 'kept';

alter table kept_card enable row level security;
create policy kept_card_seen on kept_card for select to hearth_web
  using ((select app_is_staff()) or account_id = any ((select app_accounts_seen())::uuid[]));
create policy kept_card_begun on kept_card for insert to hearth_web
  with check (person_id = (select app_person()) and state = 'begun'
              and account_id = any ((select app_accounts_acted_on())::uuid[]));
create policy kept_card_offered on kept_card for update to hearth_web
  using (person_id = (select app_person())) with check (person_id = (select app_person()));
create policy kept_card_worker on kept_card to hearth_worker using (true) with check (true);
grant select (id, account_id, person_id, form_key, most, currency, provider, checkout, checkout_url, state, brand, last_four,
              valid_until, programme_id, created_at) on kept_card to hearth_web;
grant insert (id, account_id, person_id, form_key, most, currency, provider) on kept_card to hearth_web;
grant update (checkout, checkout_url) on kept_card to hearth_web;
grant select, update (state, payer, card_name, asked_at, expiry_told_at) on kept_card to hearth_worker;

create function kept_card_moves() returns trigger language plpgsql as $$
begin
  if old.state = 'begun' and new.checkout is not null and new.state = 'begun' then new.state := 'offered'; end if;
  if old.checkout is not null and new.checkout is distinct from old.checkout then
    raise exception 'a card is typed on one page' using errcode = 'check_violation', constraint = 'kept_card_moves';
  end if;
  return new;
end $$;
create trigger kept_card_moves before update on kept_card for each row execute function kept_card_moves();

-- At most ten pages in an hour by one person: trying cards is what thieves do.
create function kept_card_budget() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select count(*) from kept_card
      where person_id = new.person_id and created_at > now() - interval '1 hour') > 10 then
    raise exception 'too many of one person' using errcode = 'check_violation', constraint = 'budget_spent';
  end if;
  return null;
end $$;
create trigger kept_card_budget after insert on kept_card for each row execute function kept_card_budget();

-- Whether somebody may act on an account.
create function acts_on_account(who uuid, of_account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from account_member m join person p on p.id = m.person_id
                 where m.account_id = of_account and m.person_id = who and m.scope = 'act'
                   and coalesce(m.expires_at > now(), true) and p.deactivated_at is null)
$$;
revoke all on function acts_on_account(uuid, uuid) from public;
grant execute on function acts_on_account(uuid, uuid) to hearth_worker;

-- How the page ended on which a card is typed, by the provider's word. Kept, it pays from then on, instead of whatever
-- paid before. Told again it changes nothing. A card that came after its page was given up is forgotten again.
create function settle_kept_card(of_id uuid, of_checkout text, of_state text, of_payer text, of_card text, of_brand text,
                                 of_last_four text, of_valid_until date, of_day date)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  card kept_card;
  begun uuid;
  wanted boolean;
begin
  select * into card from kept_card where id = of_id for update;
  if not found then return null; end if;
  if card.checkout is not null and card.checkout <> of_checkout then
    raise exception 'another page than this card has' using errcode = 'check_violation', constraint = 'kept_card_checkout';
  end if;
  wanted := card.state in ('begun', 'offered');
  if of_state in ('refused', 'expired') and wanted then
    update kept_card set state = of_state where id = of_id;
    return of_state;
  end if;
  if of_state <> 'kept' or card.state not in ('begun', 'offered', 'refused', 'expired') then return card.state; end if;
  if wanted and acts_on_account(card.person_id, card.account_id) then
    update programme set state = 'left', ended_on = greatest(began_on, of_day)
      where account_id = card.account_id and kind = 'autopay' and state in ('asked', 'active');
    insert into programme (account_id, kind, state, currency, method, card_name, most, began_on, enrolled_by, form_key)
      values (card.account_id, 'autopay', 'active', card.currency, 'card', of_card, card.most, of_day, card.person_id,
              card.form_key)
      returning id into begun;
  end if;
  update kept_card set state = case when begun is null then 'ended' else 'kept' end, programme_id = begun, payer = of_payer,
      card_name = of_card, brand = case when begun is not null then of_brand end,
      last_four = case when begun is not null then of_last_four end,
      valid_until = case when begun is not null then of_valid_until end
    where id = of_id;
  if begun is null then insert into outbox (job, payload) values ('billing.forget_card', jsonb_build_object('card', of_id)); end if;
  return case when begun is null then 'ended' else 'kept' end;
end $$;
revoke all on function settle_kept_card(uuid, text, text, text, text, text, text, date, date) from public;
grant execute on function settle_kept_card(uuid, text, text, text, text, text, text, date, date) to hearth_web, hearth_worker;

-- Whoever leaves is charged no more, and their card is forgotten.
create function kept_card_ends() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  card uuid;
begin
  update kept_card set state = 'ended' where programme_id = new.id and state = 'kept' returning id into card;
  if card is not null then insert into outbox (job, payload) values ('billing.forget_card', jsonb_build_object('card', card)); end if;
  return null;
end $$;
create trigger kept_card_ends after update of state on programme
  for each row when (new.state not in ('asked', 'active')) execute function kept_card_ends();

-- A card is no wish that a page writes down: only a card that is kept begins one.
drop policy programme_begun on programme;
create policy programme_begun on programme for insert to hearth_web
  with check (enrolled_by = (select app_person()) and state in ('asked', 'active') and created_at = now()
              and method is distinct from 'card'
              and ((select app_is_staff()) or account_id = any ((select app_accounts_acted_on())::uuid[])));

-- The demo's provider keeps made-up cards, of which some refuse.
create table demo_card (
  id uuid primary key,
  state text not null default 'open' check (state in ('open', 'kept', 'refused', 'expired')),
  pays boolean not null default true,
  created_at timestamptz not null default now()
);
alter table demo_card enable row level security;
create policy demo_card_of_person on demo_card to hearth_web
  using (exists (select 1 from kept_card c where c.id = demo_card.id and c.person_id = (select app_person())))
  with check (exists (select 1 from kept_card c where c.id = demo_card.id and c.person_id = (select app_person())));
create policy demo_card_worker on demo_card for select to hearth_worker using (true);
grant select, insert, update (state, pays) on demo_card to hearth_web;
grant select on demo_card to hearth_worker;
