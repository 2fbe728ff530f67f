-- The live feed tells of orders too, in the same order of commits: by the same numbers, on the same stream.
create or replace function feed_after(after_xid xid8, after_seq bigint, most integer)
returns table (xid xid8, seq bigint, request_id uuid, reference text, number integer, kind text, visibility text,
               actor_id uuid, requester_id uuid, account_id uuid, private boolean, team_id uuid, agent_id uuid, taken_from jsonb)
language sql stable security definer set search_path = public, pg_temp set max_parallel_workers_per_gather = 0 as $$
  (select e.xid, e.seq, e.request_id, r.reference, e.number, e.kind, e.visibility,
          e.actor_id, r.requester_id, r.account_id, r.private, r.team_id, r.agent_id,
          case when e.kind = 'assigned' then e.payload->'taken_from' end
   from request_event e join request r on r.id = e.request_id
   where (e.xid, e.seq) > (after_xid, after_seq)
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.seq
   limit most)
  union all
  (select e.xid, e.seq, e.order_id, o.reference, e.number, 'order', 'public',
          e.actor_id, o.person_id, o.account_id, false, null, null, null
   from order_event e join customer_order o on o.id = e.order_id
   where (e.xid, e.seq) > (after_xid, after_seq)
     and e.xid < pg_snapshot_xmin(pg_current_snapshot())
   order by e.xid, e.seq
   limit most)
  order by 1, 2
  limit most
$$;

create or replace function feed_position() returns table (xid xid8, seq bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select newest.xid, newest.seq from (
    (select e.xid, e.seq from request_event e
     where e.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by e.xid desc, e.seq desc limit 1)
    union all
    (select e.xid, e.seq from order_event e
     where e.xid < pg_snapshot_xmin(pg_current_snapshot())
     order by e.xid desc, e.seq desc limit 1)) newest
  order by newest.xid desc, newest.seq desc limit 1
$$;
