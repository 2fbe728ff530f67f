-- What is paid for a bill by its name settles that bill first. All else, and what is over, settles the oldest open one; so
-- does everything while more is named than was received, as after a payment that the bank took back. `settle` says the same.
create function bills_open(of_account uuid, without uuid[] default '{}')
 RETURNS TABLE(bill_id uuid, open bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with came as (
    select p.bill_id, p.amount from payment p
    where p.account_id = of_account and p.state = 'settled' and p.id <> all (without)
  ), named as (
    select c.bill_id, sum(c.amount) as amount from came c where c.bill_id is not null group by c.bill_id
  ), billed as (
    select b.id, b.issued_on, b.number, greatest(b.total, 0) as total,
           greatest(0, least(b.total, coalesce(n.amount, 0))) as by_name
    from bill b left join named n on n.bill_id = b.id where b.account_id = of_account
  ), money as (
    select coalesce((select sum(amount) from came), 0)
           - coalesce((select sum(total) from bill where account_id = of_account and total < 0), 0) as received,
           coalesce((select sum(by_name) from billed), 0) as by_name
  ), rest as (
    select b.id, b.issued_on, b.number,
           b.total - case when m.by_name <= m.received then b.by_name else 0 end as left_over,
           m.received - case when m.by_name <= m.received then m.by_name else 0 end as other
    from billed b cross join money m
  )
  select r.id, greatest(0, least(r.left_over, sum(r.left_over) over (order by r.issued_on, r.number) - r.other))::bigint
  from rest r
$function$;
revoke all on function bills_open(uuid, uuid[]) from public;
grant execute on function bills_open(uuid, uuid[]) to hearth_web, hearth_worker;

create or replace function bill_open(of_bill uuid)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select o.open from bill b cross join lateral bills_open(b.account_id) o where b.id = of_bill and o.bill_id = b.id
$function$;
