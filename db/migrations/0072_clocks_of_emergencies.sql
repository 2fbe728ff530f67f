-- Until somebody is there, somebody is urged: the log says when, and the pulse says how many are near their time or late.

alter table emergency_entry drop constraint emergency_entry_kind_check;
alter table emergency_entry add constraint emergency_entry_kind_check check (kind in ('received', 'shown', 'said_safe',
  'contact_given', 'acknowledged', 'dispatched', 'attended', 'made_safe', 'stood_down', 'escalated', 'said_again',
  'urged'));

-- The minutes come from the rule (`emergencies/clocks.ts`).
drop function emergency_pulse();
create function emergency_pulse(to_dispatch integer, to_attend integer, warn_before integer)
returns table (newest integer, open integer, unacknowledged integer, near integer, late integer)
language sql stable security definer set search_path = public, pg_temp as $$
  with open as materialized (
    select status, extract(epoch from now() - received_at) / 60 as minutes from emergency
    where status not in ('made_safe', 'stood_down')
  ), clocks as (
    select case when status = 'acknowledged' then least(to_dispatch, to_attend) - minutes
                when status = 'dispatched' then to_attend - minutes end as remaining
    from open where status in ('acknowledged', 'dispatched')
  )
  select coalesce((select e.number from emergency_entry e order by e.number desc limit 1), 0),
         (select count(*)::integer from open),
         (select count(*)::integer from open where status = 'received'),
         (select count(*)::integer from clocks where remaining > 0 and remaining <= warn_before),
         (select count(*)::integer from clocks where remaining <= 0)
$$;
revoke all on function emergency_pulse(integer, integer, integer) from public;
grant execute on function emergency_pulse(integer, integer, integer) to hearth_web, hearth_worker;
