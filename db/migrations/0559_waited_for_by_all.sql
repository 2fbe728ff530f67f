-- What all who wait in line wait for: whoever is offered something stands behind all of them, and has no order yet.
create function pieces_waited_for(of_depot text, of_product text) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(sum(l.quantity), 0)::integer from customer_order o join order_line l on l.order_id = o.id
  where o.status = 'preordered' and o.depot = of_depot and l.product = of_product and o.created_at < now()
$$;
revoke all on function pieces_waited_for(text, text) from public;
grant execute on function pieces_waited_for(text, text) to hearth_web, hearth_worker;
