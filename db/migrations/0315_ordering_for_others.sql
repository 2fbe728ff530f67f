-- What staff take down for somebody is of an account on which that customer may act themselves.
create function order_of_customer() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.logged_by is not null and not exists (
       select 1 from account_member m join person p on p.id = m.person_id and p.role = 'customer'
       where m.account_id = new.account_id and m.person_id = new.person_id and m.scope = 'act'
         and (m.expires_at is null or m.expires_at > now())) then
    raise exception 'an order is of a customer of that account' using errcode = 'check_violation', constraint = 'order_of_customer';
  end if;
  return new;
end $$;
create trigger order_of_customer before insert on customer_order for each row execute function order_of_customer();
