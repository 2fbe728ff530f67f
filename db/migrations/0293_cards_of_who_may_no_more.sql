-- Whoever may act on an account no more does not pay for it any more either: their card is let go at once.
create function kept_card_of_who_left() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select 1 from account where id = old.account_id) then
    update programme set state = 'left', ended_on = greatest(began_on, current_date)
      where kind = 'autopay' and state = 'active'
        and id in (select programme_id from kept_card
                   where account_id = old.account_id and person_id = old.person_id and state = 'kept');
  end if;
  return null;
end $$;
create trigger kept_card_of_who_left after delete on account_member
  for each row execute function kept_card_of_who_left();
create trigger kept_card_of_who_may_less after update of scope on account_member
  for each row when (old.scope = 'act' and new.scope <> 'act') execute function kept_card_of_who_left();

-- The same where their time on the account is over, or they may sign in no more: of these no row tells by itself.
create function let_go_of_cards(of_day date) returns void language sql security definer set search_path = public, pg_temp as $$
  update programme p set state = 'left', ended_on = greatest(p.began_on, of_day)
  from kept_card c
  where c.programme_id = p.id and c.state = 'kept' and p.state = 'active' and not acts_on_account(c.person_id, p.account_id)
$$;
revoke all on function let_go_of_cards(date) from public;
grant execute on function let_go_of_cards(date) to hearth_worker;
