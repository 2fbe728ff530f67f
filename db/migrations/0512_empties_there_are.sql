-- Nobody promises more empties with an order than the ledger has with their account: what is not there is owed a deposit.
-- What a driver really takes back is counted at the door.
create function order_line_empties_there() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Takes over what was ordered elsewhere as it stands; at every door of ours somebody acts.
  if new.empties = 0 or app_role() not in ('customer', 'agent', 'supervisor', 'admin', 'system') then return new; end if;
  if new.empties > coalesce((select h.held from cylinder_holding h join customer_order o on o.account_id = h.account_id
                             where o.id = new.order_id and h.product = new.product), 0) then
    raise exception 'so many are not with them' using errcode = 'check_violation', constraint = 'order_empties_there';
  end if;
  return new;
end $$;
create trigger order_line_empties_there before insert on order_line
  for each row execute function order_line_empties_there();
