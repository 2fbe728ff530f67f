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
