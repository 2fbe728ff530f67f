-- A plan that was kept by a payment which never came goes on when that is taken back, unless another has begun since: the
-- clock then looks at its days as they are.
create or replace function payment_taken_back_counts() returns trigger
language plpgsql security definer set search_path to public, pg_temp as $$
declare
  mistaken payment;
begin
  update noted_payment set taken_back = true where id = new.noted_id;
  -- As of the day on which it was said to have come: no plan is kept by money that never came.
  insert into payment (id, account_id, reference, amount, currency, method, state, paid_on, bill_id, settled_at, takes_back)
    select new.id, p.account_id, new.reference, -p.amount, p.currency, p.method, 'settled', p.paid_on, p.bill_id, now(), p.id
    from payment p where p.id = new.noted_id;

  select * into mistaken from payment where id = new.noted_id;
  update programme p set state = 'active', ended_on = null
  where p.id = (select k.id from programme k
                where k.account_id = mistaken.account_id and k.state = 'kept' and k.kind in ('arrangement', 'extension')
                  and k.ended_on >= mistaken.paid_on
                order by k.ended_on desc, k.id desc limit 1)
    and (select sum(i.amount) from instalment i where i.programme_id = p.id)
        > received_on_account(p.account_id) - p.received_before
    and not exists (select 1 from programme o where o.account_id = p.account_id and o.state in ('asked', 'active')
                      and o.kind in ('arrangement', 'extension', 'budget'));
  return null;
end $$;
